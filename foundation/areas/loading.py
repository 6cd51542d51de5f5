"""Administrative units and their successions from the files in ``data/``; may run as often as one likes."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from foundation.areas import whereabouts
from foundation.areas.models import (
    CONTINUED,
    WHOLE,
    Area,
    AreaKind,
    Relation,
    Succession,
    Whereabouts,
)
from foundation.reference import Loaded, read, store

DATA = Path(__file__).resolve().parent / "data"

# Each list states the units from its first to its last day; None means open.
PERIODS = (
    ("admin_units_2024.csv", None, dt.date(2024, 12, 31)),
    ("admin_units_2025_h1.csv", dt.date(2025, 1, 1), dt.date(2025, 6, 30)),
    ("admin_units_2025.csv", dt.date(2025, 7, 1), None),
)
TOP_DOWN = (AreaKind.PROVINCE, AreaKind.DISTRICT, AreaKind.COMMUNE)
RELATIONS = {
    "renamed": Relation.RENAMED,
    "retyped": Relation.RENAMED,
    "renamed_and_retyped": Relation.RENAMED,
    "merged_full": Relation.MERGED_FULL,
    "merged_partial": Relation.MERGED_PARTIAL,
    "withdrawn": Relation.WITHDRAWN,
    "abolished": Relation.WITHDRAWN,
}
KEY = ("kind", "code", "valid_from")
FACTS = ("type_name", "name", "full_name", "parent_id", "valid_to")
UNIT = ("pk", "parent_id", "valid_from", "valid_to")
STAY = ("origin_id", "first")
STAYS = ("place_id", "last", "continues", "left_id")
SAME_UNIT = "giữ nguyên tên; đơn vị cấp trên thay đổi"


@transaction.atomic
def load():
    """Load units and successions and work out the whereabouts; returns one Loaded for each."""
    spells = read_spells()
    units, areas = store_areas(spells)
    rows = [succession(row, units) for row in read(DATA / "succession.csv")]
    rows += carried_over(spells, units, {(row.old_id, row.day) for row in rows})
    stored, successions = store(
        Succession.objects.all(),
        rows,
        key=("old_id", "new_id", "day"),
        fields=("relation", "evidence"),
        what="bước kế thừa",
    )
    forget_earlier_word(stored, rows)
    return [areas, successions, store_whereabouts()]


def read_spells():
    """One unsaved unit per stretch of time in which name, type and the row of its parent stay the same.

    Keyed by level, code and first day; ``parent_key`` on each is the key of its parent's stretch.
    """
    spells, before = {}, {}
    for name, first, last in PERIODS:
        now = {}
        for row in sorted(read(DATA / name), key=lambda row: TOP_DOWN.index(row["level"])):
            spell = _continued(row, before, now) or _begun(row, first, now)
            spell.valid_to = last
            now[row["level"], row["code"]] = spell
            spells[spell.kind, spell.code, spell.valid_from] = spell
        before = now
    return spells


def _continued(row, before, now):
    """The unit's stretch of the period before, if nothing about it changed."""
    old = before.get((row["level"], row["code"]))
    same = old and (old.full_name, old.type_name) == (row["full_name"], row["type"])
    return old if same and old.parent_key == _parent_key(row, now) else None


def _begun(row, first, now):
    """A stretch that begins with the period."""
    spell = Area(
        code=row["code"],
        kind=row["level"],
        type_name=row["type"],
        name=row["name"],
        full_name=row["full_name"],
        valid_from=first,
    )
    spell.parent_key = _parent_key(row, now)
    return spell


def _parent_key(row, now):
    """Key of the parent's stretch in this period; None above the province."""
    code = row["parent_code"]
    parent = next((now[kind, code] for kind in TOP_DOWN if (kind, code) in now), None) if code else None
    return parent and (parent.kind, parent.code, parent.valid_from)


def store_areas(spells):
    """Store provinces, then districts, then communes, so that parents have keys; returns units by key."""
    units, counts = {}, []
    for kind in TOP_DOWN:
        rows = [spell for key, spell in spells.items() if key[0] == kind]
        for spell in rows:
            spell.parent = units.get(spell.parent_key)
        stored, loaded = store(Area.objects.filter(kind=kind), rows, key=KEY, fields=FACTS, what=kind.label)
        units.update(stored)
        counts.append(loaded)
    return units, Loaded.together("đơn vị hành chính theo thời kỳ", counts)


def succession(row, units):
    """One line of succession.csv: the old unit as it stood the day before, the new one as it begins that day."""
    day = dt.date.fromisoformat(row["effective_date"])
    old = unit_on(units, row["level"], row["old_code"], day - dt.timedelta(days=1))
    new = unit_on(units, row["level"], row["new_code"], day) if row["new_code"] else None
    return Succession(
        old=old, new=new, day=day, relation=RELATIONS[row["relation"]], evidence=row["evidence"]
    )


def carried_over(spells, units, told):
    """Units that begin a new stretch only because their parent did: they go over into themselves."""
    rows = []
    for kind, code, first in spells:
        if first is None:
            continue
        old = unit_on(units, kind, code, first - dt.timedelta(days=1))
        new = units[kind, code, first]
        if old and old.full_name == new.full_name and (old.pk, first) not in told:
            rows.append(Succession(old=old, new=new, day=first, relation=Relation.SAME, evidence=SAME_UNIT))
    return rows


def forget_earlier_word(stored, rows):
    """Take away what the files said before of a unit and a day of which they now say something else."""
    said = {(row.old_id, row.new_id, row.day) for row in rows}
    spoken_of = {(row.old_id, row.day) for row in rows}
    old = [row.pk for key, row in stored.items() if key not in said and (row.old_id, row.day) in spoken_of]
    Succession.objects.filter(pk__in=old).delete()


def unit_on(units, kind, code, day):
    """The unit that bears the code on that day, or None."""
    for unit in units.values():
        begun = unit.valid_from is None or unit.valid_from <= day
        lasts = unit.valid_to is None or unit.valid_to >= day
        if (unit.kind, unit.code) == (kind, code) and begun and lasts:
            return unit
    return None


def store_whereabouts():
    """Work out from the tables where records are found, and keep exactly that."""
    units = [whereabouts.Unit(*facts) for facts in Area.objects.values_list(*UNIT)]
    steps = [
        whereabouts.Step(old, new, whole=relation in WHOLE, same=relation in CONTINUED)
        for old, new, relation in Succession.objects.values_list("old_id", "new_id", "relation")
    ]
    rows = [
        Whereabouts(
            origin_id=stay.origin,
            place_id=stay.place,
            first=stay.first,
            last=stay.last,
            continues=stay.same,
            left_id=stay.left,
        )
        for stay in whereabouts.Whereabouts(units, steps).all()
    ]
    stored, loaded = store(
        Whereabouts.objects.all(), rows, key=STAY, fields=STAYS, what="nơi tìm thấy bản ghi"
    )
    kept = {(row.origin_id, row.first) for row in rows}
    Whereabouts.objects.filter(pk__in=[row.pk for key, row in stored.items() if key not in kept]).delete()
    return loaded
