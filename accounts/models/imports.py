"""An import: the workbook that a person sent, what each of its rows would do, and what it did."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.people import User
from foundation import clock
from foundation.jobs.models import Job


class ImportStatus(models.TextChoices):
    """Where an import stands."""

    READING = "reading", "Đang đọc tệp"
    MAPPING = "mapping", "Chờ chọn cột"
    CHECKING = "checking", "Đang kiểm tra"
    READY = "ready", "Chờ xác nhận"
    STORING = "storing", "Đang ghi"
    DONE = "done", "Đã ghi"
    REFUSED = "refused", "Tệp bị từ chối"
    DROPPED = "dropped", "Đã bỏ"


class Fate(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", "Thêm mới"
    CHANGE = "change", "Thay đổi"
    SAME = "same", "Không đổi"
    ERROR = "error", "Lỗi"


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own imports."""
        return self.filter(by=user)

    def for_list(self):
        return self.select_related("job").order_by("-pk")

    def past(self, moment):
        """Imports whose file and rows are no longer needed."""
        return self.filter(cleared_at=None, created_at__lt=moment).exclude(
            status__in=[ImportStatus.READING, ImportStatus.CHECKING, ImportStatus.STORING]
        )


class ImportRun(models.Model):
    """One workbook on its way into the portal. ``heads`` are the heads found, ``mapping`` key of column → position."""

    Status = ImportStatus
    MOVES = {
        ImportStatus.READING: {ImportStatus.MAPPING, ImportStatus.REFUSED},
        ImportStatus.MAPPING: {ImportStatus.CHECKING, ImportStatus.DROPPED},
        ImportStatus.CHECKING: {ImportStatus.READY},
        ImportStatus.READY: {ImportStatus.CHECKING, ImportStatus.STORING, ImportStatus.DROPPED},
        ImportStatus.STORING: {ImportStatus.DONE},
    }
    PILLS = {
        ImportStatus.READING: "info",
        ImportStatus.MAPPING: "attention",
        ImportStatus.CHECKING: "info",
        ImportStatus.READY: "attention",
        ImportStatus.STORING: "info",
        ImportStatus.DONE: "good",
        ImportStatus.REFUSED: "danger",
        ImportStatus.DROPPED: "neutral",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    importer = models.SlugField("loại dữ liệu", max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="imports", verbose_name="người nhập")
    status = models.CharField("trạng thái", max_length=10, choices=ImportStatus, default=ImportStatus.READING)
    file = models.FileField("tệp", max_length=200, blank=True)
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    heads = models.JSONField("tên cột trong tệp", default=list, blank=True)
    first_row = models.PositiveIntegerField("dòng đầu của dữ liệu", default=2)
    mapping = models.JSONField("cột đã chọn", default=dict, blank=True)
    total = models.PositiveIntegerField("số dòng", default=0)
    counts = models.JSONField("số dòng theo kết quả", default=dict, blank=True)
    refusal = models.CharField("lý do từ chối", max_length=300, blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="việc chạy nền"
    )
    created_at = models.DateTimeField("tải lên lúc", default=clock.now)
    done_at = models.DateTimeField("ghi xong lúc", null=True, blank=True)
    cleared_at = models.DateTimeField("xóa tệp lúc", null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập dữ liệu"
        verbose_name_plural = "lần nhập dữ liệu"
        indexes = [models.Index(fields=["by", "-id"], name="import_of_person")]
        constraints = [
            models.CheckConstraint(
                name="import_done_has_a_time",
                condition=Q(status=ImportStatus.DONE, done_at__isnull=False)
                | ~Q(status=ImportStatus.DONE) & Q(done_at__isnull=True),
                violation_error_message="Lần nhập đã ghi phải có thời điểm ghi.",
            ),
            models.CheckConstraint(
                name="import_refused_has_a_reason",
                condition=~Q(status=ImportStatus.REFUSED) | ~Q(refusal=""),
                violation_error_message="Hãy nêu lý do từ chối.",
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("accounts:import_run", args=[self.code])

    @property
    def figures(self):
        """Each fate with its number of rows, in the order of the fates."""
        return [(label, self.counts.get(fate, 0), fate) for fate, label in Fate.choices]

    @property
    def to_write(self):
        """How many rows would add or change something."""
        return self.counts.get(Fate.NEW, 0) + self.counts.get(Fate.CHANGE, 0)

    @property
    def wrong(self):
        """How many rows stay outside."""
        return self.counts.get(Fate.ERROR, 0)

    @property
    def is_stuck(self):
        """Its job was given up; somebody may let it run again."""
        working = self.status in {ImportStatus.READING, ImportStatus.CHECKING, ImportStatus.STORING}
        return working and self.job is not None and self.job.state == "failed"


class ImportRowQuerySet(models.QuerySet):
    def of(self, run):
        """The rows of one import, in the order of the sheet."""
        return self.filter(run=run).order_by("number")

    def wrong(self):
        """Rows that stay outside."""
        return self.filter(fate=Fate.ERROR)


class ImportRow(models.Model):
    """One row of the workbook: what becomes of it, and why."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("dòng")
    fate = models.CharField("kết quả", max_length=6, choices=Fate)
    title = models.CharField("nội dung", max_length=300, blank=True)
    reason = models.TextField("lý do", blank=True)
    changes = models.JSONField("thay đổi", default=list, blank=True)
    cells = models.JSONField("các ô", default=list, blank=True)

    objects = ImportRowQuerySet.as_manager()

    PILLS = {Fate.NEW: "good", Fate.CHANGE: "info", Fate.SAME: "neutral", Fate.ERROR: "danger"}

    class Meta:
        verbose_name = "dòng được nhập"
        verbose_name_plural = "dòng được nhập"
        indexes = [models.Index(fields=["run", "fate", "number"], name="import_row_by_fate")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="import_row_wrong_has_a_reason",
                condition=~Q(fate=Fate.ERROR) | ~Q(reason=""),
                violation_error_message="Dòng lỗi phải có lý do.",
            ),
        ]

    def __str__(self):
        return f"Dòng {self.number}: {self.title}"


class ImportMapping(models.Model):
    """Which head a person chose for each column last time: key of column → head."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="người dùng")
    importer = models.SlugField("loại dữ liệu", max_length=40)
    heads = models.JSONField("cột đã chọn", default=dict)

    class Meta:
        verbose_name = "cách ghép cột"
        verbose_name_plural = "cách ghép cột"
        constraints = [models.UniqueConstraint(fields=["person", "importer"], name="import_mapping_once")]

    def __str__(self):
        return f"{self.person}: {self.importer}"
