"""Producers (chủ thể) and the people who act for them."""

from django.db import models

from accounts.models import OFFICERS, Role, User
from entities.models.selections import ProducerSelections
from foundation.areas.located import Located, LocatedQuerySet, among, reads
from foundation.areas.models import Area
from foundation.sources.models import Source


class EntityKind(models.TextChoices):
    """Legal kind of a producer."""

    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    SME = "sme", "Doanh nghiệp nhỏ và vừa"
    FARM = "farm", "Trang trại"
    HOUSEHOLD = "household", "Hộ sản xuất kinh doanh"
    ASSOCIATION = "association", "Hội, hiệp hội"
    UNKNOWN = "unknown", "Nguồn chưa nêu loại hình"


class EntityQuerySet(ProducerSelections, LocatedQuerySet):
    def visible_to(self, user):
        """A producer's own people; officers and managers those that are, or once were, in their area."""
        own = among("pk", Membership.objects.filter(user=user), "entity")
        return self.filter(own | reads(Entity, user.areas_as(*OFFICERS, Role.MANAGER)))

    def run_by(self, user):
        """Producers for which this person acts."""
        return self.filter(memberships__user=user)

    def within(self, area):
        """Producers inside the unit."""
        return self.filter(area__in=Area.objects.within(area))

    def for_list(self):
        return self.select_related("area__parent__parent")


class Entity(Located):
    """A producer taking part. ``area`` is the smallest unit that the source or the producer states."""

    code = models.SlugField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=20, choices=EntityKind)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    note = models.TextField("ghi chú", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = "chủ thể"
        verbose_name_plural = "chủ thể"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def people(self):
        """Those who act for this producer."""
        return User.objects.filter(memberships__entity=self)


class Membership(models.Model):
    """A person who acts for a producer."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = "người của chủ thể"
        verbose_name_plural = "người của chủ thể"
        constraints = [models.UniqueConstraint(fields=["entity", "user"], name="membership_once")]

    def __str__(self):
        return f"{self.user} – {self.entity}"
