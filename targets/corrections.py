"""What a later correction changed in a figure, and why: the figure as known then beside the one of today."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from entities.models import SalesChannel, Strengthening
from foundation.trail.models import Entry
from products.models import Rating
from targets import printing, progress
from targets.models import FactChange

TABLES = {model._meta.db_table: model for model in (Rating, SalesChannel, Strengthening)}


def differences(books, areas, moment):
    """Rows of ``printing.rows`` whose value differs from what was known at the moment, with ``was`` and ``why``."""
    then = progress.open_books(books.plan, books.day, moment)
    before = {_place(row): row for row in printing.rows(then, areas)}
    rows = ((row, before.get(_place(row), {}).get("value")) for row in printing.rows(books, areas))
    changed = [(row, was) for row, was in rows if row["value"] != was]
    why = reasons(moment) if changed else []
    return [{**row, "was": was, "why": why} for row, was in changed]


def _place(row):
    return row["indicator"], row["area_kind"], row["area"]


def reasons(moment):
    """What was recorded, changed or taken out after the moment, each with what the trail says of it."""
    rows = list(FactChange.objects.since(moment, *TABLES))
    told = _told(rows, moment)
    seen, found = set(), []
    for row in rows:
        if (row.table, row.key) in seen:
            continue
        seen.add((row.table, row.key))
        found.append(
            {
                "what": str(TABLES[row.table]._meta.verbose_name),
                "record": told.names.get((row.table, row.key), ""),
                "at": row.at.isoformat(timespec="seconds"),
                "was": row.was,
                "trail": told.entries.get((row.table, row.key), []),
            }
        )
    return found


class _Told:
    """Names of the changed rows, and the trail's words on them."""

    def __init__(self):
        self.names, self.entries = {}, {}


def _told(rows, moment):
    """The trail on each changed row, and on the product or producer to which it belongs: since the moment."""
    told, subjects = _Told(), {}
    for table, model in TABLES.items():
        keys = {row.key for row in rows if row.table == table}
        owner = "product" if model is Rating else "entity"
        for record in model.objects.select_related(owner).filter(pk__in=keys):
            place = (table, record.pk)
            told.names[place] = str(record)
            for subject in (record, getattr(record, owner)):
                kind = ContentType.objects.get_for_model(subject).pk
                subjects.setdefault((kind, subject.pk), []).append(place)
    if not subjects:
        return told
    about = Q()
    for kind, key in subjects:
        about |= Q(subject_type=kind, subject_id=key)
    for entry in Entry.objects.filter(about, at__gt=moment).with_detail().order_by("pk"):
        said = {
            "at": entry.at.isoformat(timespec="seconds"),
            "who": entry.who,
            "act": entry.act,
            "note": entry.note,
        }
        for place in subjects[entry.subject_type_id, entry.subject_id]:
            told.entries.setdefault(place, []).append(said)
    return told
