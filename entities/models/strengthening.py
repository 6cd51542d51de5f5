"""Strengthening (củng cố) of a producer: a dated fact that the year's plan counts."""

from django.db import models
from django.urls import reverse

from entities import kinds
from entities.models.entities import Entity
from entities.models.facts import FactQuerySet, Proven, new_code
from foundation.sources.models import Source


def strengthening_kinds():
    """The kinds of the data file; a new kind needs no migration."""
    return kinds.strengthening()


class StrengtheningQuerySet(FactQuerySet):
    def between(self, first, last):
        """What was done from the first day to the last, both included."""
        return self.filter(day__range=(first, last))


class Strengthening(Proven):
    """On that day the producer was strengthened in this way; an officer wrote it down."""

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="strengthenings", verbose_name="chủ thể")
    kind = models.CharField("nội dung củng cố", max_length=20, choices=strengthening_kinds)
    day = models.DateField("ngày hoàn thành")
    note = models.TextField("kết quả", max_length=2000)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = StrengtheningQuerySet.as_manager()

    class Meta:
        verbose_name = "việc củng cố"
        verbose_name_plural = "việc củng cố"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "day"],
                name="strengthening_once",
                violation_error_message="Việc củng cố này của chủ thể, ngày này, đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.day:%d/%m/%Y})"

    def get_absolute_url(self):
        return reverse("entities:strengthening", args=[self.code])
