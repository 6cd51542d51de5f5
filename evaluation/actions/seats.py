"""The people of a council: appointed, replaced in mid-round, let go; the advisory team."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import permissions
from evaluation.models import (
    Adviser,
    AdvisorySheet,
    Case,
    CaseStatus,
    Council,
    Post,
    ScoreSheet,
    Seat,
    SheetStatus,
)
from foundation import clock
from foundation.trail.moves import move, write


@transaction.atomic
def appoint(council, *, by, user, post, scores, **facts):
    """Give a person a seat. A judge gets a sheet for every case being scored, unless judges are assigned."""
    require(permissions.may_direct(by, council))
    council = _at_work(council)
    seat = _seated(council, user=user, post=post, scores=scores, **facts)
    if council.judges_min is None:
        _hand_out(seat, _scored_by(council), by=by)
    write(council, "Cử thành viên", by=by, note=_said(seat))
    return seat


@transaction.atomic
def end_seat(seat, *, by, day, why, user=None, basis="", **facts):
    """A member leaves; ``user`` takes the place, with the same post. What was handed in stays and counts (T14)."""
    require(permissions.may_direct(by, seat.council))
    council = _at_work(seat.council)
    cases = list(_scored_by(council))  # case before sheet, before seat
    seat = Seat.objects.select_for_update(of=("self",)).for_list().get(pk=seat.pk)
    _check_end(seat, day)
    held = {sheet.case_id: sheet for sheet in seat.sheets.filter(case__in=cases)}
    for sheet in held.values():
        if sheet.status == SheetStatus.DRAFT:
            move(sheet, SheetStatus.RELEASED, by=by, note=why)
    seat.ended_on, seat.ended_why = day, why
    seat.save(update_fields=["ended_on", "ended_why"])
    write(council, "Thôi thành viên", by=by, note=f"{_said(seat)}, từ {day:%d/%m/%Y}. {why}")
    if user is None:
        return None
    facts |= {"started_on": day, "basis": basis, "replaces": seat}
    heir = _seated(council, user=user, post=seat.post, scores=seat.scores, **facts)
    _hand_out(heir, _inherited(council, cases, held), by=by)
    write(council, "Cử thành viên thay", by=by, note=f"{_said(heir)}, thay {seat.held_by}")
    return heir


def pass_on_sheets(case, *, by):
    """Sheets of a case being scored that went back to members who have left go on to those who took their place."""
    for sheet in case.sheets.filter(status=SheetStatus.DRAFT, seat__ended_on__lte=clock.today()):
        move(sheet, SheetStatus.RELEASED, by=by, note="Thành viên đã thôi")
        heir = _heir(sheet.seat)
        if heir and not heir.sheets.filter(case=case).exists():
            _hand_out(heir, [case], by=by)


def _heir(seat):
    """Who sits in the place of this seat today, or None."""
    while seat is not None and not seat.counts_on(clock.today()):
        seat = getattr(seat, "successor", None)
    return seat


def _inherited(council, cases, held):
    """The cases that a successor scores: all without a sheet handed in, or those that were assigned and are not."""
    done = {pk for pk, sheet in held.items() if sheet.status == SheetStatus.HANDED_IN}
    assigned = {pk for pk, sheet in held.items() if sheet.status == SheetStatus.RELEASED}
    if council.judges_min is None:
        return [case for case in cases if case.pk not in done]
    return [case for case in cases if case.pk in assigned]


def _at_work(council):
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if council.ended_on is not None:
        raise ValidationError("Hội đồng đã kết thúc.")
    return council


def _scored_by(council):
    """The council's cases that are being scored, locked."""
    cases = Case.objects.filter(council=council, status=CaseStatus.SCORING)
    return cases.select_for_update(of=("self",)).order_by("pk")


def _seated(council, *, user, post, scores, started_on, **facts):
    if post == Post.CHAIR and council.chair_required and not scores:
        raise ValidationError({"scores": f"Quy chế đòi phiếu của Chủ tịch ({council.rules_source})."})
    if started_on > clock.today():
        raise ValidationError({"started_on": "Ngày cử không thể sau hôm nay."})
    if started_on < council.decided_on:
        raise ValidationError({"started_on": "Ngày cử không thể trước ngày lập hội đồng."})
    person = {"user": user, "name": user.full_name, "started_on": started_on}
    seat = Seat(council=council, post=post, scores=scores, **person, **facts)
    seat.validate_constraints()
    seat.save()
    return seat


def _check_end(seat, day):
    if seat.ended_on is not None:
        raise ValidationError("Thành viên này đã thôi. Hãy tải lại trang.")
    if day > clock.today():
        raise ValidationError({"day": "Ngày thôi không thể sau hôm nay."})
    if day < (seat.started_on or seat.council.decided_on):
        raise ValidationError({"day": "Ngày thôi không thể trước ngày được cử."})


def _hand_out(seat, cases, *, by):
    if seat.scores:
        ScoreSheet.objects.bulk_create(ScoreSheet(case=case, seat=seat) for case in cases)


def _said(seat):
    scoring = "chấm điểm" if seat.scores else "không chấm điểm"
    return f"{seat}, {scoring}{f', {seat.basis}' if seat.basis else ''}"


@transaction.atomic
def add_adviser(council, *, by, user, duty, started_on):
    """Put a person on the advisory team, with a sheet for every case being scored."""
    require(permissions.may_direct(by, council))
    council = _at_work(council)
    if started_on > clock.today():
        raise ValidationError({"started_on": "Ngày cử không thể sau hôm nay."})
    adviser = Adviser(council=council, user=user, duty=duty, name=user.full_name, started_on=started_on)
    adviser.validate_constraints()
    adviser.save()
    for case in _scored_by(council):
        AdvisorySheet.objects.lay_before(case, [user])
        for sheet in case.advisory_sheets.filter(user=user, status=SheetStatus.RELEASED):  # was here before
            move(sheet, SheetStatus.DRAFT, by=by, note="Cử lại vào tổ tư vấn")
    write(council, "Cử tổ tư vấn", by=by, note=str(adviser))
    return adviser


@transaction.atomic
def end_adviser(adviser, *, by):
    """From today on this person is not on the advisory team, and drafts are not filled in any more."""
    require(permissions.may_direct(by, adviser.council))
    cases = list(_scored_by(adviser.council))  # case before sheet
    adviser = Adviser.objects.select_for_update(of=("self",)).for_list().get(pk=adviser.pk)
    if adviser.ended_on is not None:
        raise ValidationError("Người này đã thôi tổ tư vấn.")
    adviser.ended_on = clock.today()
    adviser.save(update_fields=["ended_on"])
    for sheet in AdvisorySheet.objects.filter(case__in=cases, user=adviser.user, status=SheetStatus.DRAFT):
        move(sheet, SheetStatus.RELEASED, by=by, note="Thôi tổ tư vấn")
    write(adviser.council, "Thôi tổ tư vấn", by=by, note=str(adviser))
