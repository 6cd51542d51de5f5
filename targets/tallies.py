"""Counting dated facts that are no stars: visits, events, ideas, dossiers, returns. No Django.

A flow is what happened from 1 January of the year to the day; it begins anew each year.
"""

import datetime as dt
from dataclasses import dataclass

from targets.counting import Figure, between


@dataclass(frozen=True)
class Happening:
    """One dated fact. ``areas`` are the keys of every unit it lies in; ``thing`` is what counts once."""

    key: int
    areas: frozenset
    day: dt.date
    is_demo: bool = False
    value: object = 1
    thing: object = None
    word: str = ""


@dataclass(frozen=True)
class Tally(Figure):
    """A number of dated facts. ``rows`` are the very facts behind it."""

    rows: tuple = ()

    @property
    def demo(self):
        """How many of the facts are invented ones of a demonstration."""
        return sum(row.is_demo for row in self.rows)

    @property
    def text(self):
        """12, or 1.250,5 (a sum of money), or that nothing is known."""
        if not self.known:
            return "chưa có số liệu"
        return between(*(_said(value) for value in (self.low, self.high)))


def _said(value):
    whole, _, rest = f"{value:,.2f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def within(happenings, area, year, day):
    """The facts of the unit from 1 January of the year to the day, in their order."""
    inside = (row for row in happenings if area in row.areas and row.day.year == year and row.day <= day)
    return tuple(sorted(inside, key=lambda row: (row.day, row.key)))


def flow(happenings, area, year, day, *, note=""):
    """How many things happened in the year by the day."""
    rows = within(happenings, area, year, day)
    things = {row.key if row.thing is None else row.thing for row in rows}
    return Tally(low=len(things), high=len(things), rows=rows, note=note)


def sum_of(happenings, area, *, missing, note=""):
    """What the facts of the unit come to together; unknown, never zero, while there are none."""
    rows = tuple(row for row in happenings if area in row.areas)
    if not rows:
        return Tally(note=missing)
    total = sum(row.value for row in rows)
    return Tally(low=total, high=total, rows=rows, note=note)
