"""The timetable of progress reports, from ``data/reports.yaml``. No Django."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from targets import periods

FILE = Path(__file__).parent / "data" / "reports.yaml"
LEVELS = ("province", "district")


@cache
def rules():
    """The province's own rules on reports."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def ended(level, day):
    """The periods whose reports units of this level write now, as slugs can name them."""
    found = rules()
    return periods.ended(found[level], day, found["within_days"])


def offered(level, year, day):
    """The periods of a year that have ended and that units of this level report on, the latest first."""
    known = periods.of_year(year, rules()[level])
    return [period for period in reversed(known) if period.end < day]


def due_on(period):
    """The last day on which a district's report is in time."""
    return period.end + dt.timedelta(days=rules()["due_days"])
