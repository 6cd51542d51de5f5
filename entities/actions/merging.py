"""Two records of one producer become one."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import merging, notices, permissions
from entities.actions.producers import begin
from entities.models import Entity, EntityStatus
from foundation.trail.moves import write


@transaction.atomic
def merge(entity, *, by, into, reason):
    """Everything of ``entity`` passes to ``into``; the emptied record stays as history and points there.

    All or nothing, and there is no way back: who did it, why and what moved stands in the trail of both.
    """
    entity, into = _both_locked(entity, into)
    require(permissions.may_merge(by, entity, into))
    pieces = merging.pieces(entity, into)
    if clashes := [piece.clash for piece in pieces if piece.clash]:
        raise ValidationError([f"Chưa gộp được: {clash}." for clash in clashes])
    merging.pass_on(entity, into, by=by)
    said = "; ".join(f"{piece.kind}: {piece.count}{' (ở lại)' if piece.stays else ''}" for piece in pieces)
    note = f"{entity.name} ({entity.code}) vào {into.name} ({into.code}). {reason}. {said}"[:2000]
    begin(entity, EntityStatus.MERGED, None, by=by, note=note, merged_into=into)
    write(into, "Nhận hồ sơ gộp", by=by, note=note)
    notices.producer_merged(entity, into, by=by)
    return into


def _both_locked(entity, into):
    """Both rows, locked in the order of their keys, so that two merges cannot wait for each other."""
    if entity.pk == into.pk:
        raise ValidationError("Hãy chọn một hồ sơ khác để gộp vào.")
    keys = [entity.pk, into.pk]
    rows = {
        row.pk: row
        for row in Entity.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    return rows[entity.pk], rows[into.pk]
