"""Who is told about cases. No sentence says a point or a star: what is sealed stays sealed."""

from django.urls import reverse

from accounts.models import NoticeKind, User
from accounts.notices import tell
from evaluation.models import OTHER_HAND, Case, Council, Post, Seat
from evaluation.models.councils import SECRETARIES


def case_admitted(case, judges, *, by):
    """Those of the judges (keys of people) who have a sheet to fill in."""
    text = f"Hồ sơ “{_product(case)}” được đưa ra {case.council}, mời chấm điểm."
    _tell(User.objects.filter(pk__in=judges), NoticeKind.CASE_ADMITTED, case, text, by)


def judges_assigned(council, judges, *, by):
    """Judges (keys of people) have more to score; one notice, however many dossiers."""
    text = f"Bạn được phân công chấm thêm hồ sơ trước {council}."
    people, place = (
        User.objects.filter(pk__in=judges),
        {"url": reverse("evaluation:cases"), "area": council.area},
    )
    tell(people, NoticeKind.CASE_ADMITTED, council, text=text, by=by, **place)


def sheet_handed_in(case, *, by):
    """Whoever presides learns that the sheets may be opened, when that is so."""
    if Case.objects.ready_to_open().filter(pk=case.pk).exclude(presiding=None).exists():
        text = f"Phiên {case.code} “{_product(case)}” đã đủ phiếu, chờ Chủ tịch mở phiếu."
        _tell(case.presided_over_by(), NoticeKind.CASE_READY, case, text, by)


def judge_recused(statement, *, by):
    """Whoever presides and the secretaries learn that a member stands aside: quorum and mean are counted anew."""
    case = statement.case
    text = f"{statement.seat.held_by} từ chối chấm phiên {case.code} “{_product(case)}” vì xung đột lợi ích."
    people = [*case.council.people(Post.CHAIR, *SECRETARIES), *case.presided_over_by()]
    url, area = case.get_absolute_url(), case.council.area
    tell(people, NoticeKind.CASE_RECUSED, statement, text=text, url=url, area=area, by=by)


def case_opened(case, *, by):
    """The members may see each other's sheets."""
    text = f"Chủ tịch đã mở phiếu của phiên {case.code} “{_product(case)}”."
    _tell(case.council.people(), NoticeKind.CASE_OPENED, case, text, by)


def turn_proposed(proposal, *, by):
    """The second hand has a proposal to decide on."""
    case, second = proposal.case, OTHER_HAND[proposal.proposed_as]
    text = f"{by} đề nghị chấm lại phiên {case.code} “{_product(case)}”, chờ bạn xác nhận."
    people = case.presided_over_by() if second == Post.CHAIR else case.council.people(*SECRETARIES)
    _tell(people, NoticeKind.CASE_PROPOSED, proposal, text, by, case)


def turn_begun(proposal, *, by):
    """Those who are asked score again, until the day that was set."""
    case = proposal.case
    people = User.objects.filter(seats__in=Seat.objects.in_force().filter(sheets__in=proposal.sheets.all()))
    text = f"Mời chấm lại phiên {case.code} “{_product(case)}” đến hết ngày {proposal.due_on:%d/%m/%Y}."
    _tell(people, NoticeKind.CASE_REOPENED, case, text, by)


def paper_entered(sheet, *, by):
    """The member learns that the paper sheet stands in the portal, and who typed it."""
    text = f"{by} đã nhập phiếu giấy của bạn, phiên {sheet.case.code} “{_product(sheet.case)}”."
    url = reverse("evaluation:sheet", args=[sheet.case.code])
    tell(
        [sheet.seat.user],
        NoticeKind.CASE_PAPER,
        sheet.case,
        text=text,
        url=url,
        area=sheet.case.council.area,
        by=by,
    )


def case_concluded(case, *, by):
    """Whoever keeps the papers has a result to deal with."""
    text = f"Phiên {case.code} “{_product(case)}” đã có kết luận, chờ xử lý kết quả."
    _tell(case.council.keepers(), NoticeKind.CASE_CONCLUDED, case, text, by)


def case_forwarded(case, *, by):
    """Whoever keeps the papers of the council above has a case to take up."""
    onward = case.next_step.onward.to_level
    text = f"{case.council} chuyển lên hồ sơ “{_product(case)}”, chờ tiếp nhận."
    for council in Council.objects.above(case.council, onward):
        _tell(council.keepers(), NoticeKind.CASE_FORWARDED, case, text, by)


def case_sent_down(case, *, by):
    """Whoever keeps the papers below has a decision to bring about."""
    text = f"{case.council} chuyển về kết quả của “{_product(case)}”, chờ quyết định công nhận."
    _tell(case.came_from.council.keepers(), NoticeKind.CASE_SENT_DOWN, case, text, by)


def _tell(people, kind, record, text, by, case=None):
    tell(people, kind, record, text=text, area=(case or record).council.area, by=by)


def _product(case):
    return case.dossier.product.name


def petition_lodged(petition, *, by):
    """Whoever keeps the papers has a petition to answer."""
    case = petition.case
    text = f"{case.dossier.product.entity} kiến nghị về kết quả của “{_product(case)}”."
    area = case.council.area
    tell(case.council.keepers(), NoticeKind.RATING_PETITION, petition, text=text, area=area, by=by)


def petition_answered(petition, *, by):
    """The producer's people read the answer."""
    case = petition.case
    text = f"Kiến nghị về “{_product(case)}” đã được trả lời: {petition.get_outcome_display().lower()}."
    people = case.dossier.product.entity.people()
    tell(people, NoticeKind.RATING_PETITION, petition, text=text, area=case.council.area, by=by)
