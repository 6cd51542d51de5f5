"""What follows from a verdict: on to the level above, back below, a decision, or no stars."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.models import CaseStatus
from evaluation.scoring import Step
from foundation import clock
from foundation.trail.moves import move
from products import actions as products

NUMBER = re.compile(r"[1-9][0-9]{0,5}/QĐ-UBND")


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
def record_decision(case, *, number, day, by):
    """Enter the recognition decision of the council's office: the product gets its stars and its certificate."""
    case = locked(case)
    require(permissions.may_record_decision(by, case))
    if case.status != CaseStatus.SENT_DOWN:
        case = _concluded(case, Step.RECOGNISE)
    _check_decision(case, number, day)
    council, stars = case.recognising_council, case.next_step.stars
    move(case, CaseStatus.RECOGNISED, by=by, note=f"Quyết định {number} ngày {day:%d/%m/%Y}, {stars} sao")
    place = {"level": council.level, "issuer": council.issuer, "area": council.area}
    decision = {"decision_number": number, "decided_on": day}
    return products.grant_rating(case.dossier, stars=stars, total=case.total, by=by, **decision, **place)


def _concluded(case, step):
    """The case, locked, if it is concluded and its verdict leads to this step."""
    case = locked(case)
    if case.status != CaseStatus.CONCLUDED or case.next_step.step != step:
        raise ValidationError(
            "Kết quả của phiên này không dẫn tới việc đó, hoặc việc đã được làm. Hãy tải lại trang để xem tình trạng."
        )
    return case


def _check_decision(case, number, day):
    """A number as offices write it, a day that has come and is not before the conclusion."""
    if not NUMBER.fullmatch(number):
        raise ValidationError({"number": "Số quyết định có dạng số/QĐ-UBND, ví dụ 1085/QĐ-UBND."})
    if day > clock.today():
        raise ValidationError({"day": "Ngày quyết định không thể sau hôm nay."})
    if day < case.concluded_on:
        concluded = f"{case.concluded_on:%d/%m/%Y}"
        raise ValidationError({"day": f"Ngày quyết định không thể trước ngày kết luận {concluded}."})
