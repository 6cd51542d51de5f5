"""Craft villages (làng nghề)."""

from django.db import models
from django.db.models import Count
from django.urls import reverse

from foundation.areas.located import Located, LocatedQuerySet
from foundation.areas.models import Area
from foundation.sources.models import Source


class CraftVillageQuerySet(LocatedQuerySet):
    def for_list(self):
        return (
            self.select_related("area__parent__parent")
            .annotate(products_here=Count("products"))
            .order_by("name")
        )


class CraftVillage(Located):
    """A village known for a craft. ``kind`` and ``recognised_year`` are empty where no source states them."""

    code = models.SlugField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=160)
    craft = models.CharField("nghề", max_length=80)
    hamlet = models.CharField("thôn, làng", max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    kind = models.CharField("hình thức công nhận", max_length=80, blank=True)
    recognised_year = models.PositiveSmallIntegerField("năm công nhận", null=True, blank=True)
    stated_products = models.PositiveSmallIntegerField(
        "số sản phẩm OCOP theo nguồn", null=True, blank=True, help_text="số nguồn nêu cho ngày stated_on"
    )
    stated_on = models.DateField("ngày của số liệu", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = CraftVillageQuerySet.as_manager()

    class Meta:
        verbose_name = "làng nghề"
        verbose_name_plural = "làng nghề"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("entities:village", args=[self.code])
