"""Deeds on invitations: sending one, taking it back, taking it up."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import permissions
from accounts.actions.people import check_charge, enter_charge
from accounts.actions.signing_up import new_account
from accounts.models import Invitation, InvitationStatus, LetterKind, User
from accounts.models.invitations import new_token
from accounts.notices import link, write_to
from accounts.permissions import require
from foundation.trail.models import Entry
from foundation.trail.moves import move, write

REFUSED = "Mở lời mời không còn hiệu lực"
NOTED_AGAIN = dt.timedelta(hours=1)


@transaction.atomic
def invite(*, by, full_name, role, area, start, until=None, email="", title="", basis=""):
    """Invite a person to a role. Returns the invitation and the token of its link, which is kept nowhere."""
    require(permissions.may_give(by, role, area))
    check_charge(role, area, start, until)
    token, digest = new_token()
    invitation = Invitation(
        token_sha256=digest,
        full_name=full_name,
        email=email,
        title=title,
        role=role,
        area=area,
        start=start,
        until=until,
        basis=basis,
        invited_by=by,
        expires_at=timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.validate_constraints()
    invitation.save()
    write(invitation, "Gửi lời mời", by=by, new=InvitationStatus.WAITING, note=invitation.label)
    if email:
        facts = {"person": full_name, "inviter": by, "role": invitation.label, "link": link_of(token)}
        facts["until"] = timezone.localtime(invitation.expires_at).strftime("%d/%m/%Y")
        key, kind = f"invitation:{invitation.code}", LetterKind.INVITATION
        write_to(email, "mail/invitation.txt", facts, kind=kind, key=key, area=area)
    return invitation, token


def link_of(token):
    """The full address behind which the invited person takes the role up."""
    return link(reverse("accounts:joining", args=[token]))


@transaction.atomic
def withdraw_invitation(invitation, *, by):
    """The link is worth nothing from now on."""
    require(permissions.may_give(by, invitation.role, invitation.area))
    move(invitation, InvitationStatus.WITHDRAWN, by=by)


@transaction.atomic
def take_up(invitation, *, by):
    """A person who has an account takes the invited role up."""
    invitation = _usable(invitation)
    require(by.looked_through_by is None)
    charge = enter_charge(
        by,
        by=invitation.invited_by,
        role=invitation.role,
        area=invitation.area,
        start=invitation.start,
        until=invitation.until,
        basis=invitation.basis,
    )
    move(invitation, InvitationStatus.ACCEPTED, by=by, accepted_by=by, accepted_at=timezone.now())
    return charge


@transaction.atomic
def join(invitation, *, username, full_name, password):
    """A person without an account makes one by the link and takes the role up. Returns the person."""
    invitation = _usable(invitation)
    email = invitation.email
    if email and User.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            "Thư điện tử của lời mời đã thuộc một tài khoản. Hãy đăng nhập tài khoản đó rồi mở lại liên kết này."
        )
    facts = {"title": invitation.title, "email": email, "act": "Lập tài khoản theo lời mời"}
    person = new_account(username=username, full_name=full_name, password=password, **facts)
    take_up(invitation, by=person)
    return person


def _usable(invitation):
    """The invitation, locked, while it can be taken up, by somebody who might still give that role."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("invited_by", "area")
        .get(pk=invitation.pk)
    )
    if row.refusal:
        raise ValidationError(row.refusal)
    if not (row.invited_by.is_active and permissions.may_give(row.invited_by, row.role, row.area)):
        raise ValidationError("Người mời không còn quyền giao vai trò này. Hãy xin lời mời mới.")
    return row


@transaction.atomic
def note_refusal(invitation):
    """Somebody used a link that is worth nothing: the trail says so, once an hour at most for each.

    ``invitation`` is None for a link that no invitation has; such tries stand under the number 0.
    """
    subject = invitation or Invitation(pk=0)
    lately = timezone.now() - NOTED_AGAIN
    if not Entry.objects.about(subject).since(lately, REFUSED).exists():
        write(subject, REFUSED, by=None, note=invitation.refusal if invitation else "Liên kết không đúng.")
