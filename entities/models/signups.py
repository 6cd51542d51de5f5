"""A producer that signs itself up: what it said, until the commune confirms or refuses."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Role
from entities.models.entities import EntityKind
from foundation.areas.located import Located, LocatedQuerySet, holds
from foundation.areas.models import Area


class SignUpStatus(models.TextChoices):
    """Where a sign-up stands."""

    WAITING = "waiting", "Chờ xã xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    REFUSED = "refused", "Bị từ chối"


class SignUpQuerySet(LocatedQuerySet):
    def visible_to(self, user):
        """Who signed up, and the officers who act where the producer is."""
        offices = user.areas_as(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
        return self.filter(Q(user=user) | holds(SignUp, offices))

    def waiting_for(self, user):
        """Those that this officer of a commune confirms or refuses."""
        return self.filter(holds(SignUp, user.areas_as(Role.COMMUNE_OFFICER)), status=SignUpStatus.WAITING)

    def for_list(self):
        return self.select_related("area__parent__parent", "user", "entity").order_by("-pk")


class SignUp(Located):
    """Facts as typed by the producer; no record of a producer exists before an officer confirms them.

    The tax code is not compared with anybody's while this is typed: a stranger learns nothing by it.
    """

    Status = SignUpStatus
    MOVES = {SignUpStatus.WAITING: {SignUpStatus.CONFIRMED, SignUpStatus.REFUSED}}
    PILLS = {
        SignUpStatus.WAITING: "info",
        SignUpStatus.CONFIRMED: "good",
        SignUpStatus.REFUSED: "neutral",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="signups", verbose_name="người đăng ký"
    )
    name = models.CharField("tên chủ thể", max_length=200)
    kind = models.CharField("loại hình", max_length=20, choices=EntityKind)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="xã, phường, thị trấn")
    address = models.CharField("thôn, số nhà", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=20)
    representative = models.CharField("người đại diện", max_length=120)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=SignUpStatus, default=SignUpStatus.WAITING)
    reason = models.CharField("lý do từ chối", max_length=500, blank=True)
    entity = models.OneToOneField(
        "entities.Entity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="signup",
        verbose_name="chủ thể",
    )
    created_at = models.DateTimeField("đăng ký lúc", auto_now_add=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn đăng ký của chủ thể"
        verbose_name_plural = "đơn đăng ký của chủ thể"
        constraints = [
            models.CheckConstraint(
                name="signup_confirmed_waits_for_nothing",
                condition=~Q(status="refused") | ~Q(reason=""),
                violation_error_message="Hãy nêu lý do từ chối.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("entities:signup", args=[self.code])
