"""Lines of the desk: what waits, since when, and the one place to go."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.permissions import may_plan_visits
from foundation import clock
from foundation.ui.templatetags.ui import day, moment


@dataclass(frozen=True)
class Line:
    """One thing that waits for a person; ``record`` is what has a state to show, or None."""

    kind: str
    title: str
    detail: str
    url: str
    record: object
    is_demo: bool = False


def ideas(rows):
    """Ideas to judge or to complete."""
    for idea in rows:
        yield Line(
            "Ý tưởng", idea.name, f"{idea.entity} · {idea.area}", idea.get_absolute_url(), idea, idea.is_demo
        )


def plans(rows):
    """Business plans to look at or to complete."""
    for plan in rows:
        product = plan.product
        detail = f"{product.entity} · {product.area}"
        yield Line("Phương án", product.name, detail, plan.get_absolute_url(), plan, plan.is_demo)


def dossiers(rows):
    """Dossiers to check or to complete."""
    for dossier in rows:
        product = dossier.product
        due = (
            f" · {'quá hạn' if dossier.is_overdue else 'hạn'} {day(dossier.due_on)}" if dossier.due_on else ""
        )
        detail = f"{product.entity} · {product.area}{due}"
        yield Line("Hồ sơ", product.name, detail, dossier.get_absolute_url(), dossier, product.is_demo)


def sheets(rows):
    """Score sheets to finish."""
    for sheet in rows:
        product = sheet.case.dossier.product
        url = reverse("evaluation:sheet", args=[sheet.case.code])
        yield Line("Phiếu chấm", product.name, str(sheet.case.council), url, sheet, product.is_demo)


def cases(rows):
    """Cases whose next step is this person's."""
    for case in rows:
        product = case.dossier.product
        yield Line(
            "Phiên đánh giá", product.name, str(case.council), case.get_absolute_url(), case, product.is_demo
        )


def renewals(rows):
    """Letters before the end of a certificate that are still to be sent."""
    for step in rows:
        product = step.rating.product
        detail = f"{product.entity} · {'quá hạn' if step.is_late else 'chậm nhất'} {day(step.due_on)}"
        yield Line(
            "Thông báo sắp hết hạn", product.name, detail, step.get_absolute_url(), None, product.is_demo
        )


def petitions(rows):
    """Petitions to answer."""
    for petition in rows:
        product = petition.case.dossier.product
        detail = f"{product.entity} · gửi {day(petition.lodged_on)}"
        yield Line("Kiến nghị", product.name, detail, petition.get_absolute_url(), None, product.is_demo)


def data_requests(rows):
    """Requests about personal data, with the time limit that runs."""
    for request in rows:
        due = f"hạn {moment(request.due_at)}"
        detail = f"{request.person} · {'quá ' if request.is_overdue else ''}{due}"
        yield Line(
            "Yêu cầu",
            f"{request.get_kind_display()} dữ liệu cá nhân",
            detail,
            request.get_absolute_url(),
            request,
        )


def signups(rows):
    """Producers that signed themselves up and wait for the commune."""
    for signup in rows:
        yield Line("Chủ thể tự đăng ký", signup.name, str(signup.area), signup.get_absolute_url(), signup)


def visits(rows):
    """Planned visits that are near or overdue."""
    for visit in rows:
        detail = (
            f"{visit.topics_in_words} · {'quá ngày hẹn' if visit.is_late else 'hẹn'} {day(visit.planned_on)}"
        )
        yield Line(
            "Hỗ trợ tại thực địa", visit.entity.name, detail, visit.get_absolute_url(), visit, visit.is_demo
        )


def agreed(rows):
    """What was agreed on the spot, for who does it and who looks after it."""
    for action in rows:
        whose = dict.fromkeys(
            [str(action.visit.entity), str(action.done_by_whom)]
        )  # once when it does it itself
        detail = f"{' · '.join(whose)} · hạn {day(action.due_on)}"
        yield Line(
            "Việc đã thống nhất", action.what, detail, action.get_absolute_url(), action, action.visit.is_demo
        )


def plan_tasks(rows):
    """Tasks of the year's plan whose time has begun, or is over."""
    for task in rows:
        detail = f"{task.lead} · {'quá hạn' if task.is_overdue else 'hạn'} {day(task.due_on)}"
        yield Line("Nhiệm vụ của kế hoạch", str(task), detail, task.get_absolute_url(), task, task.is_demo)


def starts(user):
    """What this person may begin: label and address, the likeliest first."""
    if user.has_role(Role.PRODUCER, Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER):
        yield {"label": "Đăng ký ý tưởng sản phẩm", "url": reverse("products:idea_new")}
    if may_plan_visits(user):
        yield {"label": "Ghi chuyến hỗ trợ tại thực địa", "url": reverse("entities:visit_new")}
    if user.has_role(*OFFICERS, Role.MANAGER, Role.COUNCIL_MEMBER):
        year = clock.today().year
        yield {"label": f"Xem tiến độ kế hoạch năm {year}", "url": reverse("targets:plan", args=[year])}
    if user.has_role(Role.PROVINCE_OFFICER, Role.MANAGER):
        yield {"label": "Lập báo cáo tiến độ", "url": reverse("targets:report_new")}
