"""Making, renewing and ending one's own calendar link."""

from django.db import transaction

from accounts.models.invitations import new_token
from entities.models import CalendarLink
from foundation.trail.moves import write


@transaction.atomic
def renew_link(person, *, by):
    """A new random link for one's own calendar; the one before stops at once. Returns the token, kept nowhere."""
    token, digest = new_token()
    CalendarLink.objects.update_or_create(person=by, defaults={"token_sha256": digest})
    write(by, "Tạo liên kết lịch", by=by)
    return token


@transaction.atomic
def end_link(person, *, by):
    """The link stops and none takes its place."""
    if CalendarLink.objects.of(by).delete()[0]:
        write(by, "Bỏ liên kết lịch", by=by)
