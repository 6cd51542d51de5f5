"""Which products a sales channel carries, from day to day."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from entities.models import SalesChannel
from foundation import clock
from products.models.products import Product


class CarriedQuerySet(models.QuerySet):
    def on(self, day=None):
        """What is carried on that day (today when not said), on a channel that runs; the last day counts."""
        day = day or clock.today()
        running = SalesChannel.objects.open_on(day)
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day, channel__in=running)

    def for_public(self):
        """Where to buy: the channels, those with a page of their own first."""
        return self.select_related("channel").order_by("-channel__link", "channel__partner", "pk")

    def for_list(self):
        return self.select_related("product").order_by("product__alphabet", "since")


class Carried(models.Model):
    """A product of the channel's producer on its shelf, from ``since`` to the end of ``until`` (empty: still)."""

    channel = models.ForeignKey(SalesChannel, models.CASCADE, related_name="carried", verbose_name="kênh")
    product = models.ForeignKey(Product, models.PROTECT, related_name="carried", verbose_name="sản phẩm")
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm trên kênh"
        verbose_name_plural = "sản phẩm trên kênh"
        constraints = [
            models.CheckConstraint(
                name="carried_runs_forward",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["channel", "product"],
                condition=Q(until=None),
                name="carried_once_at_a_time",
                violation_error_message="Sản phẩm này đang được bán trên kênh.",
            ),
        ]

    def __str__(self):
        return f"{self.product} – {self.channel}"

    def clean(self):
        """The product is the channel's producer's, and is on the shelf only while the channel runs."""
        if self.product.entity_id != self.channel.entity_id:
            raise ValidationError("Sản phẩm này không thuộc chủ thể của kênh.")
        last = self.channel.until
        if self.since < self.channel.since or (last and (self.until or self.since) > last):
            raise ValidationError("Sản phẩm chỉ có trên kênh trong thời gian kênh hoạt động.")
