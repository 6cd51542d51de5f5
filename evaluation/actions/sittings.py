"""Rounds and sittings: dates, agenda, attendance."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.permissions import require
from evaluation import permissions
from evaluation.models import AgendaItem, Attendance, CaseStatus, Council, Round, Sitting, SittingStatus
from evaluation.sittings import members_of
from foundation import clock
from foundation.trail.moves import move, write
from products.models import Serial

DISCUSSED = (CaseStatus.SCORING, CaseStatus.OPENED)


@transaction.atomic
def plan_round(council, *, by, **days):
    """A round with the next number."""
    require(permissions.may_run(by, council))
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    last = council.rounds.aggregate(last=Max("number"))["last"] or 0
    row = Round(council=council, number=last + 1, **days)
    row.validate_constraints()
    row.save()
    write(council, "Mở đợt đánh giá", by=by, note=str(row))
    return row


@transaction.atomic
def change_round(row, *, by, **days):
    """Other days for the round; its sittings must still lie inside."""
    require(permissions.may_run(by, row.council))
    row = Round.objects.select_for_update(of=("self",)).select_related("council").get(pk=row.pk)
    before = str(row)
    for name, day in days.items():
        setattr(row, name, day)
    row.validate_constraints()
    outside = row.sittings.exclude(status=SittingStatus.CANCELLED).exclude(
        day__range=(row.opens_on, row.closes_on)
    )
    if sitting := outside.first():
        raise ValidationError(f"{sitting} nằm ngoài các ngày mới của đợt.")
    row.save(update_fields=list(days))
    write(row.council, "Sửa đợt đánh giá", by=by, note=f"{before} → {row}")
    return row


@transaction.atomic
def call_sitting(row, *, by, day, begins_at, place):
    """Call the council together on a day of the round."""
    require(permissions.may_run(by, row.council))
    row = Round.objects.select_for_update(of=("self",)).select_related("council").get(pk=row.pk)
    if not row.opens_on <= day <= row.closes_on:
        raise ValidationError({"day": f"Ngày họp phải nằm trong đợt: {row}."})
    code = f"ph-{day.year}-{Serial.objects.take(f'sitting-{day.year}'):04}"
    sitting = Sitting.objects.create(code=code, round=row, day=day, begins_at=begins_at, place=place)
    write(
        sitting, "Lên lịch họp", by=by, new=sitting.status, note=f"{begins_at:%H:%M} {day:%d/%m/%Y}, {place}"
    )
    return sitting


@transaction.atomic
def set_agenda(sitting, items, *, by):
    """The cases of the sitting in their order: (case, presenter, presentation), first one first."""
    sitting = _running(sitting, by)
    cases = [case for case, _, _ in items]
    wrong = [case.code for case in cases if case.council_id != sitting.round.council_id]
    wrong += [case.code for case in cases if case.status not in DISCUSSED]
    if wrong:
        raise ValidationError(f"Không đưa vào chương trình được: {', '.join(wrong)}.")
    sitting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(sitting=sitting, case=case, position=at, presenter=who, presentation=how)
        for at, (case, who, how) in enumerate(items, 1)
    )
    write(sitting, "Lập chương trình", by=by, note=", ".join(case.code for case in cases) or "không có hồ sơ")


@transaction.atomic
def note_attendance(sitting, rows, *, by):
    """Who is there: seat → (present, excuse), for every member of that day."""
    sitting = _running(sitting, by)
    members = {seat.pk: seat for seat in members_of(sitting)}
    if rows.keys() - members.keys():
        raise ValidationError("Có người không phải thành viên của hội đồng vào ngày họp.")
    for key, (present, excuse) in sorted(rows.items()):
        facts = {"present": present, "excuse": "" if present else excuse}
        Attendance.objects.update_or_create(sitting=sitting, seat=members[key], defaults=facts)
    came = sum(present for present, _ in rows.values())
    write(sitting, "Điểm danh", by=by, note=f"{came}/{len(members)} có mặt")


@transaction.atomic
def open_sitting(sitting, *, by):
    """The sitting begins, when everybody was called out."""
    sitting = _running(sitting, by)
    if sitting.day > clock.today():
        raise ValidationError("Chưa đến ngày họp.")
    called = set(sitting.attendance.values_list("seat", flat=True))
    if missing := [seat.held_by for seat in members_of(sitting) if seat.pk not in called]:
        raise ValidationError(f"Chưa điểm danh: {', '.join(missing)}.")
    move(sitting, SittingStatus.OPEN, by=by)


@transaction.atomic
def close_sitting(sitting, *, by):
    """The sitting ends; its attendance stays as it is."""
    move(_running(sitting, by), SittingStatus.CLOSED, by=by)


@transaction.atomic
def cancel_sitting(sitting, *, by, reason):
    """The sitting does not take place."""
    move(_running(sitting, by), SittingStatus.CANCELLED, by=by, note=reason)


def _running(sitting, by):
    """The sitting, locked, if this person keeps its council's papers and it is not over."""
    require(permissions.may_run(by, sitting.council))
    sitting = Sitting.objects.for_list().select_for_update(of=("self",)).get(pk=sitting.pk)
    if sitting.status in (SittingStatus.CLOSED, SittingStatus.CANCELLED):
        raise ValidationError("Phiên họp đã bế mạc hoặc đã hủy.")
    return sitting
