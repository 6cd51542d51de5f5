"""Who a session belongs to. Signing in itself is ``accounts.actions.signing_in``."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import BaseBackend
from django.db.models import Exists, OuterRef

from accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class PortalBackend(BaseBackend):
    """Knows no password: it brings the person of a session, with ``has_second_factor``, in one query."""

    def get_user(self, user_id):
        """The person, asked anew with every request; None once the account is switched off."""
        own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return User.objects.annotate(has_second_factor=Exists(own)).filter(pk=user_id, is_active=True).first()


def has_second_factor(user):
    """A one-time code or a passkey stands beside the password. Recovery codes alone are none."""
    if hasattr(user, "has_second_factor"):
        return user.has_second_factor
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
