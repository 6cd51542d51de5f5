"""Deeds on the people of a producer: inviting, taking up, handing over, leaving."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.signing_up import make_producer, new_account
from accounts.models.invitations import new_token
from accounts.notices import link
from accounts.permissions import require
from entities import permissions
from entities.models import Entity, EntityInvitation, InviteStatus, MemberRole, Membership
from foundation.trail.models import Entry
from foundation.trail.moves import move, write

REFUSED = "Mở lời mời của chủ thể không còn hiệu lực"
NOTED_AGAIN = dt.timedelta(hours=1)
AGREED = "Người nhận đồng ý tự quản lý hồ sơ chủ thể và chịu trách nhiệm về thông tin ghi ở đó."


@transaction.atomic
def invite(entity, *, by, full_name, role):
    """Invite a person to act for the producer. Returns the invitation and its token."""
    entity = Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    require(permissions.may_invite(by, entity, role))
    token, digest = new_token()
    invitation = EntityInvitation.objects.create(
        token_sha256=digest,
        entity=entity,
        full_name=full_name,
        role=role,
        hand_over=not permissions.owns(by, entity),
        invited_by=by,
        expires_at=timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    act = "Mời nhận bàn giao hồ sơ" if invitation.hand_over else "Mời người của chủ thể"
    write(entity, act, by=by, note=invitation.get_role_display())
    return invitation, token


def link_of(token):
    """The full address behind which the invited person begins to act for the producer."""
    return link(reverse("entities:member_joining", args=[token]))


@transaction.atomic
def withdraw_invitation(invitation, *, by):
    """The link is worth nothing from now on."""
    require(permissions.may_invite(by, invitation.entity, invitation.role))
    move(invitation, InviteStatus.WITHDRAWN, by=by)


@transaction.atomic
def take_up(invitation, *, by):
    """A person who has an account begins to act for the producer; a hand-over is agreed to by that."""
    invitation = _usable(invitation)
    require(by.looked_through_by is None)
    entity = invitation.entity
    row = Membership.objects.filter(entity=entity, user=by).first() or Membership(entity=entity, user=by)
    if row.pk and (row.is_owner or invitation.role == MemberRole.EDITOR):
        raise ValidationError("Bạn đã là người của chủ thể này.")
    row.role = invitation.role
    row.save()
    make_producer(by, by=invitation.invited_by, basis=f"Người của {entity}"[:200])
    move(invitation, InviteStatus.ACCEPTED, by=by, accepted_by=by, accepted_at=timezone.now())
    act = "Nhận bàn giao hồ sơ" if invitation.hand_over else "Nhận làm người của chủ thể"
    note = f"{row.get_role_display()}. {AGREED}" if invitation.hand_over else row.get_role_display()
    write(entity, act, by=by, note=note)
    return row


@transaction.atomic
def join(invitation, *, username, full_name, password):
    """A person without an account makes one by the link and begins to act for the producer. Returns the person."""
    _usable(invitation)
    act = "Lập tài khoản theo lời mời của chủ thể"
    person = new_account(username=username, full_name=full_name, password=password, act=act)
    take_up(invitation, by=person)
    return person


@transaction.atomic
def remove_member(membership, *, by):
    """A person no longer acts for the producer: an owner says so, or the person leaves. One owner always remains."""
    entity = Entity.objects.select_for_update(of=("self",)).get(pk=membership.entity_id)
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise ValidationError("Người này không còn là người của chủ thể.")
    leaves = row.user_id == by.pk and by.looked_through_by is None
    require(leaves or permissions.may_manage_members(by, entity))
    others = entity.memberships.filter(role=MemberRole.OWNER).exclude(pk=row.pk)
    if row.is_owner and not others.exists():
        raise ValidationError(
            "Chủ thể cần ít nhất một chủ tài khoản. Hãy mời người khác làm chủ tài khoản trước."
        )
    act = "Thôi làm người của chủ thể" if leaves else "Bỏ người của chủ thể"
    write(entity, act, by=by, note=f"{row.user.username}, {row.get_role_display()}")
    row.delete()


def _usable(invitation):
    """The invitation, locked, while it can be taken up and whoever invited might still invite."""
    row = (
        EntityInvitation.objects.select_for_update(of=("self",))
        .select_related("invited_by", "entity__area__parent__parent")
        .get(pk=invitation.pk)
    )
    if row.refusal:
        raise ValidationError(row.refusal)
    if not (row.invited_by.is_active and permissions.may_invite(row.invited_by, row.entity, row.role)):
        raise ValidationError("Người mời không còn quyền mời người của chủ thể này. Hãy xin lời mời mới.")
    return row


@transaction.atomic
def note_refusal(invitation):
    """Somebody used a link that is worth nothing: the trail says so, once an hour at most for each."""
    subject = invitation or EntityInvitation(pk=0)
    lately = timezone.now() - NOTED_AGAIN
    if not Entry.objects.about(subject).since(lately, REFUSED).exists():
        write(subject, REFUSED, by=None, note=invitation.refusal if invitation else "Liên kết không đúng.")
