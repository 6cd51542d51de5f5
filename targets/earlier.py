"""Facts as they were recorded at a moment in the past: what is written now, with later changes undone.

The database keeps what every row of these tables was before each change (FactChange). A row whose first change after
the moment says that there was none is left out; else it counts as it was. A row that was taken out since comes back.
"""

import datetime as dt

from entities.models import Entity
from products.models import Decision, Product
from targets.models import FactChange

RATINGS = "products_rating"
NEVER = object()


def undone(table, moment):
    """Key → the row as it was at the moment, or None where there was none; of rows changed since: one query."""
    found = {}
    for key, was in FactChange.objects.since(moment, table).values_list("key", "was"):
        found.setdefault(key, was)
    return found


def ratings(rows, day, known_at):
    """Rows of ratings (product's facts, then regime, stars, first, last and revoked day) as recorded at the moment."""
    if known_at is None:
        return rows
    return _ratings(rows, day, undone(RATINGS, known_at))


def _ratings(rows, day, changes):
    for pk, *row in rows:
        was = changes.pop(pk, NEVER)
        if was is NEVER:
            yield pk, *row
        elif was and (said := _said(was))[2] <= day:
            yield pk, *row[:-5], *said
    for pk, was in changes.items():  # moved beyond the day since, or taken out
        if was and (said := _said(was))[2] <= day:
            yield pk, *_product(was), *said


def _said(was):
    """Regime, stars and days of a row that was kept."""
    days = (was[name] and dt.date.fromisoformat(was[name]) for name in ("starts_on", "ends_on", "revoked_on"))
    return was["regime_id"], was["stars"], *days


def _product(was):
    """What is known of the product of a row that is no longer among the day's."""
    names = ("pk", "village", "area", "is_demo", "industry", "entity__kind", "village__withdrawn_on")
    product, village, area, *rest = Product.objects.values_list(*names).get(pk=was["product_id"])
    decided_in = Decision.objects.filter(pk=was["decision_id"]).values_list("area", flat=True).first()
    return product, village, area, decided_in, *rest


def spans(rows, day, known_at, table, names):
    """Rows (key, producer, unit, kind, is_demo, first, last) without their key, as recorded at the moment."""
    changes = {} if known_at is None else undone(table, known_at)
    for pk, *row in rows:
        was = changes.pop(pk, NEVER)
        if was is NEVER:
            yield row
        elif was and (said := _days(was, names))[0] <= day:
            yield *row[:4], *said
    for was in changes.values():
        if was and (said := _days(was, names))[0] <= day:
            maker = Entity.objects.values_list("pk", "area", "kind", "is_demo").get(pk=was["entity_id"])
            yield *maker, *said


def _days(was, names):
    return tuple(was[name] and dt.date.fromisoformat(was[name]) for name in names)
