"""Another turn of scoring: one person proposes, a second one confirms; what stood before stays."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import LOOK_AGAIN, locked
from evaluation.actions.seats import pass_on_sheets
from evaluation.models import CaseStatus, Channel, Reopening, ReopeningStatus, SheetStatus
from foundation import clock
from foundation.trail.moves import move, write


@transaction.atomic
def propose_turn(case, sheets, *, reason, due_on, by):
    """Chair or secretary asks that these handed-in sheets of an opened case be scored again until ``due_on``."""
    post = permissions.hand_of(by, case)
    require(post is not None)
    case = _opened(case)
    chosen = list(case.sheets.handed_in().filter(pk__in=[sheet.pk for sheet in sheets]).order_by("pk"))
    if not chosen or len(chosen) != len(set(sheets)):
        raise ValidationError({"sheets": "Hãy chọn các phiếu đã nộp của phiên này để chấm lại."})
    if not reason.strip():
        raise ValidationError({"reason": "Hãy ghi lý do chấm lại."})
    if due_on < clock.today():
        raise ValidationError({"due_on": "Hạn chấm lại không thể trước hôm nay."})
    if case.reopenings.pending().exists():
        raise ValidationError("Phiên này đang có một đề nghị chấm lại chờ xác nhận.")
    facts = {"turn": case.turn, "reason": reason.strip(), "due_on": due_on}
    proposal = Reopening.objects.create(case=case, proposed_by=by, proposed_as=post, **facts)
    proposal.sheets.set(chosen)
    write(
        case,
        "Đề nghị chấm lại",
        by=by,
        note=f"{len(chosen)} phiếu, đến hết {due_on:%d/%m/%Y}: {proposal.reason}",
    )
    notices.turn_proposed(proposal, by=by)
    return proposal


@transaction.atomic
def confirm_turn(proposal, *, by):
    """The second person agrees: the sheets go back sealed, with what they hold; the turn before is kept whole."""
    require(permissions.may_second(by, proposal))
    case = _opened(proposal.case)
    proposal = Reopening.objects.get(pk=proposal.pk)
    proposal.case = case
    if proposal.turn != case.turn:
        raise ValidationError(f"Đề nghị này là của lượt chấm trước. {LOOK_AGAIN}")
    # The database copies the turn at this very step, and lets sheets and case go back only after it.
    move(
        proposal,
        ReopeningStatus.CONFIRMED,
        by=by,
        note=proposal.reason,
        decided_by=by,
        decided_at=clock.now(),
    )
    back = {"handed_in_at": None, "channel": Channel.ELECTRONIC, "entered_by": None}
    for sheet in proposal.sheets.order_by("pk"):
        move(sheet, SheetStatus.DRAFT, by=by, note=proposal.reason, **back)
    move(case, CaseStatus.SCORING, by=by, note=proposal.reason, opened_at=None, turn=case.turn + 1)
    pass_on_sheets(case, by=by)
    notices.turn_begun(proposal, by=by)


@transaction.atomic
def decline_turn(proposal, *, by):
    """Either of the two lets the proposal fall; nothing changes."""
    require(permissions.hand_of(by, proposal.case) is not None)
    case = locked(proposal.case)
    move(proposal, ReopeningStatus.DECLINED, by=by, decided_by=by, decided_at=clock.now())
    write(case, "Không cho chấm lại", by=by)


def _opened(case):
    """The case, locked, if its sheets are open and it is not concluded."""
    case = locked(case)
    if case.status != CaseStatus.OPENED:
        raise ValidationError("Chỉ cho chấm lại được khi đã mở phiếu và chưa kết luận.")
    return case
