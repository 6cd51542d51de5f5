"""The share of recognised products that were maintained, strengthened or upgraded, by the plan's own definition.

``YearPlan.definitions["kept_products_pct"]`` says it: ``text`` (in words), ``kinds`` of facts that count, ``base``
(month and day on which a product must have had its stars to be in the denominator), ``in_force`` (whether it must
still have them), ``renewed`` (whether stars given again in the year count too).
"""

import datetime as dt

from products.models import ProductFact
from targets.counting import Scope, ordered
from targets.headcount import Share, percent
from targets.indicators.products import total_products
from targets.models import Indicator
from targets.tallies import Happening

UNDEFINED = "Chưa có số liệu: kế hoạch chưa nêu cách tính tỷ lệ này."
MISSING = (
    "Chưa có số liệu: cần khai báo hằng năm của chủ thể về từng sản phẩm được duy trì, củng cố, nâng hạng, "
    "và danh sách đầy đủ sản phẩm đã công nhận trước năm kế hoạch."
)


def read(books):
    """What was done for rated products in the plan's year by the day: one query."""
    first = dt.date(books.plan.year, 1, 1)
    rows = ProductFact.objects.between(first, books.day).order_by("day", "pk")
    for pk, product, kind, day, is_demo in rows.values_list("pk", "product", "kind", "day", "is_demo"):
        yield Happening(pk, frozenset(), day, is_demo, thing=product, word=kind)


def kept_products(books, area, stars=None):
    """Per cent of the products rated on the plan's day that were kept up by the day of the books."""
    rules = books.plan.definitions.get(Indicator.KEPT_PRODUCTS_PCT)
    if not rules:
        return Share(note=UNDEFINED)
    month, day = map(int, rules["base"].split("-"))
    start = dt.date(books.plan.year, month, day)
    scope = Scope(area, stars)
    base = books.facts.counted(scope, start)
    if not base:
        return Share(note=MISSING)
    kept = {product: fact for product, fact in base.items() if product in _kept(books, rules, start)}
    total = total_products(books, area, stars, start)
    low, high = (max(total.low, len(base)), max(total.high, len(base))) if total.known else (len(base),) * 2
    said = f"{len(kept)} trên {low if low == high else f'{low}–{high}'} sản phẩm. {rules['text']}"
    return Share(
        low=percent(len(kept), high),
        high=percent(len(kept), low),
        balance=total.balance,
        added=ordered(kept.values()),
        complete=total.known and high == len(base),
        note=said,
    )


def _kept(books, rules, start):
    """Products that count in the numerator."""
    done = {row.thing for row in books.happenings(read) if row.word in rules["kinds"]}
    if rules.get("renewed"):
        done |= {fact.product for fact in books.facts.facts if start < fact.starts_on <= books.day}
    return done & set(books.facts.best(books.day)) if rules.get("in_force") else done
