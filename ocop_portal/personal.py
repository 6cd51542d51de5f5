"""What the whole portal holds about a person, and what keeps an account from being made anonymous.

``settings.PERSONAL_DATA``, ``PERSONAL_HOLDS`` and ``PERSONAL_ACTS`` name these functions, because accounts know
nothing of the apps above them. A section is ``{"key", "title", "rows"}``, each row a dictionary of label and text.
"""

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from entities.models import FieldVisit, Membership, Strengthening, VisitStatus
from evaluation.models import Adviser, Case, CaseStatus, ScoreSheet, Seat, Statement
from foundation.files.models import Bundle, Upload
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from foundation.ui.templatetags.ui import day, moment
from products.models import BusinessPlan, Dossier, Evidence, Idea, PotentialProduct
from products.models.dossiers import DossierStatus
from products.models.ideas import IdeaStatus
from targets.models import ProgressReport

CASES_UNDER_WAY = (CaseStatus.SCORING, CaseStatus.OPENED, CaseStatus.CONCLUDED)
IDEAS_UNDER_WAY = (IdeaStatus.DRAFT, IdeaStatus.SUBMITTED, IdeaStatus.RETURNED)
DOSSIERS_UNDER_WAY = (
    DossierStatus.DRAFT,
    DossierStatus.AT_COMMUNE,
    DossierStatus.SUBMITTED,
    DossierStatus.RETURNED,
    DossierStatus.ACCEPTED,
    DossierStatus.UNDER_EVALUATION,
)


def held_about(person):
    """Everything about this person, in sections that pages and the copy show alike."""
    return [
        section("account", "Tài khoản", [account(person)]),
        section("roles", "Vai trò, địa bàn", roles(person)),
        section("memberships", "Người của chủ thể", memberships(person)),
        section("signups", "Đơn tự đăng ký chủ thể", signups(person)),
        section("seats", "Ghế trong hội đồng", seats(person)),
        section("statements", "Khai báo xung đột lợi ích", statements(person)),
        section("consents", "Lựa chọn đồng ý", consents(person)),
        section("requests", "Yêu cầu về dữ liệu", requests(person)),
        section("counts", "Số bản ghi do bạn lập", counts(person)),
    ]


def section(key, title, rows):
    """One part of what is held."""
    return {"key": key, "title": title, "rows": rows}


def account(person):
    """The account itself; the password is never shown, not even as stored."""
    return {
        "Họ và tên": person.full_name,
        "Tên đăng nhập": person.username,
        "Chức vụ": person.title,
        "Thư điện tử": person.email,
        "Đang dùng": "có" if person.is_active else "không",
        "Đăng nhập gần nhất": moment(person.last_login),
        "Mật khẩu": "chỉ lưu mã băm, không ai đọc được",
    }


def roles(person):
    """Past and present assignments."""
    return [
        {
            "Vai trò": charge.get_role_display(),
            "Địa bàn": str(charge.area or ""),
            "Từ ngày": day(charge.start),
            "Đến ngày": day(charge.until),
        }
        for charge in person.assignments.select_related("area").order_by("start", "pk")
    ]


def memberships(person):
    """Producers the person acts for."""
    rows = Membership.objects.filter(user=person).select_related("entity").order_by("pk")
    return [
        {
            "Chủ thể": row.entity.name,
            "Loại hình": row.entity.get_kind_display(),
            "Vai trò": row.get_role_display(),
        }
        for row in rows
    ]


def signups(person):
    """What the person typed when signing a producer up."""
    return [
        {
            "Chủ thể": row.name,
            "Người đại diện": row.representative,
            "Điện thoại": row.phone,
            "Địa chỉ": row.address,
            "Trạng thái": row.get_status_display(),
        }
        for row in person.signups.order_by("pk")
    ]


def seats(person):
    """Councils the person sits or sat on, with what only serves the hints at conflicts of interest; those advised."""
    rows = Seat.objects.filter(user=person).for_list().order_by("pk")
    sat = [
        {
            "Hội đồng": row.council.name,
            "Vị trí": row.get_post_display(),
            "Cơ quan công tác": row.employer,
            "Mã số thuế cơ quan": row.employer_tax_code,
            "Xã nơi cư trú": str(row.home or ""),
        }
        for row in rows
    ]
    advised = Adviser.objects.filter(user=person).for_list().order_by("pk")
    return sat + [{"Hội đồng": row.council.name, "Vị trí": row.get_duty_display()} for row in advised]


def statements(person):
    """What the person has stated about conflicts of interest."""
    rows = Statement.objects.filter(seat__user=person).select_related("case").order_by("pk")
    return [
        {
            "Phiên đánh giá": row.case.code,
            "Khai báo": row.get_answer_display(),
            "Lý do": row.reason,
            "Lúc": moment(row.at),
        }
        for row in rows
    ]


def consents(person):
    """Every answer to a consent text."""
    return [
        {
            "Văn bản": consent.text_version,
            "Trả lời lúc": moment(consent.at),
            "Đồng ý": "; ".join(purpose.title for purpose in consent.agreed) or "không mục nào",
            "Rút lại lúc": moment(consent.withdrawn_at),
        }
        for consent in person.consents.by(person)
    ]


def requests(person):
    """What the person asked about their data."""
    return [
        {
            "Mã": request.code,
            "Loại": request.get_kind_display(),
            "Nội dung": request.what,
            "Nhận lúc": moment(request.received_at),
            "Trạng thái": request.get_status_display(),
            "Trả lời": request.answer or request.reason,
        }
        for request in person.data_requests.of(person)
    ]


def counts(person):
    """How many records name this person as their author, by kind."""
    found = {
        "Ý tưởng": Idea.objects.filter(created_by=person),
        "Chuyến hỗ trợ tại thực địa": FieldVisit.objects.filter(officer=person),
        "Sản phẩm tiềm năng": PotentialProduct.objects.filter(recorded_by=person),
        "Phương án": BusinessPlan.objects.filter(created_by=person),
        "Hồ sơ": Dossier.objects.filter(created_by=person),
        "Minh chứng": Evidence.objects.filter(added_by=person),
        "Tệp tải lên": Upload.objects.visible_to(person),
        "Gói tệp": Bundle.objects.visible_to(person),
        "Việc củng cố chủ thể": Strengthening.objects.filter(recorded_by=person),
        "Phiếu chấm": ScoreSheet.objects.of(person),
        "Báo cáo": ProgressReport.objects.filter(by=person),
        "Việc chạy nền": Job.objects.visible_to(person),
        "Mục nhật ký": Entry.objects.filter(by=person),
    }
    columns = [counted(rows) for rows in found.values()]
    numbers = User.objects.filter(pk=person.pk).values_list(*columns).get()
    return [{"Loại": label, "Số lượng": str(number)} for label, number in zip(found, numbers, strict=True)]


def counted(rows):
    """How many rows there are, as one column of a single query."""
    number = rows.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


# ---------------------------------------------------------------- anonymising
def holds_on(person):
    """Why the account must keep its name for now, one sentence each."""
    work = {
        "còn ghế trong hội đồng có phiên đánh giá chưa kết thúc": Case.objects.filter(
            council__seats__user=person, status__in=CASES_UNDER_WAY
        ),
        "còn ý tưởng đang xử lý": Idea.objects.kept_by(person).filter(status__in=IDEAS_UNDER_WAY),
        "còn chuyến hỗ trợ chưa thực hiện": FieldVisit.objects.planned_by(person),
        "còn hồ sơ đang xử lý": Dossier.objects.filter(created_by=person, status__in=DOSSIERS_UNDER_WAY),
    }
    return [sentence for sentence, rows in work.items() if rows.exists()]


def did_official_acts(person):
    """Whether documents of official acts name this person: a council's seat, a dossier, a frozen report."""
    acts = (
        Seat.objects.filter(user=person),
        Dossier.objects.filter(created_by=person, submitted_on__isnull=False),
        ProgressReport.objects.filter(by=person),
        FieldVisit.objects.filter(officer=person, status=VisitStatus.HELD),
    )
    return any(rows.exists() for rows in acts)
