"""The plan of a year, its targets, sourced opening balances, remarks on sources."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundation.areas.models import Area
from foundation.sources.models import Source
from targets.models.indicators import Indicator, Unit


def plan_path(plan, name):
    """A random name of ours: the number of a plan gives no address away."""
    return f"plans/{uuid.uuid4().hex}.pdf"


class YearPlanQuerySet(models.QuerySet):
    def latest_on(self, day):
        """Plans of that day's year and before, the latest first."""
        return self.filter(year__lte=day.year).order_by("-year")

    def latest_on_or_before(self, year):
        """The plan of that year or the latest before it, else the first there is; None without any."""
        return self.filter(year__lte=year).order_by("-year").first() or self.order_by("year").first()


class YearPlan(models.Model):
    """The province's plan of a year. The number is empty where no source states it.

    ``definitions`` are the plan's own words and choices for its shares, by indicator: what counts, of what, at which
    day (targets/indicators/kept.py reads them; pages show them beside the figure).
    """

    year = models.PositiveSmallIntegerField("năm", unique=True)
    number = models.CharField("số kế hoạch", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    note = models.TextField("ghi chú", blank=True)
    definitions = models.JSONField("định nghĩa", default=dict, blank=True)
    file = models.FileField("tệp văn bản", upload_to=plan_path, max_length=120, blank=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="sao chép từ"
    )
    sources = models.ManyToManyField(Source, blank=True)

    objects = YearPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch năm"
        verbose_name_plural = "kế hoạch năm"
        ordering = ["-year"]

    def __str__(self):
        return f"Kế hoạch OCOP năm {self.year}"

    def get_absolute_url(self):
        return reverse("targets:plan", args=[self.year])


class Target(models.Model):
    """A range that the plan sets for an indicator. ``high`` empty: at least ``low``."""

    plan = models.ForeignKey(YearPlan, models.CASCADE, related_name="targets")
    indicator = models.CharField("chỉ số", max_length=30, choices=Indicator)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    low = models.DecimalField("từ", max_digits=9, decimal_places=2)
    high = models.DecimalField("đến", max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=10, choices=Unit)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator", "area"],
                name="target_once",
                violation_error_message="Chỉ tiêu này của địa bàn đã có trong kế hoạch.",
            ),
            models.CheckConstraint(
                name="target_not_below_zero",
                condition=Q(low__gte=0),
                violation_error_message="Chỉ tiêu không được âm.",
            ),
            models.CheckConstraint(
                name="target_share_at_most_a_hundred",
                condition=~Q(unit=Unit.PERCENT)
                | (Q(low__lte=100) & (Q(high__isnull=True) | Q(high__lte=100))),
                violation_error_message="Tỷ lệ không được vượt quá 100%.",
            ),
            models.CheckConstraint(
                name="target_range_runs_upward",
                condition=Q(high__isnull=True) | Q(high__gte=F("low")),
                violation_error_message="Mức cao nhất phải lớn hơn hoặc bằng mức thấp nhất.",
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.get_indicator_display()}"


class OpeningBalanceQuerySet(models.QuerySet):
    def latest_on(self, day):
        """Balances not after the day, the latest first."""
        return self.filter(day__lte=day).order_by("-day", "-pk")


class OpeningBalance(models.Model):
    """A sourced figure for what is not keyed in: on that day, in that unit, so many (a value or a range).

    ``stars`` empty: of all stars from 3 up. The figure on day D is the latest balance not after D, plus what began
    after the balance's day, minus what ended after it; earlier facts are inside the balance and are not added again.
    """

    unit = models.CharField("đếm gì", max_length=10, choices=Unit)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    day = models.DateField("ngày")
    stars = models.PositiveSmallIntegerField("hạng sao", null=True, blank=True)
    low = models.PositiveIntegerField("từ")
    high = models.PositiveIntegerField("đến")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="nguồn")

    objects = OpeningBalanceQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đầu kỳ"
        verbose_name_plural = "số liệu đầu kỳ"
        ordering = ["day", "area__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "area", "day", "stars"], name="balance_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="balance_range_runs_upward", condition=Q(high__gte=F("low"))),
        ]

    def __str__(self):
        return f"{self.area} {self.day:%d/%m/%Y}: {self.low}–{self.high}"


class RemarkKind(models.TextChoices):
    """Why a figure of a source is only told."""

    CONFLICT = "conflict", "Nguồn nêu khác nhau"
    UNDATED = "undated", "Số liệu không rõ ngày"


class RemarkQuerySet(models.QuerySet):
    def for_page(self):
        """In the order of the file, with their sources."""
        return self.prefetch_related("sources").order_by("kind", "position")


class Remark(models.Model):
    """A figure of a source that is told and not counted: it has no day, or another source contradicts it."""

    code = models.SlugField("mã", max_length=40, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    kind = models.CharField("loại", max_length=10, choices=RemarkKind)
    text = models.TextField("nội dung")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    sources = models.ManyToManyField(Source, verbose_name="nguồn")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi chú về nguồn"
        verbose_name_plural = "ghi chú về nguồn"

    def __str__(self):
        return self.text
