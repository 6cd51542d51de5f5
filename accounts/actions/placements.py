"""Assigning records of a unit that is no more to the unit to which each of them belongs."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import may_place, require
from foundation import clock
from foundation.areas.models import Area, Placement
from foundation.trail.moves import write

ACT = "Xác định đơn vị"


@transaction.atomic
def place(records, *, by, unit, reason, source):
    """Assign these records, all or none, to the unit; each gets its own entry in the trail.

    They count as the unit's from the day of change on. A record that was assigned before may be assigned anew: the
    later decision holds. Returns the placements.
    """
    rows = [_locked(record) for record in sorted(records, key=lambda row: (row._meta.model_name, row.pk))]
    for row in rows:
        require(may_place(by, row))
    return [_assign(row, unit, by=by, reason=reason, source=source) for row in rows]


def _locked(record):
    """The record as it stands now; of two officers who decide at once the slower one reads a message."""
    return type(record).objects.select_for_update(of=("self",)).select_related("area").get(pk=record.pk)


def _assign(row, unit, *, by, reason, source):
    place = row.place_on(clock.today())
    left = place.left or (place.placement and place.placement.left)
    if left is None:
        raise ValidationError(f"“{row}” không chờ xác định đơn vị. Hãy tải lại danh sách.")
    if not place.is_pending and place.placement.unit == unit:
        raise ValidationError(f"“{row}” đã được xác định thuộc {unit}. Hãy tải lại danh sách.")
    day = left.day_of_change
    if not Area.objects.possible_after(left).filter(pk=unit.pk).exists():
        raise ValidationError(
            {"unit": f"{unit} không phải đơn vị có thể nhận bản ghi của {left} vào ngày {day:%d/%m/%Y}."}
        )
    placement = Placement(subject=row, left=left, unit=unit, since=day, reason=reason, source=source, by=by)
    placement.validate_constraints()
    placement.save()
    note = f"{left} → {unit} từ {day:%d/%m/%Y}. Lý do: {reason}. Nguồn: {source}."
    write(row, ACT, by=by, old=left.code, new=unit.code, note=note)
    return placement
