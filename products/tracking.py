"""Kinds of facts about rated products, and when returns are asked for, from ``data/tracking.yaml``. No Django."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "tracking.yaml"
UPGRADED = "upgraded"


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def fact_kinds():
    """Pairs of code and name."""
    return [(row["code"], row["name"]) for row in facts()["facts"]["kinds"]]


def states():
    """Whether a product is still made: pairs of code and name."""
    return [(row["code"], row["name"]) for row in facts()["returns"]["states"]]


def source():
    """Where the fields of the return come from, in words."""
    return facts()["returns"]["source"]


def open_years(today):
    """The finished years that may still be returned, the last one first."""
    return [today.year - back for back in range(1, facts()["returns"]["years_back"] + 1)]


def due_on(year):
    """The day by which the return of a finished year is wanted."""
    return _day(year + 1, facts()["returns"]["due"])


def reminder_on(today):
    """The reminder that stands to be given today: the last one, unless its days are over; None without."""
    rule = facts()["returns"]
    days = [_day(today.year, text) for text in rule["reminders"]]
    last = max((day for day in days if day <= today), default=None)
    return last if last and (today - last).days < rule["reminder_days"] else None


def _day(year, text):
    month, day = map(int, text.split("-"))
    return dt.date(year, month, day)
