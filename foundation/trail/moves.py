"""A status has a table; ``move`` walks it and writes the trail in the same transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.trail.canonical import one_line
from foundation.trail.models import Detail, Entry


class IllegalMove(ValidationError):
    """The MOVES table of the record does not allow this step from where it stands now."""


@transaction.atomic(savepoint=False)
def write(record, act, *, by, old="", new="", note=""):
    """Leave one entry about the record. ``by`` None means the portal itself.

    The note and the place go into the detail; the entry keeps its digest. The database links the entry when the
    transaction is committed.
    """
    detail = Detail.sealed(note)
    facts = {"act": act, "old": old, "new": new, "role": getattr(by, "acting_role_label", "")}
    detail.entry = Entry.objects.create(
        subject=record, by=by, digest=detail.digest, **{name: one_line(text) for name, text in facts.items()}
    )
    detail.save(force_insert=True)
    return detail.entry


@transaction.atomic(savepoint=False)
def write_all(acts, *, by):
    """Leave one entry about each of many records: (record, act, note). Two statements, however many there are."""
    details, role = [], one_line(getattr(by, "acting_role_label", ""))
    for record, act, note in acts:
        detail = Detail.sealed(note)
        detail.entry = Entry(subject=record, by=by, digest=detail.digest, act=one_line(act), role=role)
        details.append(detail)
    Entry.objects.bulk_create([detail.entry for detail in details], batch_size=1_000)
    for detail in details:
        detail.entry_id = detail.entry.pk
    Detail.objects.bulk_create(details, batch_size=1_000)


@transaction.atomic
def move(record, to, *, by, note="", **facts):
    """Change ``record.status`` along its MOVES table and leave one entry behind.

    The row is locked first, so of two officers who decide at once the slower one reads a message. ``facts`` are other
    columns that become true in the same moment (``submitted_on=…``). Raises IllegalMove when the table says no.
    """
    row = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    labels = dict(row._meta.get_field("status").choices)
    if to not in row.MOVES.get(row.status, ()):
        raise IllegalMove(
            f"Không thể chuyển sang “{labels[to]}” vì {row._meta.verbose_name} đang ở trạng thái "
            f"“{row.get_status_display()}”. Hãy tải lại trang để xem tình trạng mới nhất."
        )
    write(record, labels[to], by=by, old=row.status, new=to, note=note)
    for name, value in {"status": to, **facts}.items():
        setattr(record, name, value)
    record.save(update_fields=["status", *facts])


def diagram(model):
    """The model's MOVES table as a Mermaid state diagram."""
    arrows = [f"    {old} --> {new}" for old, news in model.MOVES.items() for new in sorted(news)]
    labels = [f"    {value}: {label}" for value, label in model._meta.get_field("status").choices]
    return "\n".join(["stateDiagram-v2", *labels, *arrows, ""])


def models_with_moves(models):
    """Those of the models that have a MOVES table, by label."""
    return {model._meta.label_lower: model for model in models if hasattr(model, "MOVES")}
