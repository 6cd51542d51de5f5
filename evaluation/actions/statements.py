"""Conflicts of interest: a judge's statement on a case, and standing aside for good."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.models import Answer, CaseStatus, SheetStatus, Statement
from foundation import clock
from foundation.trail.moves import move, write

OF_THE_PRODUCER = "Bạn là người của chủ thể nên phải từ chối chấm hồ sơ này."


@transaction.atomic
def state(case, *, by, answer, reason=""):
    """The judge states for the own seat: no conflict of interest, or stands aside."""
    require(permissions.may_state(by, case))
    case = locked(case)
    if answer == Answer.NONE and permissions.is_of_the_producer(by, case):
        raise ValidationError({"answer": OF_THE_PRODUCER})
    _keep(case, case.seat_of(by), answer, reason, by=by)


@transaction.atomic
def recuse(case, seat, *, by, reason):
    """Whoever presides lets a judge stand aside whose conflict of interest came to light."""
    require(permissions.may_preside(by, case))
    case = locked(case)
    if seat.council_id != case.council_id or not (seat.scores and seat.counts_on(clock.today())):
        raise ValidationError("Người này không chấm điểm trong hội đồng của phiên.")
    _keep(case, seat, Answer.CONFLICT, reason, by=by)


def _keep(case, seat, answer, reason, *, by):
    statement = Statement.objects.filter(case=case, seat=seat).first() or Statement(case=case, seat=seat)
    if statement.answer == answer:  # sent twice
        return
    if statement.answer == Answer.CONFLICT:
        raise ValidationError("Người đã từ chối chấm thì không rút lại được.")
    _check_moment(case, answer)
    statement.answer, statement.at, statement.by = answer, clock.now(), by
    statement.reason = reason.strip() if answer == Answer.CONFLICT else ""
    if answer == Answer.CONFLICT and not statement.reason:
        raise ValidationError({"reason": "Hãy ghi lý do từ chối."})
    statement.save()
    note = f"{seat}. {statement.reason}" if statement.reason else str(seat)
    write(case, statement.get_answer_display(), by=by, note=note)
    if answer == Answer.CONFLICT:
        _stand_aside(case, seat, note, by=by)
        notices.judge_recused(statement, by=by)


def _check_moment(case, answer):
    if answer == Answer.CONFLICT and case.status == CaseStatus.OPENED:
        raise ValidationError("Phiếu đã mở: Chủ tịch cho chấm lại trước, rồi mới từ chối được.")
    if case.status not in (CaseStatus.SCORING, CaseStatus.OPENED):
        raise ValidationError("Phiên đã kết luận nên không khai báo được nữa.")


def _stand_aside(case, seat, note, *, by):
    """The own draft is released; with fewer judges there may be a quorum now."""
    for sheet in case.sheets.filter(seat=seat, status=SheetStatus.DRAFT):
        move(sheet, SheetStatus.RELEASED, by=by, note=note)
    notices.sheet_handed_in(case, by=by)
