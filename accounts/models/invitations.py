"""Invitations: a link by which a person takes up a role, once and for a time."""

import hashlib
import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.people import OFFICERS, WITHOUT_AREA, Role, User
from foundation.areas.models import Area


class InvitationStatus(models.TextChoices):
    """Where an invitation stands. That its time has run out is a question of the clock, not a status."""

    WAITING = "waiting", "Chờ nhận"
    ACCEPTED = "accepted", "Đã nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


def new_token():
    """192 random bits for one link, and the digest that is kept of them: the link itself is stored nowhere."""
    token = secrets.token_urlsafe(24)
    return token, digest_of(token)


def digest_of(token):
    """What the database knows of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see all; the others those they sent, and those to the area of an office that invites."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        areas = Area.objects.read_by(user.areas_as(*OFFICERS - {Role.DEPARTMENT_OFFICER}))
        return self.filter(Q(invited_by=user) | Q(area__in=areas))

    def of_token(self, token):
        """The invitation behind a link, if there is one."""
        return self.filter(token_sha256=digest_of(token))

    def for_list(self):
        return self.select_related("area__parent", "invited_by", "accepted_by").order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A role that waits for a person. Times are real time: a demonstration's day does not stretch them."""

    MOVES = {InvitationStatus.WAITING: {InvitationStatus.ACCEPTED, InvitationStatus.WITHDRAWN}}
    PILLS = {
        InvitationStatus.WAITING: "info",
        InvitationStatus.ACCEPTED: "good",
        InvitationStatus.WITHDRAWN: "neutral",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    full_name = models.CharField("họ và tên người được mời", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    title = models.CharField("chức vụ", max_length=160, blank=True)
    role = models.CharField("vai trò", max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    start = models.DateField("giữ vai trò từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=InvitationStatus, default=InvitationStatus.WAITING
    )
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người mời")
    created_at = models.DateTimeField("mời lúc", auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    accepted_at = models.DateTimeField("nhận lúc", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        constraints = [
            models.CheckConstraint(
                name="invitation_runs_forward",
                condition=Q(until__isnull=True) | Q(until__gte=F("start")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="invitation_to_an_office_names_an_area",
                condition=Q(area__isnull=False) | Q(role__in=sorted(WITHOUT_AREA)),
                violation_error_message="Hãy chọn địa bàn cho vai trò này.",
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=~Q(status=InvitationStatus.ACCEPTED)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.full_name}: {self.label}"

    @property
    def label(self):
        """The role with its unit."""
        return f"{self.get_role_display()} – {self.area}" if self.area else self.get_role_display()

    @property
    def has_expired(self):
        """Its time has run out."""
        return self.expires_at <= timezone.now()

    @property
    def refusal(self):
        """Why it can no longer be taken up, in one sentence; empty while it can."""
        if self.status == InvitationStatus.ACCEPTED:
            return "Lời mời này đã được nhận. Hãy đăng nhập bằng tài khoản của bạn."
        if self.status == InvitationStatus.WITHDRAWN:
            return "Lời mời này đã được người mời thu hồi."
        return "Lời mời này đã hết hạn." if self.has_expired else ""
