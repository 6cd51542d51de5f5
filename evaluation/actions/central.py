"""Beyond the province: the proposal to the centre, and its result."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import permissions
from evaluation.actions.locking import LOOK_AGAIN, locked
from evaluation.models import CaseStatus, CentralProposal
from foundation import clock
from foundation.regimes.wording import points_text
from foundation.trail.moves import move, write
from products import actions as products

OUTGOING = re.compile(r"[1-9][0-9]{0,5}/\S{2,30}")


@transaction.atomic
def propose_to_centre(case, *, number, day, by):
    """Record that the office has asked the centre for more stars than its level recognises."""
    require(permissions.may_settle(by, case))
    case = locked(case)
    if case.status not in (CaseStatus.CONCLUDED, CaseStatus.RECOGNISED) or not case.proposed_stars:
        raise ValidationError(f"Kết quả của phiên này không đủ để đề nghị Trung ương. {LOOK_AGAIN}")
    if hasattr(case, "proposal"):
        raise ValidationError(f"Đã đề nghị Trung ương bằng văn bản {case.proposal.number}.")
    _check_number(number)
    _check_day("day", day, case.concluded_on, "ngày kết luận")
    stars = case.proposed_stars
    proposal = CentralProposal.objects.create(case=case, number=number, day=day, stars_proposed=stars)
    write(case, "Đề nghị Trung ương đánh giá", by=by, note=f"{number} ngày {day:%d/%m/%Y}, {stars} sao")
    return proposal


@transaction.atomic
def record_central_result(case, *, came_on, total, stars, decision_number="", decided_on=None, by):
    """Write down what the centre found; with its decision the product has the centre's stars.

    Without a decision the case leads where the regime says (``scoring.after_centre``).
    """
    require(permissions.may_settle(by, case))
    case = locked(case)
    proposal = getattr(case, "proposal", None)
    if proposal is None or proposal.is_back:
        raise ValidationError(f"Phiên này không chờ kết quả của Trung ương. {LOOK_AGAIN}")
    process = case.dossier.regime.process
    top = next(row for row in process.levels if row.level == case.next_step.onward.to_level)
    _check_day("came_on", came_on, proposal.day, "ngày đề nghị")
    _check_stars(case, total, stars)
    decision = {"decision_number": decision_number, "decided_on": decided_on}
    if stars in top.recognises:
        _check_decision(proposal, came_on, **decision)
        decision["issuer"] = top.authority
    elif decision_number or decided_on:
        raise ValidationError(
            f"Trung ương không công nhận {stars} sao nên không có quyết định. Hãy để trống."
        )
    for name, value in {"came_on": came_on, "total": total, "stars": stars, **decision}.items():
        setattr(proposal, name, value)
    proposal.save()
    note = f"{points_text(Decimal(total))} điểm, {stars} sao"
    write(case, "Nhận kết quả của Trung ương", by=by, note=note)
    if proposal.is_recognised:
        _rate(case, proposal, top, by)


def _rate(case, proposal, top, by):
    """The centre's decision is written down; a case that still waited is done with."""
    if case.status == CaseStatus.CONCLUDED:
        note = f"Trung ương công nhận {proposal.stars} sao, {proposal.decision_number}"
        move(case, CaseStatus.RECOGNISED, by=by, note=note)
    facts = {"stars": proposal.stars, "total": proposal.total, "level": top.level, "issuer": top.authority}
    paper = {"decision_number": proposal.decision_number, "decided_on": proposal.decided_on}
    products.record_central_rating(case.dossier, by=by, **facts, **paper)


def _check_number(number):
    if not OUTGOING.fullmatch(number):
        raise ValidationError({"number": "Số văn bản có dạng số/ký hiệu, ví dụ 215/UBND-NN."})


def _check_day(name, day, earliest, what):
    """A day that has come and is not before another."""
    if day > clock.today():
        raise ValidationError({name: "Ngày này không thể sau hôm nay."})
    if day < earliest:
        raise ValidationError({name: f"Ngày này không thể trước {what} {earliest:%d/%m/%Y}."})


def _check_stars(case, total, stars):
    """The stars are no more than the total gives in the bands of the regime; minimums may have made them fewer."""
    bands = case.dossier.criteria_set.engine_set().bands
    band = max((row for row in bands if row.floor <= total), key=lambda row: row.floor)
    if stars > band.stars:
        raise ValidationError(
            {"stars": f"{points_text(Decimal(total))} điểm chỉ đạt khung {band.stars} sao ({band.text})."}
        )


def _check_decision(proposal, came_on, decision_number, decided_on):
    """The centre's stars need its decision, made after the proposal and not after it came."""
    if not decision_number.strip() or decided_on is None:
        raise ValidationError({"decision_number": "Hãy ghi số và ngày quyết định công nhận của Trung ương."})
    if not proposal.day <= decided_on <= came_on:
        said = "Ngày quyết định nằm giữa ngày đề nghị và ngày nhận kết quả."
        raise ValidationError({"decided_on": said})
