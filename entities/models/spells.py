"""How a producer stood from day to day: one spell for each stretch of a status."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


class EntityStatus(models.TextChoices):
    """Where a producer stands in the programme."""

    CANDIDATE = "candidate", "Tiềm năng"
    PARTICIPATING = "participating", "Đang tham gia"
    PAUSED = "paused", "Tạm ngừng"
    LEFT = "left", "Đã rời chương trình"
    MERGED = "merged", "Đã gộp"


class SpellQuerySet(models.QuerySet):
    def on(self, day):
        """Spells that cover the day. One without a known start counts from the day on which it was seen."""
        begun = self.alias(first=Coalesce("since", "seen_on")).filter(first__lte=day)
        return begun.filter(Q(until__isnull=True) | Q(until__gt=day))

    def participating(self):
        """Spells of taking part."""
        return self.filter(status=EntityStatus.PARTICIPATING)

    def running(self):
        """Those that have not ended."""
        return self.filter(until__isnull=True)


class Spell(models.Model):
    """A producer had this status from ``since`` until the day before ``until``.

    ``since`` empty: nobody states when it began; then it counts from ``seen_on``, the day for which a source or an
    officer vouches, and never as a beginning: such a producer is not newly developed in any year.
    """

    entity = models.ForeignKey(
        "entities.Entity", models.CASCADE, related_name="spells", verbose_name="chủ thể"
    )
    status = models.CharField("tình trạng", max_length=14, choices=EntityStatus)
    since = models.DateField("từ ngày", null=True, blank=True)
    seen_on = models.DateField("được nêu vào ngày")
    until = models.DateField("ngày đổi", null=True, blank=True)
    note = models.CharField("căn cứ", max_length=300, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "giai đoạn tham gia"
        verbose_name_plural = "giai đoạn tham gia"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], condition=Q(until__isnull=True), name="spell_one_runs_at_a_time"
            ),
            models.CheckConstraint(
                name="spell_runs_forward",
                condition=Q(until__isnull=True) | Q(until__gte=Coalesce(F("since"), F("seen_on"))),
                violation_error_message="Ngày đổi tình trạng không được trước ngày bắt đầu tình trạng hiện tại.",
            ),
        ]

    def __str__(self):
        return f"{self.entity}: {self.get_status_display()}"

    @property
    def first(self):
        """The first day that counts."""
        return self.since or self.seen_on
