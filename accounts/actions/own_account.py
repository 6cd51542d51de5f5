"""What people do to their own account: password, address."""

from django.contrib.auth import password_validation
from django.core import signing as seals
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import limits
from accounts.actions.sessions import end_sessions_of
from accounts.models import User
from accounts.permissions import require
from accounts.works import signing as works
from foundation.jobs.queue import enqueue
from foundation.trail.moves import write

SALT = "accounts.email"
LINK_SECONDS = 24 * 3600
SAME = "Mật khẩu mới phải khác mật khẩu đang dùng."
TAKEN = "Địa chỉ thư này đã thuộc về một tài khoản khác."
DEAD_LINK = "Đường dẫn đã hết hạn hoặc đã dùng rồi. Hãy yêu cầu đường dẫn mới."


def ask_for_reset(typed, *, address):
    """Send a letter to whoever has this name or address. The answer and its time are the same when nobody has."""
    person = User.objects.named(typed)
    limits.count([(limits.RESET_ADDRESS, limits.network_of(address))])
    try:
        limits.count(
            [(limits.RESET_ACCOUNT, person.pk if person else typed.lower())],
            about=person,
            act="Từ chối gửi thư đặt lại mật khẩu",
        )
    except limits.TooManyTries:
        return  # letters enough lie in that mailbox; saying so would say that the account exists
    enqueue(works.send_reset_letter, title="Gửi thư đặt lại mật khẩu", person=person.pk if person else 0)


@transaction.atomic
def set_password(person, password, *, by, keep=None, act="Đổi mật khẩu"):
    """A new password. Every other session of the person ends, and they are told by letter."""
    require(by is None or by == person)
    password_validation.validate_password(password, person)
    if person.has_usable_password() and person.check_password(password):
        raise ValidationError({"new_password": SAME})
    person.set_password(password)
    person.save(update_fields=["password"])
    write(person, act, by=by or person)
    end_sessions_of(person, keep=keep)
    tell(person, "password_changed")


@transaction.atomic
def ask_for_new_email(person, email, *, by):
    """Send a link to the new address; nothing changes until it is opened there."""
    require(by == person)
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise ValidationError({"email": TAKEN})
    token = seals.dumps({"person": person.pk, "email": email, "instead_of": person.email}, salt=SALT)
    facts = {"person": person.pk, "name": "email_confirmation", "to": email, "token": token}
    enqueue(works.send_account_letter, title="Gửi thư xác nhận địa chỉ", **facts)


@transaction.atomic
def confirm_new_email(person, token, *, by):
    """The link was opened by its owner: the address is theirs. The old address is told."""
    require(by == person)
    email, old = promised_email(person, token), person.email
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise ValidationError(TAKEN)
    person.email = email
    person.save(update_fields=["email"])
    write(person, "Đổi địa chỉ thư điện tử", by=by)
    if old:
        tell(person, "email_changed", to=old)


def promised_email(person, token):
    """The address in a link, while the link is good for this person and their present address."""
    try:
        held = seals.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except seals.BadSignature as refusal:
        raise ValidationError(DEAD_LINK) from refusal
    if (held["person"], held["instead_of"]) != (person.pk, person.email):
        raise ValidationError(DEAD_LINK)
    return held["email"]


def tell(person, name, to=""):
    """A letter about what happened to the account."""
    if to or person.email:
        facts = {"person": person.pk, "name": name, "to": to}
        enqueue(works.send_account_letter, title="Gửi thư báo về tài khoản", **facts)
