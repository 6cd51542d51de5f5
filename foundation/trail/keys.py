"""The portal's own keys and the periods in which they signed. They sign heads and QR payloads, never a paper.

The key in use comes from the settings (``TRAIL_SIGNING_KEY``); its public half and its period stay here for good, so
that old signatures can be checked after a rotation. From ``stolen_since`` on a signature of that key proves nothing.
"""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone


def signing_key():
    """The portal's own key."""
    return Ed25519PrivateKey.from_private_bytes(settings.TRAIL_SIGNING_SEED)


def public_key():
    """The public half of the key, as text."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def code_of(public):
    """The short name by which a signature says which key made it: eight hexadecimal digits of the key's SHA-256."""
    return hashlib.sha256(base64.b64decode(public)).hexdigest()[:8]


def this_second():
    """Now, in whole seconds, as signatures say it."""
    return timezone.now().replace(microsecond=0)


class PortalKeyManager(models.Manager):
    @transaction.atomic
    def current(self):
        """The key of the settings, known from now on; the one before it has ended. Real time, also in a demonstration.

        Raises ImproperlyConfigured for a key that was put aside or stolen.
        """
        public = public_key()
        key, is_new = self.get_or_create(public_key=public, defaults={"code": code_of(public)})
        if is_new:
            self.exclude(pk=key.pk).filter(until=None).update(until=key.since)
        if key.until or key.stolen_since:
            raise ImproperlyConfigured(f"TRAIL_SIGNING_KEY: the key {key.code} was put aside.")
        return key

    def texts(self):
        """All public keys that this portal has ever signed with."""
        return list(self.values_list("public_key", flat=True))


class PortalKey(models.Model):
    """The public half of one key, and from when until when it signed (real time, in whole seconds)."""

    code = models.CharField("mã khoá", max_length=8, unique=True)
    public_key = models.CharField("khoá công khai (Ed25519, base64)", max_length=44, unique=True)
    since = models.DateTimeField("dùng từ lúc", default=this_second)
    until = models.DateTimeField("thôi dùng lúc", null=True, blank=True)
    stolen_since = models.DateTimeField("lộ từ lúc", null=True, blank=True)

    objects = PortalKeyManager()

    class Meta:
        verbose_name = "khoá của cổng"
        verbose_name_plural = "khoá của cổng"
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                name="portal_key_runs_forward", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self):
        return self.code

    def trusts(self, moment):
        """Whether a signature that says this moment is one of ours: in the key's period, before it was stolen."""
        ended = self.until is not None and moment > self.until
        stolen = self.stolen_since is not None and moment >= self.stolen_since
        return self.since <= moment and not ended and not stolen

    @property
    def published(self):
        """The key as everybody gets it."""
        times = {name: getattr(self, name) for name in ("since", "until", "stolen_since")}
        said = {name: at and at.strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in times.items()}
        return {"code": self.code, "public_key": self.public_key, **said}
