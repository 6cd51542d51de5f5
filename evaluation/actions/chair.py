"""What the chair does: open, conclude."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions, proof, sittings
from evaluation.actions.locking import locked
from evaluation.models import CaseStatus
from foundation import clock
from foundation.regimes.engine import RegimeError
from foundation.trail.moves import move


@transaction.atomic
def open_case(case, *, by):
    """The chair breaks the seal: from now on the council sees all sheets, and nobody changes them."""
    require(permissions.may_preside(by, case))
    case = locked(case)
    if case.status == CaseStatus.SCORING and (missing := case.missing_to_open()):
        raise ValidationError(missing)
    move(case, CaseStatus.OPENED, by=by, opened_at=clock.now())
    notices.case_opened(case, by=by)


@transaction.atomic
def conclude(case, *, by, conclusion):
    """The chair concludes: the verdict of the handed-in sheets is frozen in the case."""
    require(permissions.may_preside(by, case))
    case = locked(case)
    if case.status != CaseStatus.OPENED:  # before anything is counted: a refusal must not tell what is sealed
        raise ValidationError("Chỉ kết luận được khi đã mở phiếu và chưa kết luận. Hãy tải lại trang.")
    if gaps := sittings.quorum_gaps(case):
        raise ValidationError(gaps)
    if case.reopenings.pending().exists():
        raise ValidationError(
            "Đang có đề nghị chấm lại chờ xác nhận: hãy xác nhận hoặc bỏ đề nghị rồi kết luận."
        )
    sheets = case.counted_sheets()
    try:
        verdict = case.judge(sheets)
    except RegimeError as fault:
        raise ValidationError(str(fault)) from fault
    spread = case.spread(sheets)
    if not (verdict.struck_out or spread.allowed):
        raise ValidationError(spread.refusal)
    result = {"verdict": verdict.to_dict(), "total": verdict.total_shown, "stars": verdict.stars}
    result |= proof.frozen(case, sheets, verdict)
    said = {"conclusion": conclusion, "concluded_on": clock.today()}
    move(case, CaseStatus.CONCLUDED, by=by, note=verdict.reasons[-1], **result, **said)
    notices.case_concluded(case, by=by)
