"""What the nights keep: figures frozen at the end of a day, and the charts drawn from them."""

from django.db import models
from django.db.models.functions import Now

from foundation.areas.models import Area


class Snapshot(models.Model):
    """The figures of a plan as the records gave them when a day had ended. Written once, never changed."""

    plan = models.ForeignKey(
        "targets.YearPlan", models.PROTECT, related_name="snapshots", verbose_name="kế hoạch"
    )
    day = models.DateField("số liệu đến hết ngày")
    taken_at = models.DateTimeField("chụp lúc", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "bản chụp số liệu"
        verbose_name_plural = "bản chụp số liệu"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["plan", "day"], name="snapshot_once_a_day")]

    def __str__(self):
        return f"{self.plan}, đến hết ngày {self.day:%d/%m/%Y}"


class SnapshotFigureQuerySet(models.QuerySet):
    def course_of(self, plan, indicator, area, until):
        """The figures that the nights have kept for an indicator in a unit up to a day, the newest first."""
        return (
            self.filter(snapshot__plan=plan, indicator=indicator, area=area, snapshot__day__lte=until)
            .select_related("snapshot")
            .order_by("-snapshot__day")
        )


class SnapshotFigure(models.Model):
    """One figure of a night: an indicator in a unit. ``low`` and ``high`` are empty while it was unknown."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="figures")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="địa bàn")
    indicator = models.CharField("chỉ số", max_length=30)
    low = models.DecimalField("từ", max_digits=12, decimal_places=2, null=True)
    high = models.DecimalField("đến", max_digits=12, decimal_places=2, null=True)
    text = models.CharField("số liệu", max_length=60)
    word = models.CharField("đánh giá", max_length=40, blank=True)

    objects = SnapshotFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu của bản chụp"
        verbose_name_plural = "số liệu của bản chụp"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "area", "indicator"], name="snapshot_figure_once")
        ]

    def __str__(self):
        return f"{self.indicator}: {self.text}"


class DrawingQuerySet(models.QuerySet):
    def newest(self, subjects):
        """The newest drawing of each subject."""
        rows = self.filter(subject__in=subjects).order_by("subject", "-made_at", "-pk")
        return rows.distinct("subject")


class Drawing(models.Model):
    """A chart as SVG, recognised by its specification: the same rows are drawn once.

    ``subject`` says what the chart is of (plan, unit, chart), so that an older one can stand in, with its time.
    """

    digest = models.CharField("mã băm bản mô tả", max_length=64, unique=True)
    subject = models.CharField("biểu đồ của", max_length=80)
    svg = models.TextField("hình")
    made_at = models.DateTimeField("vẽ lúc", db_default=Now(), editable=False)

    objects = DrawingQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu đồ"
        verbose_name_plural = "biểu đồ"
        indexes = [models.Index(fields=["subject", "-made_at"], name="drawing_newest")]

    def __str__(self):
        return self.subject


class MapOutline(models.Model):
    """The shapes of the units on the map of the dashboard; the newest row is in force, the first is a file."""

    geojson = models.JSONField("ranh giới")
    source = models.CharField("nguồn", max_length=300)
    loaded_at = models.DateTimeField("nạp lúc", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "ranh giới trên bản đồ"
        verbose_name_plural = "ranh giới trên bản đồ"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.source}, {self.loaded_at:%d/%m/%Y}"
