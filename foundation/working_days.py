"""Working days of the offices: weekends, dated holidays and exchanged Saturdays from ``data/working_days.yaml``.

A year that the file does not list has its weekends only, so a deadline ends earlier there, never later.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "working_days.yaml"
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
SURE = {"seen", "recalled"}


class CalendarError(ValueError):
    """The file of holidays cannot be right."""


@dataclass(frozen=True)
class Calendar:
    """Days off on which offices would work otherwise, by name, and weekend days on which they work."""

    off: dict
    worked: frozenset
    years: frozenset

    def is_working(self, day):
        """Whether offices work on that day."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def after(self, day, count):
        """The working day that is so many working days after ``day``; the day itself never counts."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def at_or_after(self, day):
        """The day itself when offices work, else the next working day."""
        return day if self.is_working(day) else self.after(day, 1)


def read(data):
    """A Calendar out of the parsed file; raises CalendarError."""
    off, worked = {}, set()
    for year, facts in data["years"].items():
        if facts.get("sure") not in SURE or not facts.get("source"):
            raise CalendarError(f"{year}: cần source và sure (seen hoặc recalled).")
        off |= {day: span["name"] for span in facts["holidays"] for day in _days(year, span)}
        worked |= set(facts.get("worked", ()))
    wrong = [day for day in worked if day.weekday() < SATURDAY]
    if wrong or worked & off.keys():
        raise CalendarError(f"Ngày làm bù phải là thứ Bảy, Chủ nhật và không phải ngày nghỉ: {wrong}")
    return Calendar(off, frozenset(worked), frozenset(data["years"]))


def _days(year, span):
    """Every day from the first to the last of a holiday, both of that year."""
    first, last = span["from"], span["to"]
    if not first <= last or {first.year, last.year} != {year}:
        raise CalendarError(f"{span['name']}: ngày đầu và ngày cuối không hợp lệ trong năm {year}.")
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


@cache
def calendar():
    """The calendar of the file, read once."""
    return read(yaml.safe_load(DATA.read_text(encoding="utf-8")))
