"""The browser a person has signed in with before: a signed cookie that gives it a count of its own."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "__Host-device" if settings.SECURE else "device"
SALT = "accounts.devices"
KEEP_SECONDS = 180 * 24 * 3600
KEEP_PEOPLE = 5  # on a PC that several share


def seal_of(user):
    """Changes with the password, so that a new password forgets all browsers."""
    return salted_hmac(SALT, f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()[:20]


def known(request):
    """What this browser says: {account key: [device, seal]}; nothing when it was tampered with or too old."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP_SECONDS)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def device_of(request, user):
    """The name of this browser if this person has signed in here before, else None."""
    device, seal = known(request).get(str(getattr(user, "pk", None)), (None, None))
    return device if device and seal == seal_of(user) else None


def remember(request, response, user):
    """Let this browser be known for this person."""
    device = device_of(request, user) or get_random_string(22)
    others = {key: held for key, held in known(request).items() if key != str(user.pk)}
    held = dict(list(others.items())[-(KEEP_PEOPLE - 1) :]) | {str(user.pk): [device, seal_of(user)]}
    response.set_cookie(
        COOKIE,
        signing.dumps(held, salt=SALT),
        max_age=KEEP_SECONDS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
