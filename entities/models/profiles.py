"""What belongs to one producer: yearly figures and photos."""

import uuid

from django.db import models
from django.db.models import Q

FIRST_YEAR = 1990


def picture_path(record, name):
    """A random name of ours; the given one is never used."""
    return f"{record._meta.model_name}/{uuid.uuid4().hex}.jpg"


class YearFigures(models.Model):
    """What a producer states for one year, in million đồng."""

    entity = models.ForeignKey(
        "entities.Entity", models.CASCADE, related_name="years", verbose_name="chủ thể"
    )
    year = models.PositiveSmallIntegerField("năm")
    revenue = models.DecimalField(
        "doanh thu (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    profit = models.DecimalField(
        "lợi nhuận (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)

    class Meta:
        verbose_name = "số liệu năm"
        verbose_name_plural = "số liệu năm"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "year"],
                name="figures_once_a_year",
                violation_error_message="Năm này đã có số liệu.",
            ),
            models.CheckConstraint(
                name="figures_revenue_not_negative",
                condition=Q(revenue__isnull=True) | Q(revenue__gte=0),
                violation_error_message="Doanh thu không thể âm.",
            ),
        ]

    def __str__(self):
        return f"{self.entity}, {self.year}"


class EntityPhoto(models.Model):
    """A photo of a producer, for everybody; in the order of ``place``."""

    entity = models.ForeignKey(
        "entities.Entity", models.CASCADE, related_name="photos", verbose_name="chủ thể"
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    image = models.ImageField("ảnh", upload_to=picture_path)
    caption = models.CharField("chú thích", max_length=160)
    place = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "ảnh chủ thể"
        verbose_name_plural = "ảnh chủ thể"
        ordering = ["place", "pk"]

    def __str__(self):
        return self.caption
