"""In which units a record counts on a day: its own, and those in which it is found after a reform. No doubling.

A record keeps its own unit for ever; whoever asks for that unit, or for the one that took it over, finds it once.
Where several old units went over into one new one, the old province and district still count the new unit's records
while all of it came from them.
"""

from dataclasses import dataclass, field

from foundation.areas.models import WHOLE, Area, AreaKind, Placement, Succession, Whereabouts
from products.models import Product


def key(area):
    """What identifies a unit in the books: its code above communes (it keeps its meaning there), else its row."""
    return f"{area.kind}-{area.code}" if area.kind != "commune" else f"commune-{area.pk}"


@dataclass(frozen=True)
class Grounds:
    """Of a day: ``keys`` of every unit by its row; where single records were placed; which units formed a unit."""

    units: dict
    keys: dict
    placed: dict = field(default_factory=dict)
    former: dict = field(default_factory=dict)

    def of(self, area, record=None):
        """Keys of every unit in which a record of this unit counts; an officer's decision on the record goes first."""
        own = self.keys.get(area, frozenset())
        if record is not None and (decided := self.placed.get(record)):
            return own | self.keys[decided]
        return own


def read(day):
    """One query; after a reform three more."""
    units = {unit.pk: unit for unit in Area.objects.with_parents()}
    own = {pk: frozenset(key(above) for above in unit.chain) for pk, unit in units.items()}
    if not any(unit.valid_to and unit.valid_to < day for unit in units.values()):
        return Grounds(units, own)
    stays = list(Whereabouts.objects.on(day).values_list("origin", "place", "left"))
    guests = {}
    for origin, place, left in stays:
        if origin != place and left is None:
            guests.setdefault(place, []).append(origin)
    back = {place: _common(units, origins) for place, origins in guests.items() if place in units}
    keys = dict(own)
    for place, more in back.items():
        keys[place] = own[place] | more
    for origin, place, _ in stays:
        keys[origin] = own[origin] | own[place]
    for place, more in back.items():
        keys[place] |= more
    placed = dict(Placement.objects.of(Product).in_force(day).values_list("subject_id", "unit"))
    return Grounds(units, keys, placed, _former(units, day))


def _common(units, origins):
    """Keys of the old province and district in which all of these units lay."""
    shared = None
    for origin in origins:
        above = {key(unit) for unit in units[origin].chain if unit.kind != AreaKind.COMMUNE}
        shared = above if shared is None else shared & above
    return frozenset(shared or ())


def _former(units, day):
    """Key of a unit → keys of the units of its own level that went over into it whole, by the day."""
    found = {}
    steps = Succession.objects.filter(relation__in=WHOLE, day__lte=day).order_by("old__code", "old")
    for old, new in steps.values_list("old", "new"):
        before, after = key(units[old]), key(units[new])
        if units[old].kind == units[new].kind and before != after:
            found.setdefault(after, {})[before] = None
    return {after: tuple(parts) for after, parts in found.items()}
