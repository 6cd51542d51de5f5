"""What Django and allauth tell us. Signals are no way to run our rules; here they adapt two libraries, whose own code
writes the rows and begins the sessions."""

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save

from accounts.middleware.sessions import mark
from foundation.trail.moves import write

NAMES = {
    Authenticator.Type.TOTP: "ứng dụng tạo mã",
    Authenticator.Type.WEBAUTHN: "khóa truy cập",
    Authenticator.Type.RECOVERY_CODES: "mã dự phòng",
}


def session_began(sender, request, user, **_more):
    """However the session began, it bears its limits."""
    mark(request, user)


def factor_added(sender, instance, created, **_more):
    """In the transaction that adds it."""
    if created:
        write(instance.user, f"Thêm {NAMES[instance.type]}", by=who())


def factor_removed(sender, instance, **_more):
    """In the transaction that takes it away, whoever does."""
    write(instance.user, f"Bỏ {NAMES[instance.type]}", by=who())


def who():
    """The signed-in person of this request; None for commands."""
    user = getattr(getattr(context, "request", None), "user", None)
    return user if user is not None and user.is_authenticated else None


user_logged_in.connect(session_began)
post_save.connect(factor_added, sender=Authenticator)
post_delete.connect(factor_removed, sender=Authenticator)
