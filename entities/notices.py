"""Who is told about producers and support on the spot. Called by the deeds inside their transaction."""

from accounts.models import NoticeKind, Role, User
from accounts.notices import tell
from foundation import clock
from foundation.areas.models import AreaKind

OFFICE_OF = {
    AreaKind.COMMUNE: Role.COMMUNE_OFFICER,
    AreaKind.DISTRICT: Role.DISTRICT_OFFICER,
    AreaKind.PROVINCE: Role.PROVINCE_OFFICER,
}


def signup_sent(signup):
    """The officers of the commune have a producer to confirm; where nobody holds the office, those above."""
    unit = signup.place_on(clock.today()).unit
    for above in unit.chain:
        officers = list(User.objects.serving(above, OFFICE_OF[above.kind]))
        if officers:
            text = f"{signup.name} tự đăng ký làm chủ thể, chờ xã xác nhận."
            tell(officers, NoticeKind.PRODUCER_SIGNUP, signup, text=text, area=signup.area)
            return


def signup_judged(signup, *, by):
    """Who signed up learns how it ended."""
    said = "đã được xã xác nhận" if signup.entity_id else f"chưa được xác nhận: {signup.reason}"
    text = f"Đăng ký của {signup.name} {said}."
    tell([signup.user], NoticeKind.PRODUCER_JUDGED, signup, text=text, area=signup.area, by=by)


def producer_merged(entity, to, *, by):
    """The people of both learn which record remains."""
    text = f"Hồ sơ {entity} được gộp vào {to}."
    tell(to.people(), NoticeKind.PRODUCER_MERGED, to, text=text, area=to.area, by=by)


def visit_planned(visit, *, by):
    """The producer's people, and the officer when somebody else planned it, know the day."""
    text = f"Hỗ trợ tại thực địa {visit.entity}: hẹn ngày {visit.planned_on:%d/%m/%Y}."
    _tell(visit, NoticeKind.VISIT_PLANNED, [*visit.entity.people(), visit.officer], text, by)


def visit_held(visit, *, by):
    """The producer's people find what was seen and agreed."""
    text = f"Đã ghi kết quả hỗ trợ tại thực địa {visit.entity} ngày {visit.held_on:%d/%m/%Y}."
    _tell(visit, NoticeKind.VISIT_HELD, visit.entity.people(), text, by)


def visit_cancelled(visit, *, by):
    """The producer's people and the officer need not wait."""
    text = f"Chuyến hỗ trợ {visit.entity} ngày {visit.planned_on:%d/%m/%Y} đã hủy."
    _tell(visit, NoticeKind.VISIT_CANCELLED, [*visit.entity.people(), visit.officer], text, by)


def action_agreed(action, *, by):
    """Who has something to do knows what and until when."""
    people = [action.owner] if action.owner else action.visit.entity.people()
    text = f"Việc cần làm đến {action.due_on:%d/%m/%Y}: {action.what}"
    _tell(action, NoticeKind.VISIT_ACTION, people, text, by)


def action_done(action, *, by):
    """Who looks after it knows that it is done."""
    text = f"Đã xong: {action.what}"
    _tell(action, NoticeKind.VISIT_DONE, [action.keeper], text, by)


def _tell(record, kind, people, text, by):
    entity = getattr(record, "visit", record).entity
    tell(people, kind, record, text=text, area=entity.area, by=by)
