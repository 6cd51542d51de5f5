"""The trail: one entry for every change of a status and every official act. Append-only, kept so by the database."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now


class EntryQuerySet(models.QuerySet):
    def about(self, record):
        """The record's story, oldest first, with the people in it."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(subject_type=kind, subject_id=record.pk).select_related("by").order_by("pk")

    def since(self, moment, act):
        """Entries of that act from that moment on."""
        return self.filter(at__gte=moment, act=act)

    def as_timeline(self):
        """What pages draw: when, who (with the role of that day), what, why; newest first."""
        return [
            {"when": entry.at, "who": entry.who, "what": entry.act, "note": entry.note}
            for entry in self.order_by("-pk")
        ]


class Entry(models.Model):
    """One thing that happened: who (with the role of that day), when (database clock), from where to where, why."""

    at = models.DateTimeField("lúc", db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    role = models.CharField("vai trò khi đó", max_length=80, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    act = models.CharField("việc", max_length=80)
    old = models.CharField("từ", max_length=40, blank=True)
    new = models.CharField("thành", max_length=40, blank=True)
    note = models.TextField("ghi chú", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_subject")]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.act}"

    @property
    def who(self):
        """The person with the role of that day, or the portal itself."""
        if self.by is None:
            return "Hệ thống"
        return f"{self.by} ({self.role})" if self.role else str(self.by)
