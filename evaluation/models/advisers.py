"""The advisory team (tổ tư vấn) of a council: prepares, and may score for the council's information."""

from django.db import models
from django.db.models import F, Q

from evaluation.models.councils import Council
from foundation import clock


class Duty(models.TextChoices):
    """What somebody does on the advisory team."""

    LEADER = "leader", "Tổ trưởng"
    MEMBER = "member", "Tổ viên"


class AdviserQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """Advisers of that day (today when not said)."""
        day = day or clock.today()
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day))

    def for_list(self):
        return self.select_related("user", "council")


class Adviser(models.Model):
    """A person on a council's advisory team, with the name of that day. ``ended_on``: no longer counts from then."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="advisers")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="advising", verbose_name="người")
    duty = models.CharField("nhiệm vụ", max_length=10, choices=Duty)
    name = models.CharField("họ và tên khi được cử", max_length=120, editable=False)
    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = AdviserQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên tổ tư vấn"
        verbose_name_plural = "tổ tư vấn"
        ordering = ["council", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"],
                condition=Q(ended_on=None),
                name="adviser_once_per_person",
                violation_error_message="Người này đang ở trong tổ tư vấn.",
            ),
            models.CheckConstraint(
                name="adviser_runs_forward",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.get_duty_display()}"
