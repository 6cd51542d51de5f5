"""Where the records of a unit are found on any day, worked out from units and their successions. No Django.

A record stays with its unit while the unit lives. Then it follows whole successions (continued, renamed, merged whole)
to the one unit that took over. Where a unit was split, or no source states who took over, nobody can tell from the unit
alone where one record belongs: it waits at the unit above, which itself follows its own succession.
"""

import datetime as dt
from dataclasses import dataclass, replace

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Unit:
    """One stretch of a unit's life; ``first`` None: from the beginning, ``last`` None: still in being."""

    pk: int
    parent: int | None
    first: dt.date | None
    last: dt.date | None

    def lives_on(self, day):
        """Whether the unit exists on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or self.last >= day)


@dataclass(frozen=True)
class Step:
    """One line of succession. ``whole``: everything goes over; ``same``: it is the same unit under another name."""

    old: int
    new: int | None
    whole: bool
    same: bool = False


@dataclass(frozen=True)
class Stay:
    """Where records of ``origin`` are found from ``first`` to ``last``.

    ``pending``: they wait there to be assigned one by one, because ``left`` is the last unit of which we know for sure.
    ``same``: the place is the origin itself under another name, so that its office simply goes on.
    """

    origin: int
    place: int
    first: dt.date | None
    last: dt.date | None
    pending: bool = False
    same: bool = False
    left: int | None = None


class Whereabouts:
    """The stays of every unit. Every day from a unit's first one on lies in exactly one of its stays."""

    def __init__(self, units, steps):
        self.units = {unit.pk: unit for unit in units}
        self.steps = {}
        for step in steps:
            self.steps.setdefault(step.old, []).append(step)
        self.known = {}

    def all(self):
        """The stays of all units, unit by unit, each in the order of time."""
        return [stay for pk in self.units for stay in self.of(pk)]

    def of(self, pk):
        """The stays of one unit."""
        if pk not in self.known:
            unit = self.units[pk]
            own = Stay(pk, pk, unit.first, unit.last, same=True)
            self.known[pk] = [own] if unit.last is None else [own, *self._after(unit, unit.last + DAY)]
        return self.known[pk]

    def _after(self, unit, day):
        """The stays from the day on which the unit is no more."""
        heir = self._heir(unit, day)
        if heir is not None:
            later = _from(self.of(heir.new), day)
            return [replace(stay, origin=unit.pk, same=stay.same and heir.same) for stay in later]
        waiting = {"origin": unit.pk, "pending": True, "same": False, "left": unit.pk}
        if unit.parent is None:
            return [Stay(place=unit.pk, first=day, last=None, **waiting)]
        return [replace(stay, **waiting) for stay in _from(self.of(unit.parent), day)]

    def _heir(self, unit, day):
        """The step to the one unit that took everything over and exists on that day, or None."""
        steps = self.steps.get(unit.pk, ())
        if len(steps) != 1 or not steps[0].whole or steps[0].new is None:
            return None
        return steps[0] if self.units[steps[0].new].lives_on(day) else None


def _from(stays, day):
    """The stays from that day on."""
    kept = (stay for stay in stays if stay.last is None or stay.last >= day)
    return [replace(stay, first=max(stay.first or day, day)) for stay in kept]
