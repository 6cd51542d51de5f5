"""The plan, the sourced balances and the remarks from their files into the database; may run any number of times."""

from pathlib import Path

import yaml
from django.db import transaction

from foundation.areas.models import Area
from foundation.sources.models import Source
from targets.models import OpeningBalance, Remark, RemarkKind, Target, Unit, YearPlan

DATA = Path(__file__).parent / "data"
COUNTED = (Unit.PRODUCTS, Unit.VILLAGES, Unit.ENTITIES, Unit.MAKERS, Unit.MODERN)


@transaction.atomic
def load():
    """Load everything; areas and sources must be there. Returns how many rows of each kind the files hold."""
    plans = [_plan(path) for path in sorted(DATA.glob("plan-*.yaml"))]
    facts = _read(DATA / "balances.yaml")
    balances = [row for entry in facts["balances"] for row in _balances(entry)]
    area = plans[0].area
    remarks = [
        _remark(kind, area, position, row)
        for kind, key in ((RemarkKind.CONFLICT, "conflicts"), (RemarkKind.UNDATED, "undated"))
        for position, row in enumerate(facts[key])
    ]
    return {
        "plans": len(plans),
        "targets": sum(plan.targets.count() for plan in plans),
        "balances": len(balances),
        "remarks": len(remarks),
    }


def _read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _area(entry, day):
    """The unit as it was on that day: a code means a unit only together with a day."""
    return Area.objects.on(day).get(kind=entry["kind"], code=entry["code"])


def _cite(row, keys):
    """Give the row exactly these sources; an unknown key is an error of the file (Source.DoesNotExist)."""
    row.sources.set([Source.objects.get(key=key) for key in keys])
    return row


def _plan(path):
    entry = _read(path)
    year_end = f"{entry['year']}-12-31"
    facts = {name: entry[name] for name in ("number", "issued_on", "note", "definitions")}
    area = _area(entry["area"], year_end)
    plan, _ = YearPlan.objects.update_or_create(year=entry["year"], defaults={**facts, "area": area})
    for position, row in enumerate(entry["targets"], start=1):
        values = {"low": row["low"], "high": row["high"], "unit": row["unit"], "position": position}
        Target.objects.update_or_create(plan=plan, indicator=row["indicator"], area=area, defaults=values)
    return _cite(plan, entry["sources"])


def _balances(entry):
    """The rows of one entry: products, villages and producers; products also by star."""
    area = _area(entry["area"], entry["day"])
    for unit in COUNTED:
        for stars, value in entry.get(unit.value, {}).items():
            low, high = value if isinstance(value, list) else (value, value)
            row, _ = OpeningBalance.objects.update_or_create(
                unit=unit,
                area=area,
                day=entry["day"],
                stars=None if stars == "all" else stars,
                defaults={"low": low, "high": high, "note": entry["note"]},
            )
            yield _cite(row, entry["sources"])


def _remark(kind, area, position, entry):
    facts = {"kind": kind, "area": area, "text": entry["text"], "position": position}
    row, _ = Remark.objects.update_or_create(code=entry["code"], defaults=facts)
    return _cite(row, entry["sources"])
