"""Deeds on producers: write down, put right, status by status, yearly figures, photos."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import permissions
from entities.actions.facts import altered
from entities.models import Entity, EntityPhoto, EntityStatus, Spell, YearFigures
from entities.models.facts import new_code
from foundation import clock
from foundation.trail.moves import move, write, write_all

OUTSIDE = "Xã, phường này không thuộc địa bàn của bạn."


@transaction.atomic
def enter_producer(*, by, area, logo=None, **facts):
    """An officer writes a producer down on its behalf; its people take the record over later."""
    require(permissions.may_enter_producer(by, area), OUTSIDE)
    return enter(by=by, area=area, act="Ghi chủ thể", logo=logo, **facts)


def enter(*, by, area, act, logo=None, **facts):
    """Make the record, a candidate from today; who may is asked before, by the deed that calls this."""
    entity = Entity(code=f"ct-{new_code()}", area=area, **facts)
    _store(entity, logo)
    first_spells([(entity, act)])
    write(entity, act, by=by, new=entity.status)
    return entity


def first_spells(made):
    """The first spell of records just made: (record, note). One statement, however many there are.

    A candidate is one from today. Whoever takes part already does so since a day that nobody states; today vouches.
    """
    today = clock.today()
    Spell.objects.bulk_create(
        [
            Spell(
                entity=entity,
                status=entity.status,
                since=today if entity.status == EntityStatus.CANDIDATE else None,
                seen_on=today,
                note=note[:300],
            )
            for entity, note in made
        ],
        batch_size=1_000,
    )


def found_taking_part(found, *, by):
    """Candidates that a list proves to take part do so, since a day that nobody states: (record, note).

    Who may is asked by the deed that calls this. A record that is no candidate any more is left alone.
    """
    notes = {entity.pk: (entity, note) for entity, note in found}
    waiting = Entity.objects.filter(pk__in=notes, status=EntityStatus.CANDIDATE).order_by("pk")
    keys = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        return
    joined = [notes[key] for key in keys]
    Spell.objects.running().filter(entity__in=keys).update(until=clock.today())
    for entity, _ in joined:
        entity.status = EntityStatus.PARTICIPATING
    Entity.objects.bulk_update([entity for entity, _ in joined], ["status"], batch_size=500)
    first_spells(joined)
    write_all([(entity, EntityStatus.PARTICIPATING.label, note) for entity, note in joined], by=by)


@transaction.atomic
def revise_producer(entity, *, by, logo=None, **facts):
    """Put facts right; the trail says what they were. A tax code that the producer typed waits to be checked."""
    entity = _locked(entity, by)
    office = permissions.keeps_producer(by, entity)
    if facts.get("area", entity.area) != entity.area:
        require(office and permissions.may_enter_producer(by, facts["area"]), OUTSIDE)
    if "tax_code" in facts and (office or facts["tax_code"] != entity.tax_code):
        entity.tax_code_checked = office
    said = altered(entity, facts)
    _store(entity, logo)
    if said or logo:
        write(entity, "Sửa chủ thể", by=by, note=(said or "thay biểu trưng")[:2000])
    return entity


@transaction.atomic
def change_status(entity, *, by, status, since, note=""):
    """From that day on the producer stands otherwise; without a day nobody knows since when."""
    entity = _locked(entity, by)
    require(permissions.may_change_status(by, entity))
    if since is not None and since > clock.today():
        raise ValidationError({"since": "Ngày bắt đầu không được sau hôm nay."})
    begin(entity, status, since, by=by, note=note)


def begin(entity, status, since, *, by, note="", **facts):
    """End the spell that runs and begin the next, with the move; who may is asked by the deed that calls this."""
    day = since or clock.today()
    running = entity.spells.running().select_for_update().first()
    if running is not None:
        if day < running.first and running.status == EntityStatus.CANDIDATE:
            running.until = running.first  # it took part before anybody wrote it down here as a candidate
        elif day < running.first:
            raise ValidationError(
                {
                    "since": f"Tình trạng hiện tại bắt đầu từ {running.first:%d/%m/%Y}; hãy chọn ngày không sớm hơn."
                }
            )
        else:
            running.until = day
        running.save(update_fields=["until"])
    Spell.objects.create(entity=entity, status=status, since=since, seen_on=day, note=note[:300])
    move(entity, status, by=by, note=note, **facts)


def take_part(entity, since, *, by, note):
    """A candidate takes part from the day on which it sends its first idea."""
    entity = Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    if entity.status != EntityStatus.CANDIDATE:
        return
    running = entity.spells.running().first()
    begin(
        entity, EntityStatus.PARTICIPATING, max(since, running.first) if running else since, by=by, note=note
    )


@transaction.atomic
def keep_year(entity, *, by, year, **figures):
    """State the figures of a year, or state them anew."""
    entity = _locked(entity, by)
    row = YearFigures.objects.filter(entity=entity, year=year).first() or YearFigures(
        entity=entity, year=year
    )
    said = altered(row, figures)
    row.validate_constraints()
    row.save()
    if said:
        write(entity, f"Ghi số liệu năm {year}", by=by, note=said)
    return row


@transaction.atomic
def strike_year(row, *, by):
    """Take the figures of a year out."""
    entity = _locked(row.entity, by)
    said = f"doanh thu {row.revenue}, lợi nhuận {row.profit}, lao động {row.workers}"
    write(entity, f"Bỏ số liệu năm {row.year}", by=by, note=said)
    row.delete()


@transaction.atomic
def add_photo(entity, *, by, image, caption, place=1):
    """Show a photo on the producer's page."""
    entity = _locked(entity, by)
    photo = EntityPhoto(entity=entity, caption=caption, place=place)
    photo.image.save("photo.jpg", image, save=False)
    photo.save()
    write(entity, "Thêm ảnh chủ thể", by=by, note=caption)
    return photo


@transaction.atomic
def remove_photo(photo, *, by):
    """Take a photo from the producer's page."""
    entity = _locked(photo.entity, by)
    write(entity, "Bỏ ảnh chủ thể", by=by, note=photo.caption)
    stored, storage = photo.image.name, photo.image.storage
    photo.delete()
    transaction.on_commit(lambda: storage.delete(stored))


def _store(entity, logo):
    """Check the table's conditions and save, with the logo if there is one; an older one goes when all is kept."""
    entity.validate_constraints()
    before, storage = entity.logo.name, entity.logo.storage
    if logo:
        entity.logo.save("logo.jpg", logo, save=False)
    entity.save()
    if logo and before:
        transaction.on_commit(lambda: storage.delete(before))


def _locked(entity, by):
    """The producer, locked, if this person may change it."""
    entity = Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    require(permissions.may_edit_producer(by, entity))
    return entity
