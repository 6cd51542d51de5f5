"""Deeds at the bell and in the outbox: read, choose when mail comes, send again."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Letter, LetterStatus, NoticeSetting
from accounts.permissions import may_resend, require
from foundation.trail.moves import move


@transaction.atomic
def read(notice, *, by):
    """The person opens a notice of theirs; the first time counts."""
    require(notice.person_id == by.pk)
    by.notices.unread().filter(pk=notice.pk).update(read_at=Now())


@transaction.atomic
def read_all(person, *, by):
    """The person has seen enough: nothing is unread any more."""
    require(person == by)
    by.notices.unread().update(read_at=Now())


@transaction.atomic
def choose_mail(wishes, *, by):
    """Keep when mail comes for each group: ``{NoticeGroup: MailWish}``."""
    rows = [NoticeSetting(person=by, group=group, mail=mail) for group, mail in wishes.items()]
    unique = ["person", "group"]
    NoticeSetting.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=unique, update_fields=["mail"]
    )


@transaction.atomic
def resend(letter, *, by):
    """An administrator has mended what stood in the way: the letter gets all its tries again, under its old number."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    require(may_resend(by, letter))
    move(letter, LetterStatus.WAITING, by=by, attempts=0, next_try_at=Now(), last_error="")
