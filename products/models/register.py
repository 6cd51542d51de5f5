"""The register of certificates: what happened to each, in one list that only grows, and the signed heads over it.

The leaf of an entry is the hash of its text; the root over all leaves is signed every day. Who holds an old head can
prove that nothing was changed or taken out since (``tools/check_certificate.py``). The text of an entry holds the
random id of its certificate, so leaves can be shown to everybody without saying whose they are.
"""

import json

from django.db import models

from foundation.trail import merkle
from foundation.trail.keys import PortalKey
from products.models.ratings import Certificate


class Happening(models.TextChoices):
    """What can happen to a certificate."""

    ISSUED = "issued", "Cấp"
    SIGNED = "signed", "Có bản ký số"
    EXTENDED = "extended", "Kéo dài"
    EXPIRED = "expired", "Hết hiệu lực"
    REVOKED = "revoked", "Thu hồi"
    REPLACED = "replaced", "Được thay"


class RegisterEntryQuerySet(models.QuerySet):
    def leaves(self, size=None):
        """The leaves in order, the first ``size`` of them."""
        rows = self.order_by("number").values_list("leaf", flat=True)
        return [bytes(leaf) for leaf in (rows if size is None else rows[:size])]


class RegisterEntry(models.Model):
    """One line of the register. The database numbers without gaps, checks the leaf, and lets nothing be changed."""

    number = models.PositiveIntegerField("thứ tự", unique=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="entries")
    happening = models.CharField("việc", max_length=10, choices=Happening)
    day = models.DateField("ngày")
    text = models.TextField("nội dung được băm")
    leaf = models.BinaryField("lá", max_length=32)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng sổ giấy chứng nhận"
        verbose_name_plural = "sổ giấy chứng nhận"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "happening"],
                condition=models.Q(happening__in=[Happening.ISSUED, Happening.REVOKED, Happening.REPLACED]),
                name="register_once",
                violation_error_message="Việc này đã ghi vào sổ giấy chứng nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.get_happening_display()} {self.day:%d/%m/%Y}"

    @property
    def expected_leaf(self):
        """The hash that its text has."""
        return merkle.leaf(self.text.encode())

    @property
    def facts(self):
        """The text as a dictionary."""
        return json.loads(self.text)


class RegisterHead(models.Model):
    """The root over the first ``size`` entries, signed by the portal; at most one a day (real time)."""

    day = models.DateField("ngày", unique=True)
    size = models.PositiveIntegerField("số dòng")
    root = models.CharField("gốc (SHA-256)", max_length=64)
    text = models.TextField("nội dung được ký")
    key = models.ForeignKey(PortalKey, models.PROTECT, related_name="+")
    signature = models.CharField("chữ ký (base64)", max_length=88)

    class Meta:
        verbose_name = "dấu cuối của sổ giấy chứng nhận"
        verbose_name_plural = "dấu cuối của sổ giấy chứng nhận"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}: {self.size}"

    @property
    def published(self):
        """The head as everybody gets it: the signed text itself, its signature, the name of the key."""
        return {"head": self.text, "signature": self.signature, "key": self.key.code}
