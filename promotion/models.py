"""Trade-promotion events and the products that took part."""

from django.db import models
from django.db.models import Count, F
from django.urls import reverse

from foundation.sources.models import Source
from products.models import Product


class Participation(models.TextChoices):
    """What sources say about the province's part in an event."""

    HOST = "host", "Tỉnh tổ chức"
    CONFIRMED = "confirmed", "Tỉnh tham gia"
    NOT_STATED = "not_stated", "Nguồn không nêu tỉnh tham gia"


class EventQuerySet(models.QuerySet):
    def for_list(self):
        """The latest first; within a year, those whose day no source states come last."""
        latest = ("-year", F("starts_on").desc(nulls_last=True), "pk")
        return self.annotate(products_there=Count("products")).order_by(*latest)


class Event(models.Model):
    """A fair, product week or contest. ``starts`` and ``ends`` are as exact as the source: year, or day."""

    code = models.SlugField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=240)
    kind = models.CharField("loại", max_length=80)
    year = models.PositiveSmallIntegerField("năm")
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    organiser = models.CharField("đơn vị tổ chức", max_length=200, blank=True)
    province_part = models.CharField("sự tham gia của tỉnh", max_length=12, choices=Participation)
    note = models.TextField("ghi chú", blank=True)
    products = models.ManyToManyField(Product, through="EventProduct", verbose_name="sản phẩm tham gia")
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["-year", "-starts_on", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("promotion:event", args=[self.code])

    def parts(self):
        """The products there that have a public page, with what the source says of each."""
        shown = self.eventproduct_set.filter(product__in=Product.objects.known_to_public().values("pk"))
        return shown.select_related("product__entity").order_by("product__alphabet", "pk")

    @property
    def when(self):
        """As exact as the source: from–to, from, or the year alone."""
        if not self.starts_on:
            return f"năm {self.year}"
        if not self.ends_on:
            return f"từ {self.starts_on:%d/%m/%Y}"
        return f"{self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"


class EventProduct(models.Model):
    """A product at an event, with what the source says of it."""

    event = models.ForeignKey(Event, models.CASCADE)
    product = models.ForeignKey(Product, models.PROTECT, related_name="events")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "sản phẩm tham gia"
        verbose_name_plural = "sản phẩm tham gia"
        constraints = [models.UniqueConstraint(fields=["event", "product"], name="event_product_once")]

    def __str__(self):
        return f"{self.event}: {self.product}"
