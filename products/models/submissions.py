"""What was handed in, as it was handed in: frozen, numbered, recognised by its hash."""

import json

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from products.models.dossiers import Dossier


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the dossiers that this person may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def names_file(self, product, stored):
        """Submissions of this product's dossiers that name a stored file: it must stay."""
        return self.filter(dossier__product=product, content__contains=f'"{stored}"')


class Submission(models.Model):
    """One handing-in of a dossier. ``content`` is canonical JSON (products/freezing.py), ``sha256`` that of its bytes.

    Append-only in the database (migration), which also holds the hash against the content. The council reads this, and
    nothing that is written later.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="submissions", verbose_name="hồ sơ")
    number = models.PositiveSmallIntegerField("lần nộp", validators=[MinValueValidator(1)])
    content = models.TextField("nội dung đã nộp")
    sha256 = models.CharField("mã băm", max_length=64)
    at = models.DateTimeField("nộp lúc")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người nộp")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản nộp"
        verbose_name_plural = "bản nộp"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="submission_number_once"),
            models.CheckConstraint(name="submission_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.dossier_id} lần {self.number}"

    def get_absolute_url(self):
        return reverse("products:frozen", args=[self.dossier.code, self.number])

    @property
    def facts(self):
        """The content as it was written."""
        return json.loads(self.content)
