"""Deeds about personal data: answer a consent text, take a copy, make an account anonymous, keep the time limits."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils.module_loading import import_string

from accounts.actions.sessions import end_sessions_of
from accounts.models import (
    Assignment,
    Consent,
    DataExport,
    DataRequest,
    Departure,
    Invitation,
    OfficialName,
    Role,
    User,
)
from accounts.privacy import rules
from accounts.works import privacy as works
from foundation import clock
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.trail.erasure import erase
from foundation.trail.models import Entry
from foundation.trail.moves import write

EXPORT_TITLE = "Dữ liệu của tôi"
FORGOTTEN = "Ẩn danh tài khoản theo quy định về bảo vệ dữ liệu cá nhân"
MOST_COPIES = 5


# ---------------------------------------------------------------- consent
@transaction.atomic
def answer_consent(text, purposes, *, by):
    """Record which purposes the person agrees to; an earlier answer to the same text ends with it."""
    offered = {purpose.key for purpose in text.purposes}
    if unknown := set(purposes) - offered:
        raise ValidationError(f"Mục đích không có trong văn bản: {', '.join(sorted(unknown))}.")
    User.objects.select_for_update().get(pk=by.pk)  # two tabs of one person answer one after the other
    now = clock.now()
    Consent.objects.filter(person=by, text_version=text.version, withdrawn_at__isnull=True).update(
        withdrawn_at=Greatest("at", now)
    )
    consent = Consent.objects.create(person=by, text_version=text.version, purposes=list(purposes), at=now)
    write(by, "Trả lời văn bản về dữ liệu cá nhân", by=by, note=f"{text.version}: {len(purposes)} mục đồng ý")
    return consent


@transaction.atomic
def end_consent(*, by):
    """Take back every agreement in force; returns the answer that ended."""
    User.objects.select_for_update().get(pk=by.pk)
    consent = Consent.objects.in_force().filter(person=by).first()
    if consent is None or not consent.purposes:
        raise ValidationError("Hiện bạn không có sự đồng ý nào để rút lại.")
    consent.withdrawn_at = max(clock.now(), consent.at)
    consent.save(update_fields=["withdrawn_at"])
    write(by, "Rút lại sự đồng ý", by=by, note=consent.text_version)
    return consent


# ---------------------------------------------------------------- a copy
@transaction.atomic
def ask_export(person, *, by):
    """Hand the copy of one's own data over to the workers; returns the Job. Nobody can ask for another's."""
    if person.pk != by.pk:
        raise ValidationError("Mỗi người chỉ tải được dữ liệu của chính mình.")
    User.objects.select_for_update().get(pk=by.pk)
    mine = Job.objects.visible_to(by).doing("accounts.works.privacy.collect_my_data")
    if any(job.is_open for job in mine.recent()[:1]):
        raise ValidationError("Tệp dữ liệu của bạn đang được lập. Hãy chờ việc đó xong.")
    if DataExport.objects.filter(person=by, expires_at__gt=clock.now()).count() >= MOST_COPIES:
        raise ValidationError(f"Bạn đang có {MOST_COPIES} tệp còn hạn. Hãy tải một trong các tệp đó.")
    return enqueue(works.collect_my_data, title=EXPORT_TITLE, by=by, person_id=by.pk)


# ---------------------------------------------------------------- anonymising
def holds_on(person):
    """Why this account cannot be made anonymous now, one sentence each: roles in force, and what other apps say."""
    others = Assignment.objects.on(clock.today()).filter(user=person).exclude(role=Role.PRODUCER)
    held = [f"còn phân công: {charge.get_role_display().lower()}" for charge in others]
    return held + import_string(settings.PERSONAL_HOLDS)(person)


@transaction.atomic
def anonymise(person, *, by):
    """Take name, user name, e-mail and title away for good; official acts keep the name that the documents need.

    ``by`` None is the portal itself. Refused while the person has open work. A second time changes nothing.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    departure, _ = Departure.objects.get_or_create(person=person, defaults={"left_on": clock.today()})
    if departure.anonymised_at:
        return person
    if held := holds_on(person):
        raise ValidationError(f"Chưa thể ẩn danh tài khoản này: {'; '.join(held)}.")
    keep_official_name(person)
    blank(person)
    departure.anonymised_at = clock.now()
    departure.save(update_fields=["anonymised_at"])
    forget_texts_about(person)
    write(person, "Ẩn danh tài khoản", by=by)
    return person


def keep_official_name(person):
    """Freeze the name for documents of official acts, as long as the rules say."""
    if not import_string(settings.PERSONAL_ACTS)(person):
        return
    until = clock.add_months(clock.today(), rules().retention["official_acts"].span.count)
    OfficialName.objects.get_or_create(
        person=person,
        defaults={"full_name": person.full_name, "title": person.title, "kept_until": until},
    )


def blank(person):
    """Nothing of the person is left on the account, and nobody can sign in with it."""
    person.full_name = f"Người dùng đã ẩn danh {person.pk}"
    person.username = f"an-danh-{person.pk}"
    person.email = person.title = ""
    person.is_active, person.last_login, person.demo_order = False, None, None
    person.set_unusable_password()
    person.save()
    Assignment.objects.on(clock.today()).filter(user=person).update(until=clock.today())
    end_sessions_of(person)
    take_away(DataExport.objects.filter(person=person))


def forget_texts_about(person):
    """Erase free texts that may name the person, wherever the portal keeps such texts apart from what must stay.

    The person's own requests and invitation, and what the trail says about the account; the chain of the trail holds
    digests only, so it stays whole. What the person did in office stays.
    """
    Invitation.objects.filter(accepted_by=person).update(full_name=person.full_name, email="", title="")
    erase(Entry.objects.about(person), by=None, why=FORGOTTEN)
    for request in DataRequest.objects.of(person):
        request.what = DataRequest.ERASED
        request.answer = DataRequest.ERASED if request.answer else ""
        request.reason = DataRequest.ERASED if request.reason else ""
        request.save(update_fields=["what", "answer", "reason"])


# ---------------------------------------------------------------- time limits
@transaction.atomic
def take_away(exports):
    """Delete copies and their files; the files go once the rows are gone for sure."""
    rows = list(exports)
    for export in rows:
        storage, name = export.file.storage, export.file.name
        export.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    return len(rows)


@transaction.atomic
def note_departures():
    """Whoever may no longer sign in has left today at the latest; whoever may again has not left."""
    today = clock.today()
    gone = User.objects.filter(is_active=False, departure__isnull=True)
    Departure.objects.bulk_create([Departure(person=person, left_on=today) for person in gone])
    Departure.objects.filter(person__is_active=True, anonymised_at__isnull=True).delete()


def keep_terms():
    """What the night does: note who left, make due accounts anonymous, take away what is past its time.

    May run as often as one likes. An account with open work waits for a later night. Returns how many became anonymous.
    """
    today, count = clock.today(), 0
    note_departures()
    for departure in Departure.objects.due(today).select_related("person").order_by("pk"):
        if not holds_on(departure.person):
            anonymise(departure.person, by=None)
            count += 1
    take_away(DataExport.objects.filter(expires_at__lte=clock.now()))
    OfficialName.objects.past(today).delete()
    kept = rules().retention
    Consent.objects.past(clock.add_months(today, -kept["consent"].span.count)).delete()
    DataRequest.objects.past(clock.add_months(today, -kept["request"].span.count)).delete()
    return count
