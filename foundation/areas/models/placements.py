"""To which unit an officer assigned one record of a unit that is no more."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from foundation.areas.models.units import Area


class PlacementQuerySet(models.QuerySet):
    def of(self, model):
        """Placements of records of that kind."""
        meta = model._meta
        return self.filter(subject_type__app_label=meta.app_label, subject_type__model=meta.model_name)

    def about(self, record):
        """Placements of one record, the deciding one first."""
        return self.of(type(record)).filter(subject_id=record.pk).order_by("-since", "-pk")

    def in_force(self, day):
        """The one placement of each record that decides on that day: the latest day, then the latest written."""
        begun = self.filter(since__lte=day).order_by("subject_type", "subject_id", "-since", "-pk")
        return self.filter(pk__in=begun.distinct("subject_type", "subject_id").values("pk"))


class Placement(models.Model):
    """An officer's decision to which unit one record belongs from a day of change on, with reason and source.

    Rows are only added: a later one supersedes. The record's own unit is never overwritten.
    """

    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    left = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="đơn vị cũ")
    unit = models.ForeignKey(Area, models.PROTECT, related_name="placements", verbose_name="đơn vị")
    since = models.DateField("từ ngày")
    reason = models.CharField("lý do", max_length=500)
    source = models.CharField("nguồn", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác định"
    )
    at = models.DateTimeField("lúc", db_default=Now(), editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "xác định đơn vị"
        verbose_name_plural = "xác định đơn vị"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="placement_subject")]
        constraints = [
            models.CheckConstraint(
                name="placement_says_why",
                condition=~Q(reason="") & ~Q(source=""),
                violation_error_message="Hãy ghi lý do và nguồn.",
            ),
        ]

    def __str__(self):
        return f"{self.subject_type} {self.subject_id} → {self.unit}"
