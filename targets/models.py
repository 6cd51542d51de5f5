"""The plan of a year, its targets, sourced opening balances, and frozen progress reports."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from foundation.areas.models import Area, AreaKind
from foundation.jobs.models import Job
from foundation.sources.models import Source
from targets import periods, timetable


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


# Who leads the programme of a unit, works on its report and is told of it.
REPORT_OWNERS = {
    AreaKind.PROVINCE.value: (Role.MANAGER, Role.PROVINCE_OFFICER),
    AreaKind.DISTRICT.value: (Role.DISTRICT_OFFICER,),
}


class ReportStatus(models.TextChoices):
    """Where a report stands: its words may change until it is signed; a district then sends it up."""

    DRAFT = "draft", "Dự thảo"
    SIGNED = "signed", "Đã ký"
    SENT = "sent", "Đã gửi lên"


class ProgressReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and managers whose unit contains or took over the report's, and whoever asked for it."""
        above = Area.objects.read_by(user.areas_as(*OFFICERS, Role.MANAGER))
        return self.filter(Q(area__in=above) | Q(by=user))

    def for_list(self):
        return self.select_related(
            "plan__area__parent__parent", "area__parent__parent", "by", "job"
        ).order_by("-created_at", "-pk")

    def of_period(self, plan, area, slug):
        """The one report of a unit on a period."""
        return self.filter(plan=plan, area=area, period=slug)


class ProgressReport(models.Model):
    """A report with its figures frozen: opened a year later it says the same. Times are real time.

    Its files lie under the random code of its job, written by foundation.jobs.files.keep_file; ``checksums`` holds the
    SHA-256 of each by its kind, and a kind that failed is not there. ``author`` and ``written_at`` are what the papers
    say, so that they can be set again to the very same bytes. ``edition`` counts the changes of words, number and
    annex, ``set_edition`` is the one that the files show.
    """

    Status = ReportStatus
    MOVES = {ReportStatus.DRAFT: {ReportStatus.SIGNED}, ReportStatus.SIGNED: {ReportStatus.SENT}}
    PILLS = {ReportStatus.DRAFT: "neutral", ReportStatus.SIGNED: "info", ReportStatus.SENT: "good"}

    code = models.SlugField("mã", max_length=40, unique=True)
    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="reports", verbose_name="kế hoạch")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    as_of = models.DateField("số liệu đến ngày")
    period = models.CharField("kỳ báo cáo", max_length=40, blank=True, help_text="trống: lập theo yêu cầu")
    status = models.CharField("trạng thái", max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT)
    figures = models.JSONField("số liệu")
    digest = models.CharField("mã băm số liệu", max_length=64)
    texts = models.JSONField("lời văn", default=list, blank=True)
    annex = models.JSONField("báo cáo của cấp dưới", default=list, blank=True)
    edition = models.PositiveSmallIntegerField("bản", default=1)
    set_edition = models.PositiveSmallIntegerField("bản đã in", default=1)
    number = models.CharField("số, ký hiệu", max_length=40, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_role = models.CharField("chức vụ người ký", max_length=120, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    author = models.CharField("người lập", max_length=200, blank=True)
    written_at = models.DateTimeField("đọc số liệu lúc", null=True, blank=True)
    code_version = models.CharField("phiên bản chương trình", max_length=20, blank=True)
    checksums = models.JSONField("mã băm tệp", default=dict, blank=True)
    failures = models.JSONField("phần chưa lập được", default=list, blank=True)
    pdf = models.FileField("tệp PDF", upload_to="reports", max_length=200, blank=True)
    docx = models.FileField("tệp Word", upload_to="reports", max_length=200, blank=True)
    xlsx = models.FileField("tệp XLSX", upload_to="reports", max_length=200, blank=True)
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
            models.CheckConstraint(
                name="report_signed_has_number_day_and_signer",
                condition=Q(status=ReportStatus.DRAFT)
                | (Q(signed_on__isnull=False) & ~Q(number="") & ~Q(signer="")),
            ),
            models.CheckConstraint(
                name="report_sent_has_its_time",
                condition=~Q(status=ReportStatus.SENT) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self):
        about = self.period_label or f"năm {self.plan.year} đến ngày {self.as_of:%d/%m/%Y}"
        return f"Báo cáo tiến độ {about}, {self.area}"

    def get_absolute_url(self):
        return reverse("targets:report", args=[self.code])

    @property
    def period_label(self):
        """quý III năm 2024; empty for a report on demand."""
        found = periods.parse(self.period)
        return found.label if found else ""

    @property
    def due_on(self):
        """By when a district sends the report of a period up; None for a report on demand."""
        found = periods.parse(self.period)
        return timetable.due_on(found) if found else None

    @property
    def is_set(self):
        """Whether the files show the latest words."""
        return self.set_edition == self.edition


class ReportRun(models.Model):
    """A report run again: the same day asked once more, with what the data, the words and the code give now.

    ``changes`` is empty when every file came out byte for byte the same; else it names what differs. The report itself
    is left as it was; the figures of this run are kept here as a further version.
    """

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="runs", verbose_name="báo cáo")
    job = models.OneToOneField(Job, models.PROTECT, related_name="report_run")
    figures = models.JSONField("số liệu")
    digest = models.CharField("mã băm số liệu", max_length=64)
    checksums = models.JSONField("mã băm tệp", default=dict, blank=True)
    code_version = models.CharField("phiên bản chương trình", max_length=20)
    changes = models.JSONField("điểm khác", default=list, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần chạy lại báo cáo"
        verbose_name_plural = "lần chạy lại báo cáo"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.report}: {'giống hệt' if self.is_same else 'có khác'}"

    def get_absolute_url(self):
        return self.report.get_absolute_url()

    @property
    def is_same(self):
        """Whether nothing differs."""
        return not self.changes
