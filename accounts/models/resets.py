"""Who has lost every second factor: asked for by one officer, confirmed by another."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.people import User

GOOD_FOR = dt.timedelta(hours=24)


class ResetStatus(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", "Chờ người thứ hai xác nhận"
    DONE = "done", "Đã gỡ phương thức xác nhận"
    DECLINED = "declined", "Không đồng ý"


class FactorResetQuerySet(models.QuerySet):
    def open(self):
        """Requests that can still be confirmed."""
        return self.filter(status=ResetStatus.ASKED, asked_at__gt=timezone.now() - GOOD_FOR)

    def for_list(self):
        """With the people in it, newest first."""
        return self.select_related("person", "asked_by", "decided_by").order_by("-pk")


class FactorReset(models.Model):
    """A request to take a lost second factor away. It dies after a day; real time, not the demonstration's."""

    MOVES = {ResetStatus.ASKED: {ResetStatus.DONE, ResetStatus.DECLINED}}
    PILLS = {ResetStatus.ASKED: "attention", ResetStatus.DONE: "good", ResetStatus.DECLINED: "danger"}

    person = models.ForeignKey(
        User, models.PROTECT, related_name="factor_resets", verbose_name="người mất thiết bị"
    )
    reason = models.CharField("đã xác minh người này bằng cách nào", max_length=300)
    status = models.CharField("trạng thái", max_length=10, choices=ResetStatus, default=ResetStatus.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đề nghị")
    asked_at = models.DateTimeField("đề nghị lúc", db_default=Now(), editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người quyết định"
    )

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị gỡ phương thức xác nhận"
        verbose_name_plural = "đề nghị gỡ phương thức xác nhận"
        constraints = [
            models.CheckConstraint(
                name="reset_needs_two_other_people",
                condition=~Q(asked_by=F("person"))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("person")))
                & (~Q(status="done") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")))),
                violation_error_message="Cần hai người khác nhau, không ai là chính chủ tài khoản.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="reset_one_open_per_person",
                condition=Q(status="asked"),
                violation_error_message="Người này đã có một đề nghị đang chờ.",
            ),
        ]

    def __str__(self):
        return f"Gỡ phương thức xác nhận của {self.person}"

    @property
    def ends_at(self):
        """After this moment nobody can confirm it."""
        return self.asked_at + GOOD_FOR

    @property
    def is_open(self):
        """Waits for the second person, in time."""
        return self.status == ResetStatus.ASKED and timezone.now() < self.ends_at
