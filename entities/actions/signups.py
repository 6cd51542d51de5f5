"""Deeds on producers that sign themselves up: the sign-up, the commune's yes or no."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import limits
from accounts.actions.signing_up import make_producer, new_account
from accounts.permissions import require
from entities import notices, permissions
from entities.actions.producers import enter
from entities.models import Entity, Membership, SignUp, SignUpStatus
from foundation.trail.moves import move, write

FACTS = ("name", "kind", "address", "phone", "representative", "tax_code")
TAKEN = (
    "Mã số thuế của đơn này đã được ghi cho một chủ thể khác trên cổng. Hãy đối chiếu giấy đăng ký với chủ thể; nếu "
    "đúng là một, hãy từ chối đơn và mời người này vào hồ sơ đã có, hoặc nhờ cán bộ tỉnh."
)


def sign_up(*, password, visitor, **facts):
    """A stranger makes an account and a sign-up; the answer is the same, whatever the portal knows.

    Counted first, outside the transaction: a refused try counts as well. The portal gives the user name, so
    that no name tells whether it was taken. Returns the sign-up.
    """
    limits.count([(limits.SIGN_UP, limits.network_of(visitor)), (limits.SIGN_UP_ALL, "")])
    return _sign_up(password, facts)


@transaction.atomic
def _sign_up(password, facts):
    given = {"full_name": facts["representative"], "password": password}
    person = new_account(username=free_name(), act="Lập tài khoản khi tự đăng ký chủ thể", **given)
    signup = SignUp.objects.create(user=person, **facts)
    write(signup, "Tự đăng ký chủ thể", by=person, new=SignUpStatus.WAITING)
    notices.signup_sent(signup)
    return signup


def free_name():
    """A user name that says nothing and is typed easily on a phone: ct and seven digits."""
    return f"ct{secrets.randbelow(9_000_000) + 1_000_000}"


@transaction.atomic
def confirm(signup, *, by):
    """The commune knows this producer: the record is made, and who signed up owns it."""
    signup = _waiting(signup, by)
    facts = {name: getattr(signup, name) for name in FACTS}
    if (
        facts["tax_code"]
        and Entity.objects.standing().filter(tax_code=facts["tax_code"], tax_code_checked=True).exists()
    ):
        raise ValidationError(TAKEN)
    entity = enter(by=by, area=signup.area, act="Xác nhận chủ thể tự đăng ký", **facts)
    Membership.objects.create(entity=entity, user=signup.user)
    make_producer(signup.user, by=by, basis=f"Tự đăng ký, xã xác nhận: {entity}"[:200])
    move(signup, SignUpStatus.CONFIRMED, by=by, entity=entity)
    notices.signup_judged(signup, by=by)
    return entity


@transaction.atomic
def refuse(signup, *, by, reason):
    """The commune does not confirm, and says why."""
    signup = _waiting(signup, by)
    move(signup, SignUpStatus.REFUSED, by=by, note=reason, reason=reason)
    notices.signup_judged(signup, by=by)


def _waiting(signup, by):
    """The sign-up, locked, if this person may judge it; two officers never judge both."""
    signup = SignUp.objects.select_for_update(of=("self",)).select_related("user", "area").get(pk=signup.pk)
    if signup.status != SignUpStatus.WAITING:
        raise ValidationError("Đơn này vừa được xử lý. Hãy tải lại trang.")
    require(permissions.may_judge_signup(by, signup))
    return signup
