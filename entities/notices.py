"""Who is told about support on the spot. Called by the deeds inside their transaction."""

from accounts.models import NoticeKind
from accounts.notices import tell


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
