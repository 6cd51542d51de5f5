"""The post office: take letters that are due, one at a time, send them and say so; gather digests; clear old notices.

A letter's row is its job: taken with SKIP LOCKED, its number and its next try stored and committed before it goes out,
its end written right after. A worker killed in between repeats that one letter at most, under the same Message-ID.
"""

import datetime as dt
import logging
import smtplib
import time
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, Now
from django.utils import timezone

from accounts.models import (
    Consent,
    Letter,
    LetterKind,
    LetterStatus,
    MailWish,
    Notice,
    NoticeKind,
    NoticeSetting,
    User,
)
from accounts.notices import compose, link

log = logging.getLogger(__name__)

SECONDS_A_RING = 60  # a ring sends so long; the next one goes on
IN_A_DIGEST = 50  # lines of a digest; the rest is counted
BY_CONSENT = frozenset({LetterKind.NOTICE, LetterKind.DIGEST})  # the others concern the account itself
SENDERS, GATHERERS = 7_201, 7_202  # numbers of the advisory locks: one post office, one gatherer at a time
CLOSING = 421  # the server hangs up
NO_CODE = 554  # "transaction failed", where the server's answer has no number
PROBE_PAUSE = dt.timedelta(minutes=5)  # others wait at most so long behind a server that is away

NO_RIGHT = "Người nhận không còn quyền xem."
NO_CONSENT = "Người nhận không đồng ý nhận thông báo qua thư."
ALL_READ = "Người nhận đã đọc hết trên cổng."
NO_ADDRESS = "Người nhận không có địa chỉ thư."
AWAY = "Không nối được máy chủ thư."
REFUSED = "Máy chủ thư từ chối địa chỉ hoặc nội dung (mã {code})."
NOT_NOW = "Máy chủ thư tạm thời chưa nhận (mã {code})."
BROKEN = "Thư không đúng dạng nên không gửi được."
KILLED = "Tiến trình gửi đã dừng giữa chừng quá nhiều lần."


class ServerAway(Exception):
    """The server itself cannot be used now, whatever the letter."""


# ---------------------------------------------------------------- sending


def send_due_letters():
    """Send what is due; returns how many went out. One post office works at a time, the second goes home."""
    if not settings.MAIL_GOES_OUT or not _alone():
        return 0
    try:
        return _send_batch()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [SENDERS])


def _alone():
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [SENDERS])
        return cursor.fetchone()[0]


def _send_batch():
    sent, server = 0, get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        end_of_ring = time.monotonic() + SECONDS_A_RING
        while time.monotonic() < end_of_ring and (letter := claim()):
            sent += deliver(letter, server)
    except ServerAway:
        hold_back()
    finally:
        _hang_up(server)
    return sent


def claim():
    """Take the letter that has been due longest; its number and next try are committed before it goes out."""
    while True:
        with transaction.atomic():
            letter = Letter.objects.due().select_for_update(skip_locked=True).first()
            if letter is None:
                return None
            if not letter.is_tried_out:
                return _taken(letter)
            end(letter, LetterStatus.GIVEN_UP, last_error=letter.last_error or KILLED)


def _taken(letter):
    letter.attempts += 1
    letter.message_id = letter.message_id or make_msgid(domain=urlsplit(settings.PORTAL_URL).hostname)
    letter.next_try_at = timezone.now() + letter.pause()
    letter.save(update_fields=["attempts", "message_id", "next_try_at"])
    return letter


def deliver(letter, server):
    """Send one letter that was taken, and write down how it went; whether it went out. Raises ServerAway."""
    mail, reason = as_mail(letter)
    if mail is None:
        end(letter, LetterStatus.DROPPED, last_error=reason)
        return False
    try:
        _hand_over(mail, server)
    except ServerAway:
        later(letter, AWAY)
        raise
    except smtplib.SMTPException as refusal:
        _refused(letter, _code(refusal))
        return False
    except ValueError:  # a header that would break, letters that no mail can carry
        end(letter, LetterStatus.GIVEN_UP, last_error=BROKEN)
        return False
    kept = "" if letter.is_secret else mail.body
    end(letter, LetterStatus.SENT, sent_at=Now(), last_error="", body=kept, subject=mail.subject)
    return True


def _hand_over(mail, server):
    """Give one mail to the server. What concerns the server and not this letter becomes ServerAway."""
    try:
        server.open()
    except OSError as trouble:  # smtplib's own exceptions are OSErrors too
        raise _away(trouble) from trouble
    try:
        server.send_messages([mail])
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as trouble:
        raise _away(trouble) from trouble
    except smtplib.SMTPException as refusal:
        if _code(refusal) == CLOSING:
            raise _away(refusal) from refusal
        raise
    except OSError as trouble:
        raise _away(trouble) from trouble


def _away(trouble):
    log.warning("mail server away: %s", type(trouble).__name__)
    return ServerAway()


def _code(refusal):
    """The number that the server gave."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return next(iter(refusal.recipients.values()))[0]
    return getattr(refusal, "smtp_code", NO_CODE)


def _refused(letter, code):
    """For good (5xx): given up at once. For now (4xx): later."""
    if code >= 500:
        end(letter, LetterStatus.GIVEN_UP, last_error=REFUSED.format(code=code))
    else:
        later(letter, NOT_NOW.format(code=code))


def later(letter, why):
    """Say why; its next try is set already. After the last one it is given up."""
    if letter.is_tried_out:
        end(letter, LetterStatus.GIVEN_UP, last_error=why)
    else:
        Letter.objects.filter(pk=letter.pk).update(last_error=why)


def end(letter, status, **facts):
    """Write how a waiting letter ended, along its MOVES. Sending is no official act: the row itself is the record."""
    if status not in Letter.MOVES[LetterStatus.WAITING]:
        raise ValueError(status)
    Letter.objects.waiting().filter(pk=letter.pk).update(status=status, **facts)


def hold_back():
    """The server is away: every other letter that is due waits too, without losing a try."""
    Letter.objects.due().update(next_try_at=timezone.now() + PROBE_PAUSE)


def _hang_up(server):
    try:
        server.close()
    except OSError:
        log.warning("mail server went away before goodbye")


# ---------------------------------------------------------------- what a letter says at the moment of sending


def as_mail(letter):
    """The mail as it may go out now, or None and why not: rights are those of this moment, not of the deed."""
    person = User.objects.filter(pk=letter.person_id).first()
    if person is not None and not person.is_active:
        return None, NO_RIGHT
    if letter.kind in BY_CONSENT and not Consent.objects.mailable([person.pk]):
        return None, NO_CONSENT
    subject, body, reason = letter.subject, letter.body, ""
    if letter.kind == LetterKind.DIGEST:
        subject, body, reason = digest_text(letter, person)
    elif letter.record_id is not None and not may_read(person, letter):
        reason = NO_RIGHT
    to = person.email if person else letter.to
    if reason or not to:
        return None, reason or NO_ADDRESS
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers), ""


def may_read(person, letter):
    """Whether the person may still see the record that the letter is about."""
    model = letter.record_type.model_class()
    return person is not None and model.objects.visible_to(person).filter(pk=letter.record_id).exists()


def digest_text(letter, person):
    """Subject and body of a digest of what is unread and still in sight, and why there is nothing to send."""
    unread = list(letter.gathered.unread().select_related("subject_type").order_by("pk"))
    texts = [notice.text for notice in still_in_sight(person, unread)]
    if not texts:
        return "", "", NO_RIGHT if unread else ALL_READ
    shown = texts[:IN_A_DIGEST]
    if len(texts) > len(shown):
        shown.append(f"và {len(texts) - len(shown)} thông báo khác")
    context = {"person": person, "count": len(texts), "texts": shown, "link": link("/thong-bao/")}
    return *compose("mail/digest.txt", context), ""


def still_in_sight(person, notices):
    """Those whose record the person may see now; one query for each kind of record."""
    seen = {}
    for kind in {notice.subject_type for notice in notices}:
        wanted = [notice.subject_id for notice in notices if notice.subject_type == kind]
        visible = kind.model_class().objects.visible_to(person).filter(pk__in=wanted)
        seen[kind] = set(visible.values_list("pk", flat=True))
    return [notice for notice in notices if notice.subject_id in seen[notice.subject_type]]


# ---------------------------------------------------------------- once a day


@transaction.atomic
def gather_digests():
    """One letter a day for each person who wants it so and has unread notices that no letter carries."""
    moment = timezone.localtime()
    if moment.hour < settings.DIGEST_HOUR:
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [GATHERERS])
    day = f"{moment.date():%Y-%m-%d}"
    chosen = _for_digest(day)
    people = User.objects.filter(pk__in={notice.person_id for notice in chosen})
    letters = [
        Letter(
            key=f"digest:{person.pk}:{day}",
            kind=LetterKind.DIGEST,
            person=person,
            to=person.email,
            subject=f"Thông báo chưa đọc, ngày {moment:%d/%m/%Y}",
        )
        for person in people
    ]
    Letter.objects.bulk_create(letters)
    key = Concat(Value("digest:"), Cast(OuterRef("person_id"), CharField()), Value(f":{day}"))
    of_person = Letter.objects.filter(key=key).values("pk")[:1]
    Notice.objects.filter(pk__in=[notice.pk for notice in chosen]).update(digest=Subquery(of_person))


def _for_digest(day):
    """Notices to gather: of people who have no digest of that day yet and want one for the group."""
    waiting = list(Notice.objects.unsent().exclude(person__in=served_on(day)).only("pk", "person_id", "kind"))
    people = {notice.person_id for notice in waiting}
    wish, agreed = NoticeSetting.objects.wishes(people), Consent.objects.mailable(people)
    return [
        notice
        for notice in waiting
        if notice.person_id in agreed
        and wish(notice.person_id, NoticeKind(notice.kind).group) == MailWish.DAILY
    ]


def served_on(day):
    """Those who have their digest of that day."""
    digests = Letter.objects.filter(kind=LetterKind.DIGEST, person__isnull=False, key__endswith=f":{day}")
    return digests.values("person")


def clear_old_notices():
    """Forget notices that were read long ago; returns how many."""
    before = timezone.now() - dt.timedelta(days=settings.NOTICE_KEEP_DAYS)
    return Notice.objects.filter(read_at__lt=before).delete()[0]
