"""One-time codes: secrets encrypted at rest, each code taken once, shown by the portal only in a demonstration."""

import base64
import logging
import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import limits

log = logging.getLogger("portal.factors")
STEP = 30  # seconds of one code
PURPOSE = b"ocop portal: secrets of one-time codes"
WRONG_CODE = "Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã mới trong ứng dụng rồi thử lại."


def cipher():
    """Encrypts with the first key, reads with all of them, so that a key can be replaced step by step."""
    keys = settings.FACTOR_KEYS or [settings.SECRET_KEY]
    return MultiFernet([Fernet(derived(key)) for key in keys])


def derived(key):
    """A Fernet key of 256 bits out of a long secret (HKDF, SHA-256)."""
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(raw)


def encrypt(text):
    """As it lies in the database."""
    return cipher().encrypt(text.encode()).decode()


def decrypt(text):
    """As it is used."""
    return cipher().decrypt(text.encode()).decode()


def decrypted(authenticator):
    """The secret of an authenticator app."""
    return decrypt(authenticator.data["secret"])


def own_factors(user):
    """Everything the person can confirm a sign-in with, oldest first, by kind."""
    found = {kind: [] for kind in Authenticator.Type.values}
    for authenticator in Authenticator.objects.filter(user=user).order_by("created_at"):
        found[authenticator.type].append(authenticator)
    return found


def accept_code(user, typed):
    """The authenticator that this code comes from, which can never be used with it again. Raises ValidationError."""
    keys = limits.count([(limits.CODE, user.pk)], about=user, act="Từ chối mã xác nhận")
    with transaction.atomic():
        own = Authenticator.objects.select_for_update().filter(user=user)
        for authenticator in own.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
            if unless_unreadable(authenticator, lambda found: fits(found, typed)):
                limits.take_back(keys)
                return authenticator
    raise ValidationError(WRONG_CODE, code="incorrect_code")


def unless_unreadable(authenticator, question):
    """The answer about the secret; None when no key opens it: no code fits then, and the log says why."""
    try:
        return question(authenticator)
    except InvalidToken:
        log.error(
            "secret not readable: FACTOR_KEYS lost?", extra={"facts": {"authenticator": authenticator.pk}}
        )
        return None


def codes_left(authenticator):
    """How many recovery codes were not used yet."""
    return unless_unreadable(authenticator, lambda found: len(found.wrap().get_unused_codes()))


def fits(authenticator, typed):
    """Whether the code is good, and if so mark it used. The row is locked."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return authenticator.wrap().validate_code(typed)
    step = matching_step(decrypted(authenticator), typed)
    if step is None or step <= authenticator.data.get("last_step", 0):
        return False
    authenticator.data["last_step"] = step
    authenticator.save(update_fields=["data"])
    return True


def matching_step(secret, typed):
    """The step of 30 seconds, now or one beside it, whose code this is; None for no such step."""
    now = int(time.time()) // STEP
    near = range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1)
    found = [
        s for s in near if compare_user_code(actual=typed, expected=format_hotp_value(hotp_value(secret, s)))
    ]
    return max(found, default=None)


def demo_codes(people):
    """The one-time code that each of these invented people would read from their phone now, by person's key.

    Only in a demonstration and only for its invented people; a code that was used already gives way to the next one.
    """
    if not settings.DEMO:
        return {}
    invented = [person.pk for person in people if person.is_demo]
    own = Authenticator.objects.filter(user__in=invented, type=Authenticator.Type.TOTP)
    return {authenticator.user_id: unless_unreadable(authenticator, shown_code) for authenticator in own}


def shown_code(authenticator):
    """The first code that would be accepted now, with the seconds until it changes."""
    now = time.time()
    step = max(int(now) // STEP, authenticator.data.get("last_step", 0) + 1)
    code = format_hotp_value(hotp_value(decrypted(authenticator), step))
    return {"code": code, "seconds": (step + 1) * STEP - int(now)}
