"""The people who act for producers, and the links by which they are invited."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.invitations import digest_of


class MemberRole(models.TextChoices):
    """What a person may do for a producer."""

    OWNER = "owner", "Chủ tài khoản"
    EDITOR = "editor", "Người biên tập"


class Membership(models.Model):
    """A person who acts for a producer. Owners look after the people; owners and editors after the facts."""

    entity = models.ForeignKey("entities.Entity", models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships")
    role = models.CharField("vai trò", max_length=10, choices=MemberRole, default=MemberRole.OWNER)

    class Meta:
        verbose_name = "người của chủ thể"
        verbose_name_plural = "người của chủ thể"
        constraints = [models.UniqueConstraint(fields=["entity", "user"], name="membership_once")]

    def __str__(self):
        return f"{self.user} – {self.entity}"

    @property
    def is_owner(self):
        """Looks after the people of the producer."""
        return self.role == MemberRole.OWNER


class InviteStatus(models.TextChoices):
    """Where an invitation stands; that its time ran out is a question of the clock."""

    WAITING = "waiting", "Chờ nhận"
    ACCEPTED = "accepted", "Đã nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class EntityInvitationQuerySet(models.QuerySet):
    def of_token(self, token):
        """The invitation behind a link, if there is one."""
        return self.filter(token_sha256=digest_of(token))

    def open(self):
        """Those that can still be taken up."""
        return self.filter(status=InviteStatus.WAITING, expires_at__gt=timezone.now())

    def for_list(self):
        return self.select_related("entity__area__parent__parent", "invited_by", "accepted_by").order_by(
            "-pk"
        )


class EntityInvitation(models.Model):
    """A place among a producer's people that waits for somebody. Times are real time.

    ``hand_over``: an officer who kept the producer's record until now passes it to its own people; the person agrees to
    that with the deed, and the trail says so.
    """

    MOVES = {InviteStatus.WAITING: {InviteStatus.ACCEPTED, InviteStatus.WITHDRAWN}}
    PILLS = {
        InviteStatus.WAITING: "info",
        InviteStatus.ACCEPTED: "good",
        InviteStatus.WITHDRAWN: "neutral",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    entity = models.ForeignKey("entities.Entity", models.CASCADE, related_name="invitations")
    full_name = models.CharField("họ và tên người được mời", max_length=120)
    role = models.CharField("vai trò", max_length=10, choices=MemberRole, default=MemberRole.EDITOR)
    hand_over = models.BooleanField("bàn giao hồ sơ chủ thể", default=False)
    status = models.CharField("trạng thái", max_length=10, choices=InviteStatus, default=InviteStatus.WAITING)
    invited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người mời"
    )
    created_at = models.DateTimeField("mời lúc", auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    accepted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    accepted_at = models.DateTimeField("nhận lúc", null=True, blank=True)

    objects = EntityInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời của chủ thể"
        verbose_name_plural = "lời mời của chủ thể"
        constraints = [
            models.CheckConstraint(
                name="entity_invitation_accepted_by_somebody",
                condition=~Q(status="accepted") | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.full_name}: {self.get_role_display()} – {self.entity}"

    @property
    def refusal(self):
        """Why it can no longer be taken up, in one sentence; empty while it can."""
        if self.status == InviteStatus.ACCEPTED:
            return "Lời mời này đã được nhận. Hãy đăng nhập bằng tài khoản của bạn."
        if self.status == InviteStatus.WITHDRAWN:
            return "Lời mời này đã được người mời thu hồi."
        return "Lời mời này đã hết hạn." if self.expires_at <= timezone.now() else ""
