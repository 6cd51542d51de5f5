"""Deeds on people: giving a role and taking it back, handing work over, closing an account, looking through eyes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import handover, permissions
from accounts.actions.sessions import end_sessions_of
from accounts.models import Assignment, Departure, NoticeKind, User
from accounts.notices import tell
from accounts.permissions import require
from foundation import clock
from foundation.trail.moves import write


def check_charge(role, area, start, until):
    """A charge that can exist: right level, a unit of that time, an end that is not before the start."""
    if not permissions.fits(role, area):
        raise ValidationError({"area": "Địa bàn này không thuộc cấp của vai trò đã chọn. Hãy chọn lại."})
    if until is not None and until < start:
        raise ValidationError({"until": "Ngày kết thúc phải sau ngày bắt đầu."})
    if area is not None and not area.lives_on(max(start, clock.today())):
        raise ValidationError(
            {
                "area": f"{area.full_name} (mã {area.code}) không còn hoặc chưa có vào ngày đó. Hãy chọn đơn vị khác."
            }
        )


@transaction.atomic
def assign(person, *, by, role, area, start, until=None, basis=""):
    """Give a person a role in a unit for a time. Nobody gives a role to themselves."""
    require(permissions.may_give(by, role, area))
    require(person.pk != by.pk, "Không ai tự giao vai trò cho mình.")
    return enter_charge(person, by=by, role=role, area=area, start=start, until=until, basis=basis)


def enter_charge(person, *, by, role, area, start, until=None, basis=""):
    """Write the assignment down; who may is asked before, by the deed that calls this."""
    check_charge(role, area, start, until)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError("Tài khoản này đã khóa. Hãy mở lại trước khi giao vai trò.")
    if person.assignments.overlapping(role, area, start, until).exists():
        raise ValidationError("Người này đã giữ vai trò đó trong thời gian này.")
    charge = Assignment.objects.create(
        user=person, role=role, area=area, start=start, until=until, basis=basis
    )
    write(person, "Giao vai trò", by=by, note=f"{charge.label}, {charge.period}. {basis}".strip())
    text = f"Bạn được giao vai trò {charge.label}, {charge.period}."
    tell([person], NoticeKind.PORTAL_ROLE, person, text=text, url=reverse("accounts:roles"), by=by)
    return charge


@transaction.atomic
def take_back(assignment, *, by, last_day=None, reason):
    """End a role after ``last_day``, or at once when no day is given: then it no longer counts today."""
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment.pk)
    )
    require(permissions.may_take_back(by, assignment))
    today = clock.today()
    if assignment.is_over(today):
        raise ValidationError("Vai trò này đã kết thúc rồi.")
    if last_day is not None and last_day < max(today, assignment.start):
        raise ValidationError({"last_day": "Ngày cuối cùng không thể trước hôm nay hay trước ngày bắt đầu."})
    if last_day is None:
        assignment.revoked_on = today
    else:
        assignment.until = last_day
    assignment.save(update_fields=["revoked_on", "until"])
    write(
        assignment.user, "Thu hồi vai trò", by=by, note=f"{assignment.label}, {assignment.period}. {reason}"
    )


@transaction.atomic
def hand_over(person, *, by, to, reason, close=False):
    """Hand everything that a leaving person holds to a colleague: roles in force from today on, and open work.

    Pieces that cannot pass by an officer's word (a seat on a council) stay and are named in the trail. With ``close``
    the account is closed as well. Returns the pieces as they were.
    """
    require(permissions.may_retire(by, person))
    if to.pk == person.pk or not to.is_active:
        raise ValidationError({"to": "Hãy chọn một người khác đang dùng cổng."})
    person, to = _both_locked(person, to)
    pieces = handover.pieces(person)
    today = clock.today()
    for charge in person.assignments.on(today).select_related("area"):
        if not to.assignments.overlapping(charge.role, charge.area, today, charge.until).exists():
            enter_charge(
                to, by=by, role=charge.role, area=charge.area, start=today, until=charge.until, basis=reason
            )
        take_back(charge, by=by, reason=reason)
    handover.pass_on(person, to, by=by)
    said = "; ".join(f"{piece.title}: {'chuyển' if piece.moves else 'ở lại'}" for piece in pieces)
    write(person, "Bàn giao", by=by, note=f"Cho {to.username}. {reason}. {said}"[:2000])
    write(to, "Nhận bàn giao", by=by, note=f"Từ {person.username}. {reason}"[:2000])
    text = f"Bạn nhận bàn giao công việc của {person}."
    tell([to], NoticeKind.PORTAL_WORK, to, text=text, url=reverse("desk"), by=by)
    if close:
        close_account(person, by=by, reason=reason)
    return pieces


def _both_locked(person, to):
    """Both rows, locked in the order of their keys, so that two hand-overs cannot wait for each other."""
    rows = {
        row.pk: row
        for row in User.objects.select_for_update().filter(pk__in=[person.pk, to.pk]).order_by("pk")
    }
    return rows[person.pk], rows[to.pk]


@transaction.atomic
def close_account(person, *, by, reason):
    """Nobody signs in with this account any more; every session of it ends with its next request."""
    require(permissions.may_retire(by, person))
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError("Tài khoản này đã khóa rồi.")
    today = clock.today()
    for charge in person.assignments.on(today).select_related("area", "user"):
        take_back(charge, by=by, reason=reason)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions_of(person)
    Departure.objects.update_or_create(person=person, defaults={"left_on": today})
    write(person, "Khóa tài khoản", by=by, note=reason)


@transaction.atomic
def open_account(person, *, by, reason):
    """Let a person sign in again; roles must be given anew."""
    require(permissions.may_retire(by, person))
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise ValidationError("Tài khoản này đang dùng được.")
    if Departure.objects.anonymous().filter(person=person).exists():
        raise ValidationError(
            "Tài khoản này đã ẩn danh nên không mở lại được. Hãy mời người đó lập tài khoản mới."
        )
    person.is_active = True
    person.save(update_fields=["is_active"])
    Departure.objects.filter(person=person).delete()
    write(person, "Mở lại tài khoản", by=by, note=reason)


@transaction.atomic
def begin_looking(person, *, by, reason):
    """An administrator begins to look through another person's eyes; it changes nothing but the trail."""
    require(permissions.may_look_through(by, person))
    write(person, "Bắt đầu nhìn qua tài khoản", by=by, note=reason)


@transaction.atomic
def end_looking(person, *, by):
    """The administrator looks with own eyes again."""
    write(person, "Thôi nhìn qua tài khoản", by=by)
