"""What deeds on dated facts share: telling changes in words, keeping evidence, striking a wrong entry out."""

from django.db import transaction

from accounts.permissions import require
from foundation.trail.moves import write
from foundation.ui.exports import as_text


def altered(record, facts):
    """Set these columns; what changed, in words: từ ngày: 01/02/2024 → 01/03/2024."""
    said = []
    for name, value in facts.items():
        before = getattr(record, name)
        if before == value:
            continue
        field = record._meta.get_field(name)
        words = dict(field.flatchoices)
        old, new = (as_text(words.get(shown, shown)) or "trống" for shown in (before, value))
        said.append(f"{field.verbose_name}: {old} → {new}")
        setattr(record, name, value)
    return "; ".join(said)


def store(record, evidence=None):
    """Check the table's conditions and save, with the file if there is one; an older file goes when all is kept."""
    record.validate_constraints()
    before = record.keep_evidence(evidence) if evidence else ""
    record.save()
    if before:
        storage = record.evidence.storage
        transaction.on_commit(lambda: storage.delete(before))
    return record


def strike_out(record, allowed, *, by, note):
    """Take a wrong entry out; its producer's trail keeps what it said and why it went."""
    require(allowed)
    write(record.entity, f"Bỏ {record._meta.verbose_name} ghi sai", by=by, note=f"{record}. {note}")
    stored, storage = record.evidence.name, record.evidence.storage
    record.delete()
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))
