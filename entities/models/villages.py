"""Craft villages (làng nghề): what they are, their recognition, their photos."""

import uuid

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import OFFICERS
from entities import kinds
from foundation.areas.located import Located, LocatedQuerySet
from foundation.areas.models import Area
from foundation.sources.models import Source
from foundation.ui.alphabet import Alphabetical


class VillageStatus(models.TextChoices):
    """Where the recognition stands. Sources may state a recognition whose decision the portal has not."""

    NAMED = "named", "Chưa có quyết định"
    RECOGNISED = "recognised", "Đã công nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi công nhận"


def village_kinds():
    """The kinds of the data file; a new kind needs no migration."""
    return kinds.villages()


class CraftVillageQuerySet(LocatedQuerySet):
    def for_list(self):
        return (
            self.select_related("area__parent__parent")
            .annotate(products_here=Count("products"))
            .order_by(Alphabetical("name"))
        )

    def not_withdrawn_on(self, day):
        """Villages whose recognition was not taken back by that day."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))

    def kept_by(self, user):
        """Villages in the areas of this officer."""
        return self.read_by(user.areas_as(*OFFICERS))


class CraftVillage(Located):
    """A village known for a craft. ``kind`` and ``recognised_year`` are empty where no source states them.

    The decision's facts are those of the recognition in force, or of the last one; the trail keeps the earlier.
    """

    Status = VillageStatus
    MOVES = {
        VillageStatus.NAMED: {VillageStatus.RECOGNISED},
        VillageStatus.RECOGNISED: {VillageStatus.WITHDRAWN},
        VillageStatus.WITHDRAWN: {VillageStatus.RECOGNISED},
    }
    PILLS = {
        VillageStatus.NAMED: "neutral",
        VillageStatus.RECOGNISED: "good",
        VillageStatus.WITHDRAWN: "danger",
    }

    code = models.SlugField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=160)
    craft = models.CharField("nghề", max_length=80)
    hamlet = models.CharField("thôn, làng", max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    kind = models.CharField("loại", max_length=20, choices=village_kinds, blank=True)
    recognised_year = models.PositiveSmallIntegerField("năm công nhận", null=True, blank=True)
    status = models.CharField(
        "công nhận", max_length=12, choices=VillageStatus, default=VillageStatus.NAMED, editable=False
    )
    decision_number = models.CharField("số quyết định công nhận", max_length=40, blank=True)
    decided_on = models.DateField("ngày ký", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=120, blank=True)
    withdrawn_on = models.DateField("thu hồi ngày", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ làm nghề", null=True, blank=True)
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    story = models.TextField("câu chuyện làng nghề", max_length=8000, blank=True)
    stated_products = models.PositiveSmallIntegerField(
        "số sản phẩm OCOP theo nguồn", null=True, blank=True, help_text="số nguồn nêu cho ngày stated_on"
    )
    stated_on = models.DateField("ngày của số liệu", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = CraftVillageQuerySet.as_manager()

    class Meta:
        verbose_name = "làng nghề"
        verbose_name_plural = "làng nghề"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="village_recognised_by_a_decision",
                condition=Q(status=VillageStatus.NAMED)
                | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                violation_error_message="Làng nghề đã công nhận cần số và ngày của quyết định.",
            ),
            models.CheckConstraint(
                name="village_withdrawn_has_a_day",
                condition=Q(status=VillageStatus.WITHDRAWN, withdrawn_on__gte=F("decided_on"))
                | (~Q(status=VillageStatus.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
                violation_error_message="Ngày thu hồi không được trước ngày công nhận.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("entities:village", args=[self.code])

    @property
    def is_withdrawn(self):
        return self.status == VillageStatus.WITHDRAWN


def village_photo_path(record, name):
    """A random name of ours; the given one is never used."""
    return f"villagephoto/{uuid.uuid4().hex}.jpg"


class VillagePhoto(models.Model):
    """A photo of a village, for everybody."""

    village = models.ForeignKey(CraftVillage, models.CASCADE, related_name="photos", verbose_name="làng nghề")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    image = models.ImageField("ảnh", upload_to=village_photo_path)
    caption = models.CharField("chú thích", max_length=160)

    class Meta:
        verbose_name = "ảnh làng nghề"
        verbose_name_plural = "ảnh làng nghề"
        ordering = ["pk"]

    def __str__(self):
        return self.caption
