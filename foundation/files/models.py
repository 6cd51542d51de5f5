"""A file on its way from a person's device to its readers, and packs of such files."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import LazyObject

from foundation.jobs.models import Job, JobState

MEGABYTE = 1024**2
MAX_BYTES = 50 * MEGABYTE
DIGEST = {"max_length": 64, "blank": True}
IS_NFC = "%(expressions)s IS NFC NORMALIZED"


class QuarantineStorage(LazyObject):
    """The storage that settings call "quarantine", as ``default_storage`` is the one they call "default"."""

    def _setup(self):
        self._wrapped = storages["quarantine"]


quarantine_storage = QuarantineStorage()


def quarantine():
    """Where bytes lie that nobody has judged, and originals whose redrawn copy people see."""
    return quarantine_storage


class UploadStatus(models.TextChoices):
    """How far a file has come."""

    RECEIVING = "receiving", "Đang nhận"
    RECEIVED = "received", "Đã nhận, chờ kiểm tra"
    CHECKING = "checking", "Đang kiểm tra"
    RELEASED = "released", "Dùng được"
    REFUSED = "refused", "Bị từ chối"


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this person sends; readers come through the record that the file belongs to."""
        return self.filter(owner=user)

    def about(self, purpose, subject):
        """Files sent for one record."""
        return self.filter(purpose=purpose, subject=subject)

    def unfinished(self):
        """Still being received."""
        return self.filter(status=UploadStatus.RECEIVING)

    def unchecked(self):
        """Received, and neither released nor refused; the job that looked at them has ended."""
        waiting = self.filter(status__in=[UploadStatus.RECEIVED, UploadStatus.CHECKING])
        return waiting.filter(job__state__in=[JobState.DONE, JobState.FAILED]).select_related("job")


class Upload(models.Model):
    """One file. ``purpose`` and ``subject`` say for which record (``purposes``); times are real time."""

    Status = UploadStatus
    MOVES = {
        UploadStatus.RECEIVING: {UploadStatus.RECEIVED},
        UploadStatus.RECEIVED: {UploadStatus.CHECKING},
        UploadStatus.CHECKING: {UploadStatus.RELEASED, UploadStatus.REFUSED},
    }
    PILLS = {
        UploadStatus.RECEIVING: "neutral",
        UploadStatus.RECEIVED: "info",
        UploadStatus.CHECKING: "info",
        UploadStatus.RELEASED: "good",
        UploadStatus.REFUSED: "danger",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="người gửi"
    )
    key = models.UUIDField("khóa của thiết bị", default=uuid.uuid4, help_text="gửi lại cùng khóa là cùng tệp")
    purpose = models.CharField("dùng cho", max_length=30)
    subject = models.CharField("bản ghi", max_length=60)
    name = models.CharField("tên tệp", max_length=150)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    declared_sha256 = models.CharField("mã băm thiết bị báo", **DIGEST)
    received = models.PositiveBigIntegerField("đã nhận (byte)", default=0)
    status = models.CharField(
        "trạng thái", max_length=10, choices=UploadStatus, default=UploadStatus.RECEIVING
    )
    reason = models.CharField("lý do từ chối", max_length=300, blank=True)
    kind = models.CharField("loại tệp", max_length=10, blank=True)
    original_sha256 = models.CharField("mã băm bản gốc", **DIGEST)
    original = models.FileField("bản gốc", storage=quarantine, max_length=120, blank=True)
    file = models.FileField("bản dùng", max_length=120, blank=True)
    file_sha256 = models.CharField("mã băm bản dùng", **DIGEST)
    file_size = models.PositiveBigIntegerField("cỡ bản dùng (byte)", default=0)
    content_type = models.CharField(max_length=100, blank=True)
    pages = models.PositiveIntegerField("số trang", default=0)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("bắt đầu", db_default=Now(), editable=False)
    touched_at = models.DateTimeField("nhận phần cuối lúc", db_default=Now())

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp tải lên"
        verbose_name_plural = "tệp tải lên"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["purpose", "subject"], name="upload_subject"),
            models.Index(fields=["owner", "created_at"], name="upload_owner_day"),
            models.Index(
                fields=["status", "touched_at"],
                name="upload_open",
                condition=~Q(status=UploadStatus.RELEASED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="upload_key_once"),
            models.CheckConstraint(
                name="upload_size_in_bounds", condition=Q(size__gte=1) & Q(size__lte=MAX_BYTES)
            ),
            models.CheckConstraint(name="upload_not_more_than_said", condition=Q(received__lte=F("size"))),
            models.CheckConstraint(
                name="upload_whole_has_a_digest",
                condition=Q(status=UploadStatus.RECEIVING) | (Q(received=F("size")) & ~Q(original_sha256="")),
            ),
            models.CheckConstraint(
                name="upload_released_has_a_file",
                condition=~Q(status=UploadStatus.RELEASED)
                | (~Q(file="") & ~Q(file_sha256="") & Q(file_size__gte=1)),
            ),
            models.CheckConstraint(
                name="upload_refused_has_a_reason",
                condition=~Q(status=UploadStatus.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="upload_name_is_nfc",
                condition=Q(Func(F("name"), template=IS_NFC, output_field=models.BooleanField())),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("files:upload", args=[self.code])

    @property
    def folder(self):
        """Where everything of this file lies, in either storage."""
        return f"uploads/{self.code.hex}"

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")

    @property
    def is_released(self):
        return self.status == UploadStatus.RELEASED

    @property
    def percent(self):
        """How much of it has arrived."""
        return self.received * 100 // self.size

    @property
    def download_name(self):
        """The name people gave it, with the ending of what is inside."""
        stem = self.name.rpartition(".")[0] or self.name
        return f"{stem}.{self.file.name.rpartition('.')[2]}"

    def stored(self):
        """(storage, name) of every file that belongs to it."""
        rows = [*self.pieces.all(), *self.images.all()]
        fields = [self.original, self.file, *(row.file for row in rows)]
        return [(field.storage, field.name) for field in fields if field]


class Piece(models.Model):
    """Some bytes of a file that is still being received or was not judged yet."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    start = models.PositiveBigIntegerField("từ byte")
    size = models.PositiveIntegerField("cỡ (byte)")
    file = models.FileField("tệp", storage=quarantine, max_length=120)

    class Meta:
        verbose_name = "phần của tệp"
        verbose_name_plural = "phần của tệp"
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="piece_once")]

    def __str__(self):
        return f"{self.upload_id} +{self.start}"


class PagePicture(models.Model):
    """A page as its readers see it; sizes are 0 where it was drawn before they were kept."""

    number = models.PositiveIntegerField("trang")
    width = models.PositiveSmallIntegerField("rộng (điểm ảnh)", default=0)
    height = models.PositiveSmallIntegerField("cao (điểm ảnh)", default=0)
    file = models.FileField("ảnh", max_length=120)

    class Meta:
        abstract = True


class PageImage(PagePicture):
    """A page of an upload; it goes when the upload goes."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="images")

    class Meta:
        verbose_name = "ảnh trang"
        verbose_name_plural = "ảnh trang"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="page_image_once")]

    def __str__(self):
        return f"{self.upload_id} {self.number}"


class Drawing(models.Model):
    """A PDF whose pages were drawn, known by its bytes: the same bytes are drawn once, however often they are sent.

    For files that are kept for good (what was handed in); ``trouble`` says why not every page could be drawn.
    """

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    total = models.PositiveIntegerField("số trang", default=0)
    trouble = models.CharField("vì sao không vẽ được hết", max_length=300, blank=True)
    drawn_at = models.DateTimeField("vẽ lúc", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "bản vẽ trang"
        verbose_name_plural = "bản vẽ trang"
        ordering = ["pk"]

    def __str__(self):
        return self.sha256[:12]

    @property
    def folder(self):
        """Where its pages lie."""
        return f"drawings/{self.sha256[:2]}/{self.sha256}"


class DrawnPage(PagePicture):
    """A page of a drawing."""

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="pages")

    class Meta:
        verbose_name = "trang đã vẽ"
        verbose_name_plural = "trang đã vẽ"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["drawing", "number"], name="drawn_page_once")]

    def __str__(self):
        return f"{self.drawing_id} {self.number}"


class BundleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Packs that this person asked for."""
        return self.filter(by=user)


class Bundle(models.Model):
    """A ZIP of a record's files with index and checksums, made by a job for one person."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    provider = models.CharField("gồm", max_length=30)
    subject = models.CharField("bản ghi", max_length=60)
    name = models.CharField("tên tệp", max_length=150)
    file = models.FileField("tệp", max_length=120)
    sha256 = models.CharField("mã băm", max_length=64)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    entries = models.PositiveIntegerField("số tệp")
    made_at = models.DateTimeField("lập lúc", db_default=Now(), editable=False)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = "gói tệp"
        verbose_name_plural = "gói tệp"
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("files:bundle", args=[self.code])
