"""Periods of progress reports: a month, a quarter, six and nine months, a year. No Django.

Every report tells of its whole year up to the period's last day; its ``slug`` stands in the database and in addresses.
"""

import datetime as dt
import re
from dataclasses import dataclass

ROMAN = ("I", "II", "III", "IV")
SLUG = re.compile(r"(?P<year>\d{4})(-(?P<part>\d{2}|q[1-4]|6t|9t))?")
HALF, NINE = "6t", "9t"


@dataclass(frozen=True)
class Period:
    """One period: ``kind`` is a word of the timetable, ``last`` its last month."""

    kind: str
    year: int
    last: int

    @property
    def end(self):
        """Its last day."""
        following = dt.date(self.year + self.last // 12, self.last % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    @property
    def slug(self):
        """2024-09, 2024-q3, 2024-6t, 2024-9t, 2024."""
        part = {"month": f"{self.last:02}", "quarter": f"q{self.last // 3}", "half": HALF, "nine": NINE}
        return f"{self.year}-{part[self.kind]}" if self.kind in part else f"{self.year}"

    @property
    def label(self):
        """tháng 9 năm 2024, quý III năm 2024, 6 tháng đầu năm 2024, năm 2024."""
        return {
            "month": f"tháng {self.last} năm {self.year}",
            "quarter": f"quý {ROMAN[self.last // 3 - 1]} năm {self.year}",
            "half": f"6 tháng đầu năm {self.year}",
            "nine": f"9 tháng đầu năm {self.year}",
            "year": f"năm {self.year}",
        }[self.kind]


# How many months apart the ends of a kind lie, or the one month in which it ends.
LAST_MONTHS = {
    "month": tuple(range(1, 13)),
    "quarter": (3, 6, 9, 12),
    "half": (6,),
    "nine": (9,),
    "year": (12,),
}


def of_year(year, kinds):
    """All periods of these kinds in a year, by their ends."""
    found = [Period(kind, year, last) for kind in kinds for last in LAST_MONTHS[kind]]
    return sorted(found, key=lambda period: (period.last, LAST_MONTHS[period.kind]))


def ended(kinds, day, within):
    """The last period of each kind that has ended before ``day``, unless that is longer ago than ``within`` days.

    After a silence only the last one is written: it holds the whole year up to its end, so nothing is lost.
    """
    latest = {}
    for period in (*of_year(day.year - 1, kinds), *of_year(day.year, kinds)):
        if period.end < day:
            latest[period.kind] = period
    return [period for period in latest.values() if (day - period.end).days <= within]


def parse(slug):
    """The period behind a slug, or None."""
    found = SLUG.fullmatch(slug)
    if found is None:
        return None
    year, part = int(found["year"]), found["part"]
    if part is None:
        return Period("year", year, 12)
    if part in {HALF, NINE}:
        return Period("half", year, 6) if part == HALF else Period("nine", year, 9)
    if part.startswith("q"):
        return Period("quarter", year, 3 * int(part[1]))
    return Period("month", year, int(part)) if 1 <= int(part) <= 12 else None
