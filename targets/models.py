"""The plan of a year, its targets, sourced opening balances, and frozen progress reports."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from foundation.areas.models import Area
from foundation.jobs.models import Job
from foundation.sources.models import Source


class Indicator(models.TextChoices):
    """What a target measures."""

    NEW_PRODUCTS = "new_products", "Sản phẩm mới đạt từ 3 sao"
    TOTAL_PRODUCTS = "total_products", "Tổng số sản phẩm từ 3 sao"
    KEPT_PRODUCTS_PCT = "kept_products_pct", "Sản phẩm đã công nhận được duy trì, củng cố, nâng hạng"
    ENTITIES = "entities", "Tổ chức kinh tế phát triển mới và củng cố"
    MODERN_CHANNELS_PCT = "modern_channels_pct", "Chủ thể tham gia kênh bán hàng hiện đại"
    NEW_VILLAGES = "new_villages", "Làng nghề mới có sản phẩm từ 3 sao"
    TOTAL_VILLAGES = "total_villages", "Tổng số làng nghề có sản phẩm từ 3 sao"

    @property
    def slug(self):
        """The word for it in addresses."""
        return INDICATOR_SLUGS[self.value]


INDICATOR_SLUGS = {
    "new_products": "san-pham-moi",
    "total_products": "tong-san-pham",
    "kept_products_pct": "duy-tri",
    "entities": "chu-the",
    "modern_channels_pct": "kenh-hien-dai",
    "new_villages": "lang-nghe-moi",
    "total_villages": "tong-lang-nghe",
}


class Unit(models.TextChoices):
    """What a figure counts."""

    PRODUCTS = "products", "sản phẩm"
    ENTITIES = "entities", "chủ thể"  # newly developed or strengthened in the year of the figure's day
    MAKERS = "makers", "chủ thể đang tham gia"
    MODERN = "modern", "chủ thể trong kênh hiện đại"
    VILLAGES = "villages", "làng nghề"
    PERCENT = "percent", "%"


class YearPlanQuerySet(models.QuerySet):
    def latest_on(self, day):
        """Plans of that day's year and before, the latest first."""
        return self.filter(year__lte=day.year).order_by("-year")


class YearPlan(models.Model):
    """The province's plan of a year. The number is empty where no source states it."""

    year = models.PositiveSmallIntegerField("năm", unique=True)
    number = models.CharField("số kế hoạch", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    note = models.TextField("ghi chú", blank=True)
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
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "indicator", "area"], name="target_once"),
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


class ProgressReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and managers whose unit contains or took over the report's, and whoever asked for it."""
        above = Area.objects.read_by(user.areas_as(*OFFICERS, Role.MANAGER))
        return self.filter(Q(area__in=above) | Q(by=user))

    def for_list(self):
        return self.select_related(
            "plan__area__parent__parent", "area__parent__parent", "by", "job"
        ).order_by("-created_at", "-pk")


class ProgressReport(models.Model):
    """A report with its figures frozen: opened a year later it says the same. Times are real time.

    Its files lie under the random code of its job, written by foundation.jobs.files.keep_file.
    """

    code = models.SlugField("mã", max_length=40, unique=True)
    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="reports", verbose_name="kế hoạch")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    as_of = models.DateField("số liệu đến ngày")
    period = models.CharField("kỳ báo cáo", max_length=40, blank=True, help_text="trống: lập theo yêu cầu")
    figures = models.JSONField("số liệu")
    digest = models.CharField("mã băm số liệu", max_length=64)
    pdf = models.FileField("tệp PDF", upload_to="reports", max_length=200)
    xlsx = models.FileField("tệp XLSX", upload_to="reports", max_length=200)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    job = models.OneToOneField(Job, models.PROTECT, related_name="report")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tiến độ"
        verbose_name_plural = "báo cáo tiến độ"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "area", "period"], condition=~Q(period=""), name="report_once_per_period"
            ),
        ]

    def __str__(self):
        return f"Báo cáo tiến độ {self.plan.year} đến ngày {self.as_of:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("targets:report", args=[self.code])
