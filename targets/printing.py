"""Figures as plain rows: what ``manage.py figures`` prints and what others may keep or compare."""

from decimal import Decimal

from targets import indicators, progress
from targets.models import Indicator


def areas_of(books, code=""):
    """The plan's unit and its districts; or the unit of this code on the books' day, None when there is none.

    Codes are used again: a unit of the plan's own kind goes first, then districts, then communes.
    """
    if not code:
        return [books.plan.area, *books.districts]
    known = [books.plan.area, *books.districts]
    if found := next((area for area in known if area.code == code), None):
        return [found]
    alive = (unit for unit in books.ground.units.values() if unit.code == code and unit.lives_on(books.day))
    found = sorted(alive, key=lambda unit: ("province", "district", "commune").index(unit.kind))
    return found[:1] or None


def rows(books, areas):
    """One row for each indicator and unit, then the breakdowns of the total by star, group and kind of producer."""
    targets = {
        (row.indicator, progress.key(row.area)): row for row in books.plan.targets.select_related("area")
    }
    for area in areas:
        for indicator, definition in indicators.REGISTRY.items():
            target = targets.get((indicator, progress.key(area)))
            figure = books.figure(indicator, area)
            yield row_of(definition.code, area, books, figure, definition.kind, target)
        kind = indicators.REGISTRY[Indicator.TOTAL_PRODUCTS].kind
        for code, figure in _parts(books, area):
            yield row_of(code, area, books, figure, kind)


def _parts(books, area):
    for stars, figure in progress.by_star(books, area):
        yield f"total_products.stars.{stars}", figure
    for group, figure in progress.by_industry(books, area):
        yield f"total_products.group.{group}", figure
    for maker, figure in progress.by_maker(books, area):
        yield f"total_products.maker.{maker.value}", figure


def row_of(code, area, books, figure, kind, target=None):
    """One figure. ``value`` is a number, a pair for a range, or null while it is unknown."""
    return {
        "indicator": code,
        "area": area.code,
        "area_kind": area.kind,
        "on": books.day.isoformat(),
        "value": _value(figure),
        "min": _number(target.low) if target else None,
        "max": _number(target.high) if target else None,
        "opening": _opening(figure.balance),
        "kind": kind.value,
        "complete": figure.complete,
        "note": figure.note,
    }


def _value(figure):
    if not figure.known:
        return None
    low, high = _number(figure.low), _number(figure.high)
    return low if low == high else [low, high]


def _number(value):
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(Decimal(str(value)))


def _opening(balance):
    if balance is None:
        return None
    return {
        "day": balance.day.isoformat(),
        "min": balance.low,
        "max": balance.high,
        "sources": [key for key, *_ in balance.sources],
    }
