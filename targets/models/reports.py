"""Frozen progress reports."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from foundation.areas.models import Area
from foundation.jobs.models import Job
from targets.models.plans import YearPlan


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
