"""Who sat and who stood back, for the minutes: as the sittings say it, and the sheets where no sitting was held."""

from dataclasses import dataclass

from evaluation import sittings


@dataclass
class Presence:
    """A member at a sitting; ``reason`` for an absence."""

    seat: object
    present: bool
    reason: str = ""


def attendance_of(case):
    """Who was at the case's sitting. Of a case without one: present is who handed in a sheet."""
    if sittings.sitting_of(case):
        return [Presence(row.seat, row.present, row.excuse) for row in sittings.attendance_of(case)]
    sheets = case.sheets.standing().select_related("seat__user").order_by("seat_id")
    return [
        Presence(sheet.seat, sheet.handed_in_at is not None, "" if sheet.handed_in_at else "Không nộp phiếu")
        for sheet in sheets
    ]


def attendance_at(cases):
    """The members over all these cases: present is who was there for one of them."""
    found = {}
    for case in cases:
        for said in attendance_of(case):
            row = found.setdefault(said.seat.pk, said)
            if said.present:
                row.present, row.reason = True, ""
    return list(found.values())
