"""What follows from a verdict: on to the level above, back below, a decision, or no stars."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.decisions import release_one
from evaluation.actions.locking import locked
from evaluation.models import CaseStatus
from evaluation.scoring import Step
from foundation.trail.moves import move
from products import actions as products

ELSEWHERE = (
    "Kết quả của phiên này không dẫn tới việc đó, hoặc việc đã được làm. Hãy tải lại trang để xem tình trạng."
)


@transaction.atomic
def forward(case, *, by):
    """The office sends a product with enough points on to the level above."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.FORWARD)
    onward = case.next_step.onward
    move(case, CaseStatus.FORWARDED, by=by, note=f"Từ {onward.min_total} điểm trở lên")
    notices.case_forwarded(case, by=by)


@transaction.atomic
def send_down(case, *, by):
    """The office sends the case back below, where its stars are recognised."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.SEND_DOWN)
    note = f"{case.came_from.council} công nhận {case.next_step.stars} sao"
    move(case, CaseStatus.SENT_DOWN, by=by, note=note)
    notices.case_sent_down(case, by=by)


@transaction.atomic
def close_unrated(case, *, by):
    """The case ends without stars that are recognised."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.CLOSE)
    note = case.result.reasons[-1]
    move(case, CaseStatus.UNRECOGNISED, by=by, note=note)
    products.close_unrated(case.dossier, by=by, note=note)


@transaction.atomic
def return_to_producer(case, *, note, by):
    """The case ends without stars, and the producer learns in words what has to be mended before a new dossier."""
    require(permissions.may_settle(by, case))
    if not note.strip():
        raise ValidationError({"note": "Hãy ghi lý do trả lại."})
    case = locked(case)
    if case.status != CaseStatus.CONCLUDED or not case.may_go_back:
        raise ValidationError(ELSEWHERE)
    move(case, CaseStatus.RETURNED, by=by, note=note)
    products.close_unrated(case.dossier, by=by, note=note)


@transaction.atomic
def record_decision(case, *, number, day, by):
    """Enter the recognition decision of one product, as it was signed: a draft of one line, released at once."""
    case = locked(case)
    require(permissions.may_record_decision(by, case))
    if case.status != CaseStatus.SENT_DOWN:
        case = _concluded(case, Step.RECOGNISE)
    return release_one(case, number=number, day=day, by=by)


def _concluded(case, step):
    """The case, locked, if it is concluded and its verdict leads to this step."""
    case = locked(case)
    if case.status != CaseStatus.CONCLUDED or case.next_step.step != step:
        raise ValidationError(ELSEWHERE)
    return case
