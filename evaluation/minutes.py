"""Who sat and who stood back, for the minutes: as the sittings say it, and the sheets where no sitting was held."""

from dataclasses import dataclass

from evaluation.models import Attendance, ScoreSheet
from evaluation.sittings import last_sittings


@dataclass
class Presence:
    """A member at a sitting; ``reason`` for an absence."""

    seat: object
    present: bool
    reason: str = ""


def attendance_at(cases):
    """The members over all these cases: present is who was there for one of them. Three statements for any number.

    Of a case without a sitting: present is who handed in a sheet.
    """
    sittings = last_sittings(cases)
    found = {}
    for said in (*_at(sittings.values()), *_by_sheets([case for case in cases if case.pk not in sittings])):
        row = found.setdefault(said.seat.pk, said)
        if said.present:
            row.present, row.reason = True, ""
    return list(found.values())


def _at(sittings):
    """What the lists of attendance of these sittings say."""
    rows = Attendance.objects.filter(sitting__in=set(sittings)).select_related("seat__user", "seat__council")
    for row in rows.order_by("sitting__day", "sitting_id", "seat_id"):
        yield Presence(row.seat, row.present, row.excuse)


def _by_sheets(cases):
    """What the sheets of these cases say."""
    sheets = ScoreSheet.objects.filter(case__in=cases).standing().select_related("seat__user")
    for sheet in sheets.order_by("case_id", "seat_id"):
        here = sheet.handed_in_at is not None
        yield Presence(sheet.seat, here, "" if here else "Không nộp phiếu")
