"""Sales channels of a producer: from day to day, with whom, and what proves it."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities import kinds
from entities.models.entities import Entity
from entities.models.facts import FactQuerySet, Proven, new_code
from foundation import clock
from foundation.sources.models import Source

WRONG_LINK = "Đây không phải một liên kết. Hãy chép nguyên địa chỉ trang, bắt đầu bằng https:// hoặc http://."
LINK = URLValidator(schemes=["http", "https"], message=WRONG_LINK)


def channel_kinds():
    """The kinds of the data file; a new kind needs no migration."""
    return kinds.channels()


class SalesChannelQuerySet(FactQuerySet):
    def open_on(self, day=None):
        """Channels that run on that day (today when not said); the last day counts."""
        day = day or clock.today()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def begun_by(self, day):
        """Channels that began on that day or before, whether or not they still run."""
        return self.filter(since__lte=day)

    def modern(self):
        """Channels of the kinds that the programme calls modern."""
        return self.filter(kind__in=kinds.modern_channels())


class SalesChannel(Proven):
    """Where a producer sells, from ``since`` (the first day known) to the end of ``until`` (empty: still)."""

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="channels", verbose_name="chủ thể")
    kind = models.CharField("loại kênh", max_length=20, choices=channel_kinds)
    partner = models.CharField("nơi bán, đối tác", max_length=160)
    link = models.URLField("liên kết gian hàng", max_length=300, blank=True)
    contract = models.CharField("số hợp đồng", max_length=80, blank=True)
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)
    note = models.TextField("ghi chú", max_length=2000, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = SalesChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "kênh bán hàng"
        verbose_name_plural = "kênh bán hàng"
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["entity", "kind", "since"], name="channel_of_entity")]
        constraints = [
            models.CheckConstraint(
                name="channel_runs_forward",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["entity", "kind", "partner", "since"],
                name="channel_once",
                violation_error_message="Kênh này của chủ thể, từ ngày này, đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.partner}"

    def get_absolute_url(self):
        return reverse("entities:channel", args=[self.code])

    @property
    def is_modern(self):
        """Of a kind that the programme calls modern."""
        return self.kind in kinds.modern_channels()

    @property
    def is_over(self):
        """Ended before today."""
        return self.until is not None and self.until < clock.today()
