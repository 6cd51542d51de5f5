"""Counting producers: who takes part, who is new or strengthened in a year, who sells in modern channels. No Django.

Newly developed or strengthened is what happened in the year: a producer counts once, whatever else was done for it, and
also when it leaves later. A share is a state: who has left is in neither of its parts. Balances follow the rule of
``counting``; without one the records are counted, and the figure says that it knows no more than them.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from functools import cached_property

from targets.counting import Figure, between

FIRST = dt.date.min


@dataclass(frozen=True)
class Maker:
    """One producer, as far as counting needs it. ``areas`` are the keys of every unit it lies in."""

    pk: int
    areas: frozenset
    kind: str
    is_demo: bool = False


@dataclass(frozen=True)
class Span:
    """Something of a producer from day to day: its taking part, a modern channel, a strengthening (one day)."""

    maker: Maker
    first: dt.date
    last: dt.date | None = None

    def holds(self, day):
        """On that day; the last day counts."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Headcount:
    """All spans of a unit, read once; answers for any part of it without asking the database again."""

    stays: tuple = ()
    pushes: tuple = ()
    sales: tuple = ()

    def taking_part(self, area, day):
        """Producers of the unit that take part that day."""
        return _makers(span for span in self.stays if span.holds(day) and area in span.maker.areas)

    def in_modern_channels(self, area, day):
        """Those of them that sell in a modern channel that day."""
        selling = {span.maker.pk for span in self.sales if span.holds(day)}
        return {pk: maker for pk, maker in self.taking_part(area, day).items() if pk in selling}

    @cached_property
    def first_days(self):
        """The day on which each producer first took part."""
        days = {}
        for span in self.stays:
            days[span.maker.pk] = min(span.first, days.get(span.maker.pk, span.first))
        return days

    def happened(self, area, since, day, kind=None):
        """(new, strengthened): producers of the unit for whom it happened after ``since`` and not after ``day``."""
        first = self.first_days
        new = (span for span in self.stays if since < first[span.maker.pk] <= day)
        pushed = (span for span in self.pushes if since < span.first <= day)
        return tuple(
            _makers(span for span in spans if area in span.maker.areas and kind in {None, span.maker.kind})
            for spans in (new, pushed)
        )


def _makers(spans):
    return {span.maker.pk: span.maker for span in spans}


@dataclass(frozen=True)
class Heads(Figure):
    """A number of producers. ``sections``: the producers behind it by the word of their list; "" is all of them."""

    sections: dict = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Share(Heads):
    """Per cent of producers, cut off after one decimal. ``part`` and ``whole`` are the two numbers it comes from."""

    part: Figure = field(default_factory=Figure)
    whole: Figure = field(default_factory=Figure)

    @property
    def sure(self):
        """What is not recorded may lower a share, so only complete records make it sure."""
        return self.complete

    @property
    def text(self):
        """62,5%, or that nothing or not everything is known."""
        if not self.known:
            return "chưa có số liệu"
        said = between(*(f"{value:g}".replace(".", ",") for value in (self.low, self.high)))
        return f"{said}%" if self.complete else f"{said}% đã ghi"


def developed_figure(people, area, year, day, *, balance=None, kind=None, missing=""):
    """Producers newly developed or strengthened in the year up to the day; a balance counts when it is of the year."""
    eve = dt.date(year - 1, 12, 31)
    balance = balance if balance and balance.day > eve else None
    new, pushed = people.happened(area, eve, day, kind)
    counted = new | pushed
    if not (balance or counted):
        return Heads(note=missing)
    earlier = people.happened(area, eve, balance.day, kind) if balance else ({}, {})
    added, included = _split(counted, earlier[0] | earlier[1])
    return Heads(
        low=(balance.low if balance else 0) + len(added),
        high=(balance.high if balance else 0) + len(added),
        balance=balance,
        added=added,
        included=included,
        complete=balance is not None,
        sections={"": _ordered(counted), "moi": _ordered(new), "cung-co": _split(pushed, new)[0]},
    )


def _split(makers, others):
    """(those that are not among the others, those that are)."""
    return tuple(
        _ordered({pk: maker for pk, maker in makers.items() if (pk in others) is inside})
        for inside in (False, True)
    )


def _ordered(makers):
    return tuple(makers[pk] for pk in sorted(makers))


def state_figure(who, day, balance=None):
    """How many there are on a day by the rule of balances; ``who`` gives the producers of a day by key."""
    now = who(day)
    if balance is None:
        return Heads(low=len(now), high=len(now), added=_ordered(now), complete=False)
    then = who(balance.day)
    added, included = _split(now, then)
    ended = _split(then, now)[0]
    steady = len(added) - len(ended)
    return Heads(
        low=max(balance.low + steady, 0),
        high=max(balance.high + steady, 0),
        balance=balance,
        added=added,
        ended=ended,
        included=included,
    )


def modern_share(people, area, day, *, balances=(None, None), missing=""):
    """The share of producers taking part that sell in modern channels; balances: of those that do, and of all."""
    balances = (None, None) if None in balances else balances
    part = state_figure(lambda on: people.in_modern_channels(area, on), day, balances[0])
    whole = state_figure(lambda on: people.taking_part(area, on), day, balances[1])
    if not whole.low:
        return Share(note=missing)
    outside, inside = _split(people.taking_part(area, day), people.in_modern_channels(area, day))
    return Share(
        low=percent(part.low, whole.high),
        high=percent(part.high, whole.low),
        added=part.added,
        ended=part.ended,
        included=part.included,
        against=balances[0],
        balance=balances[1],
        complete=None not in balances,
        part=part,
        whole=whole,
        sections={"": inside, "ngoai": outside},
    )


def percent(part, whole):
    """Per cent, cut off after one decimal."""
    return min(math.floor(1000 * part / whole) / 10, 100.0)
