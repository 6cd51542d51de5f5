"""The record of work behind the pages. Celery only rings the bell; what counts stands in this table."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Xong"
    FAILED = "failed", "Không thành"


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Jobs that this person asked for."""
        return self.filter(by=user)

    def waiting(self):
        """Jobs that nobody works on: queued, or their worker's lease has run out (database clock)."""
        return self.filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now()))

    def doing(self, work):
        """Jobs of one kind of work, by its registered name."""
        return self.filter(work=work)

    def recent(self):
        """Newest first."""
        return self.order_by("-created_at", "-pk")


class Job(models.Model):
    """One piece of work: what, for whom, how far, by which lease, how often tried. Times are real time."""

    MAX_ATTEMPTS = 3
    PILLS = {
        JobState.QUEUED: "info",
        JobState.RUNNING: "info",
        JobState.DONE: "good",
        JobState.FAILED: "danger",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    work = models.CharField("việc", max_length=100, help_text="tên đã đăng ký của hàm thực hiện")
    title = models.CharField("tên việc", max_length=200)
    arguments = models.JSONField("tham số", default=dict, blank=True)
    effect_key = models.CharField(
        "khóa kết quả",
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text="mỗi khóa chỉ có một việc",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name="người yêu cầu",
    )
    state = models.CharField("trạng thái", max_length=10, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField("phần trăm", default=0)
    message = models.CharField("đang làm", max_length=300, blank=True)
    result_url = models.CharField("kết quả", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    lease = models.UUIDField("lượt giữ", null=True, blank=True)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    created_at = models.DateTimeField("tạo lúc", db_default=Now(), editable=False)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        indexes = [
            models.Index(
                fields=["created_at"],
                name="job_open",
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="job_progress_is_a_percentage",
                condition=Q(progress__lte=100) & Q(progress__gte=0),
            ),
            models.CheckConstraint(
                name="job_running_has_a_lease",
                condition=~Q(state=JobState.RUNNING)
                | (Q(lease__isnull=False) & Q(lease_until__isnull=False)),
            ),
            models.CheckConstraint(name="job_tries_are_capped", condition=Q(attempts__lte=3)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:job", args=[self.code])

    @property
    def is_open(self):
        """Not finished yet, for better or worse."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}


class Pulse(models.Model):
    """The last sign of life of worker and beat, one row each."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "nhịp sống"
        verbose_name_plural = "nhịp sống"

    def __str__(self):
        return f"{self.name} {self.at}"
