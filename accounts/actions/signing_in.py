"""Who someone is: by password, counted before it is looked at."""

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from accounts import limits
from accounts.models import User

MISMATCH = "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại."
WRONG_PASSWORD = "Mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại."


def recognise(typed, password, *, address, device_of):
    """The active person of this name or e-mail with this password. Raises ValidationError, TooManyTries when limited.

    Nobody learns whether the name, the password or a switched-off account was the reason, neither from the words nor
    from the time it takes: a password is always hashed once, and tries for unknown names are counted alike.
    ``device_of`` names the visitor's browser if that person has used it before.
    """
    user = User.objects.named(typed)
    device = device_of(user)
    keys = limits.count(tries(user, typed, address, device), about=user, act="Từ chối đăng nhập")
    if not is_theirs(user, password):
        raise ValidationError(MISMATCH, code="mismatch")
    limits.take_back(keys)
    return user


def tries(user, typed, address, device):
    """What one try counts against. A known browser of the owner stands outside everybody else's counts."""
    if device:
        return [(limits.DEVICE, f"{user.pk}:{device}")]
    return [
        (limits.ADDRESS, limits.network_of(address)),
        (limits.ACCOUNT, f"id:{user.pk}" if user else f"name:{typed.lower()}"),
        (limits.TOTAL, ""),
    ]


def is_theirs(user, password):
    """The password is this active person's. One hash, whoever it is."""
    if user is None:
        make_password(password)
        return False
    return user.check_password(password) and user.is_active


def confirm_password(user, password):
    """The signed-in person types the password again. Raises ValidationError."""
    keys = limits.count([(limits.AGAIN, user.pk)], about=user, act="Từ chối xác nhận lại mật khẩu")
    if not user.check_password(password):
        raise ValidationError(WRONG_PASSWORD, code="mismatch")
    limits.take_back(keys)
