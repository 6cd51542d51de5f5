"""Telling people: a notice at the bell, and a letter to those who want one. All of it in the caller's transaction.

Names and notes of people are data here: they are laid into fixed templates, never made into one.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template

from accounts.models import Consent, Letter, LetterKind, MailWish, Notice, NoticeSetting
from foundation import clock
from foundation.ui.text import tidy

LONGEST = 300
ONCE = ["person", "kind", "subject_type", "subject_id", "day"]


def tell(people, kind, record, *, text, url="", area=None, by=None):
    """Tell these people that this happened to the record; whoever did it (``by``) knows already.

    Once per kind, record and day: a second time the same notice is unread again, and no second letter goes out.
    ``area`` is where the record belongs, for the officers' outbox. A fixed number of queries, however many people.
    """
    told = {person.pk: person for person in people if person.is_active}
    told.pop(getattr(by, "pk", None), None)
    if not told:
        return
    facts = {"kind": kind, "day": clock.today(), "subject_id": record.pk}
    facts["subject_type"] = ContentType.objects.get_for_model(record)
    shown = {"text": shortened(text), "url": url or record.get_absolute_url()}
    rows = [Notice(person_id=pk, **facts, **shown) for pk in sorted(told)]  # two deeds never lock crosswise
    again = ["text", "url", "created_at", "read_at"]
    notices = Notice.objects.bulk_create(rows, update_conflicts=True, unique_fields=ONCE, update_fields=again)
    _mail(notices, told, area)


def _mail(notices, told, area):
    """A letter for each notice of whoever agreed to mail and wants it at once; one letter for a notice, ever."""
    wish, agreed = NoticeSetting.objects.wishes(told), Consent.objects.mailable(told)
    letters = []
    for notice in notices:
        person = told[notice.person_id]
        if person.email and person.pk in agreed and wish(person.pk, notice.kind.group) == MailWish.AT_ONCE:
            letters.append(_notice_letter(notice, person, area))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


def _notice_letter(notice, person, area):
    """The letter of one notice; the notice's own number is its key."""
    subject, body = compose(
        "mail/notice.txt", {"person": person, "text": notice.text, "link": link(notice.url)}
    )
    return Letter(
        key=f"notice:{notice.pk}",
        kind=LetterKind.NOTICE,
        person=person,
        to=person.email,
        subject=subject,
        body=body,
        notice=notice,
        record_type=notice.subject_type,
        record_id=notice.subject_id,
        area=area,
    )


def write_to(whom, template, context, *, kind, key, area=None):
    """Put one letter into the outbox and return it: to a person, or to an address of somebody who is no user yet.

    A second letter with the same ``key`` is the first. Raises ValidationError when the address is none.
    """
    person = None if isinstance(whom, str) else whom
    address = person.email if person else whom
    validate_email(address)
    subject, body = compose(template, {"person": person or address, **context})
    facts = {"kind": kind, "person": person, "to": address, "subject": subject, "body": body, "area": area}
    return Letter.objects.get_or_create(key=key, defaults=facts)[0]


def compose(template, context):
    """Subject and text of a letter: the first line of the template, and the rest."""
    given = {name: flat(value) for name, value in context.items()}
    frame = {"portal": settings.PORTAL_URL, "province_name": settings.PROVINCE_NAME}
    text = get_template(template).template.render(Context(given | frame, autoescape=False))
    subject, _, body = text.partition("\n")
    return shortened(subject), body.strip() + "\n"


def link(path):
    """A page of the portal as a full address."""
    return f"{settings.PORTAL_URL}{path}"


def flat(value):
    """What a template gets: text on one line, or a list of such; so nothing typed can begin a line of its own."""
    return [flat(each) for each in value] if isinstance(value, list | tuple) else one_line(value)


def one_line(text):
    """Everything on one line, without hidden characters."""
    return " ".join(tidy(str(text)).split())


def shortened(text):
    """One line that a column can hold."""
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
