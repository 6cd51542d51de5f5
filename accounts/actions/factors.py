"""When every device of a second factor is lost: two officers take it away."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.own_account import tell
from accounts.actions.sessions import end_sessions_of
from accounts.models import FactorReset, ResetStatus
from accounts.permissions import may_ask_reset, may_decide_reset, require
from foundation.trail.moves import move, write

TOO_LATE = "Đề nghị này đã hết hạn hoặc đã được quyết định."


@transaction.atomic
def ask_reset(person, *, by, reason):
    """An administrator has made sure who it is, and asks that the lost factor be taken away."""
    require(may_ask_reset(by, person))
    if FactorReset.objects.open().filter(person=person).exists():
        raise ValidationError("Người này đã có một đề nghị đang chờ.")
    for stale in FactorReset.objects.filter(person=person, status=ResetStatus.ASKED):
        move(stale, ResetStatus.DECLINED, by=None, note="Hết hạn")
    reset = FactorReset.objects.create(person=person, asked_by=by, reason=reason)
    write(person, "Đề nghị gỡ phương thức xác nhận", by=by, note=reason)
    return reset


@transaction.atomic
def confirm_reset(reset, *, by):
    """A second officer agrees: factors and sessions are gone, the person sets a new factor at the next sign-in."""
    reset = FactorReset.objects.select_for_update(of=("self",)).get(pk=reset.pk)
    require(may_decide_reset(by, reset))
    if not reset.is_open:
        raise ValidationError(TOO_LATE)
    move(reset, ResetStatus.DONE, by=by, decided_by=by)
    Authenticator.objects.filter(user=reset.person).delete()
    end_sessions_of(reset.person)
    write(reset.person, "Gỡ phương thức xác nhận theo đề nghị", by=by, note=f"Đề nghị của {reset.asked_by}")
    tell(reset.person, "factor_reset")


@transaction.atomic
def decline_reset(reset, *, by):
    """The second officer, or who asked, does not want it any more."""
    require(may_decide_reset(by, reset) or by.pk == reset.asked_by_id)
    move(reset, ResetStatus.DECLINED, by=by, decided_by=by)
    write(reset.person, "Không gỡ phương thức xác nhận", by=by)
