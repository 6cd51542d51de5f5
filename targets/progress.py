"""How far the plan has come: MEASURES and measure() are the only source of every figure of this app.

Page, list, export and report open the books of a plan for a day (a fixed number of queries, however many ratings there
are) and ask ``measure``. The arithmetic stands in ``counting``.
"""

import datetime as dt
import math
from dataclasses import dataclass, replace
from enum import StrEnum

from foundation.areas.models import Area
from foundation.regimes.models import Regime
from products.models import Product, Rating, Standing, StatedStanding, certified_stars
from targets import counting, producers
from targets.counting import Balance, Fact, Facts, Figure, Scope, Stated
from targets.headcount import Headcount
from targets.models import Indicator, OpeningBalance, Target, Unit

RECOGNISED = (Standing.RECOGNISED, Standing.COUNCIL_SCORED, Standing.NAMED)
NO_BALANCE = "Chưa có số liệu đầu kỳ có nguồn cho địa bàn này đến ngày đã chọn."
NO_STARS = "Số liệu đầu kỳ gần nhất của địa bàn này không chia theo hạng sao."
MISSING = {
    Indicator.KEPT_PRODUCTS_PCT: (
        "Chưa có số liệu: cần khai báo hằng năm của chủ thể về từng sản phẩm được duy trì, củng cố, nâng hạng, "
        "và danh sách đầy đủ sản phẩm đã công nhận trước năm kế hoạch."
    ),
    **producers.MISSING,
}
OF_PRODUCERS = frozenset(producers.MEASURES)


class Word(StrEnum):
    """The verdict on a target."""

    REACHED = "đạt"
    ON_PACE = "đúng tiến độ"
    BEHIND = "chậm"
    AT_RISK = "có nguy cơ"
    UNKNOWN = "chưa có số liệu"
    NOT_YET = "năm kế hoạch chưa bắt đầu"


def key(area):
    """What identifies a unit in the books: its code above communes (it keeps its meaning there), else its row."""
    return f"{area.kind}-{area.code}" if area.kind != "commune" else f"commune-{area.pk}"


@dataclass(frozen=True)
class Books:
    """Everything read for one plan and one day."""

    plan: object
    day: dt.date
    facts: Facts
    balances: dict
    districts: tuple
    stars: tuple
    people: Headcount

    def latest(self, unit, area, stars, day):
        """The latest balance not after the day. One by star counts only beside the unit's latest total."""
        rows = [row for row in self.balances.get((unit, area), ()) if row.day <= day]
        newest = max((row.day for row in rows if row.stars is None), default=None)
        return next((row for row in rows if row.day == newest and row.stars == stars), None)

    def figure(self, indicator, area=None, stars=None, kind=None):
        """The figure of an indicator in the plan's unit, or in a part of it, of one star or one kind of producer."""
        return measure(indicator, self, area=area, stars=stars, kind=kind)


def open_books(plan, day):
    """Read what figures of this plan need: ten queries."""
    areas = {area.pk: frozenset(key(unit) for unit in area.chain) for area in Area.objects.with_parents()}
    own = key(plan.area)
    certified = {regime.pk: certified_stars(regime) for regime in Regime.objects.only("data")}
    facts = [fact for fact in _facts(areas, certified, day) if own in fact.areas]
    stated = [row for row in _stated(areas) if own in row.areas]
    year_end = dt.date(plan.year, 12, 31)
    districts = (
        Area.objects.districts().on(min(day, year_end)).with_parents().filter(parent__code=plan.area.code)
    )
    stars = tuple(sorted(set().union(*certified.values())))
    people = producers.read(areas, own, day)
    return Books(
        plan, day, Facts(facts, stated), _balances(day), tuple(districts.order_by("code")), stars, people
    )


def _facts(areas, certified, day):
    """Ratings with a number of stars that their regime certifies, begun by the day."""
    rows = Rating.objects.started(dt.date.min, day).values_list(
        "pk", "product", "product__village", "product__area", "decision__area", "product__is_demo",
        "regime", "stars", "starts_on", "ends_on", "revoked_on", "product__village__withdrawn_on",
    )  # fmt: skip
    for pk, product, village, area, decided_in, demo, regime, stars, *days, until in rows:
        if stars in certified[regime]:
            yield Fact(pk, product, village, areas[area or decided_in], stars, *days, demo, until)


def _stated(areas):
    """What sources name as recognised. A product whose unit is not stated lies in the province of its sources."""
    rows = StatedStanding.objects.filter(standing__in=RECOGNISED).values_list(
        "product", "product__village", "product__area", "product__entity__area", "stars", "year"
    )
    for product, village, area, home, stars, year in rows:
        if place := area or home:
            yield Stated(product, village, areas[place], stars, year)


def _balances(day):
    """Balances up to the day by unit and area."""
    found = {}
    for row in OpeningBalance.objects.latest_on(day).select_related("area").prefetch_related("sources"):
        sources = tuple((source.key, source.publisher, source.url) for source in row.sources.all())
        unit = row.get_unit_display()
        balance = Balance(row.day, row.low, row.high, row.stars, unit, row.note, sources)
        found.setdefault((row.unit, key(row.area)), []).append(balance)
    return found


# ---------------------------------------------------------------- the measures
def _total(unit, *, by_village):
    """A total by the rule of balances."""

    def measured(books, area, stars, day=None):
        day = day or books.day
        balance = books.latest(unit, area, stars, day)
        missing = NO_BALANCE if stars is None else NO_STARS
        return counting.balance_figure(
            books.facts, Scope(area, stars, by_village), balance, day, missing=missing
        )

    return measured


total_products = _total(Unit.PRODUCTS, by_village=False)
total_villages = _total(Unit.VILLAGES, by_village=True)


def new_products(books, area, stars):
    """Products recognised for the first time in the plan's year, as far as decisions stand in the portal."""
    figure = counting.first_figure(books.facts, Scope(area, stars), books.plan.year, books.day)
    total, before = total_products(books, area, stars), total_products(books, area, stars, _eve(books))
    grown = counting.growth(total, before)
    if grown is None or grown[0] <= figure.high:
        return replace(figure, note="Chỉ tính quyết định đã ghi trong cổng, không có số liệu đầu kỳ.")
    note = (
        f"Mới có {figure.text} quyết định được ghi trong cổng. Theo số liệu có nguồn, tổng số tăng "
        f"{counting.between(*grown)} sản phẩm "
        f"từ {before.balance.day:%d/%m/%Y} đến {total.balance.day:%d/%m/%Y}."
    )
    return replace(figure, note=note, complete=False, balance=total.balance, against=before.balance)


def new_villages(books, area, stars):
    """Villages that got their first certified product in the plan's year: growth of the balance and what came since."""
    total, before = total_villages(books, area, stars), total_villages(books, area, stars, _eve(books))
    if not total.known or not before.known:
        return replace(Figure(), note=total.note or before.note)
    if total.balance.day <= _eve(books):
        return replace(
            counting.first_figure(books.facts, Scope(area, stars, True), books.plan.year, books.day),
            note="Làng nghề có sản phẩm đầu tiên từ 3 sao trong năm kế hoạch.",
        )
    low, high = counting.growth(total, before)
    steady = len(total.added) - len(total.ended)
    return replace(
        total,
        low=max(low + steady, 0),
        high=high + steady + len(total.unsure),
        against=before.balance,
        note=f"Hiệu của hai số liệu có nguồn: {total.balance.day:%d/%m/%Y} và {before.balance.day:%d/%m/%Y}.",
    )


def _eve(books):
    """The day before the plan's year."""
    return dt.date(books.plan.year - 1, 12, 31)


def _unknown(indicator):
    return lambda books, area, stars: Figure(note=MISSING[indicator])


MEASURES = {
    Indicator.NEW_PRODUCTS: new_products,
    Indicator.TOTAL_PRODUCTS: total_products,
    Indicator.NEW_VILLAGES: new_villages,
    Indicator.TOTAL_VILLAGES: total_villages,
    Indicator.KEPT_PRODUCTS_PCT: _unknown(Indicator.KEPT_PRODUCTS_PCT),
    **producers.MEASURES,
}


def measure(indicator, books, *, area=None, stars=None, kind=None):
    """The figure of this indicator: in the plan's unit or in ``area``, of ``stars`` or of a ``kind`` of producer."""
    part = kind if indicator in OF_PRODUCERS else stars
    return MEASURES[Indicator(indicator)](books, key(area or books.plan.area), part)


# ---------------------------------------------------------------- targets
@dataclass(frozen=True)
class Progress:
    """A target beside its figure. ``expected`` is where today's pace would stand; None while that is unknown."""

    indicator: Indicator
    target: Target | None
    figure: Figure
    expected: float | None
    word: Word


def progress_of(books, area=None):
    """The targets that the plan sets for the unit, in its order, each with its figure and its word."""
    area = area or books.plan.area
    targets = [row for row in books.plan.targets.select_related("area") if key(row.area) == key(area)]
    if targets:
        return [_progress(books, target, area) for target in targets]
    measured = (Indicator.NEW_PRODUCTS, Indicator.TOTAL_PRODUCTS)
    return [Progress(one, None, books.figure(one, area), None, Word.UNKNOWN) for one in measured]


def _progress(books, target, area):
    indicator = Indicator(target.indicator)
    figure = books.figure(indicator, area)
    expected = expected_by(books, target, area)
    begun = books.day > _eve(books)
    word = word_for(figure, target.low, expected) if begun else Word.NOT_YET
    return Progress(indicator, target, figure, expected, word)


def expected_by(books, target, area):
    """Where an even pace would stand on the day: from nothing, or for totals from the figure before the year."""
    share = counting.share_gone(books.plan.year, books.day)
    measured = {
        Indicator.TOTAL_PRODUCTS: total_products,
        Indicator.TOTAL_VILLAGES: total_villages,
        Indicator.MODERN_CHANNELS_PCT: producers.modern,
    }
    start = 0
    if total := measured.get(target.indicator):
        before = total(books, key(area), None, _eve(books))
        start = before.low if before.known else 0
    return start + share * (float(target.low) - start)


def word_for(figure, low, expected):
    """One word: the surely reached figure against the least of the range, then against whole units of the pace."""
    if not figure.known:
        return Word.UNKNOWN
    if figure.low >= low and figure.sure:
        return Word.REACHED
    if not figure.complete:
        return Word.UNKNOWN
    return Word.ON_PACE if figure.low >= math.floor(expected) else Word.BEHIND


# ---------------------------------------------------------------- breakdowns and lists
def by_district(books):
    """Each district with its total and its figures by star."""
    return [(district, *_row(books, district)) for district in books.districts]


def _row(books, area):
    return books.figure(Indicator.TOTAL_PRODUCTS, area), by_star(books, area)


def by_kind(books, area=None):
    """The newly developed or strengthened producers of each kind that has some."""
    return producers.by_kind(books, key(area or books.plan.area))


def by_star(books, area=None):
    """The total of each certified star in the unit."""
    return [(stars, books.figure(Indicator.TOTAL_PRODUCTS, area, stars)) for stars in books.stars]


@dataclass(frozen=True)
class Listing:
    """The very rows behind a figure, as records."""

    added: list
    ended: list
    unsure: list
    included: list
    stated: list


def listing(figure):
    """The records that a figure counts, in two queries: ratings, and products that only sources name."""
    parts = {name: getattr(figure, name) for name in ("added", "ended", "unsure", "included")}
    ids = {fact.rating for facts in parts.values() for fact in facts}
    ratings = Rating.objects.for_list().select_related("product__village").in_bulk(ids)
    named = (
        Product.objects.for_list().select_related("village").in_bulk({row.product for row in figure.stated})
    )
    rows = {name: [ratings[fact.rating] for fact in facts] for name, facts in parts.items()}
    return Listing(**rows, stated=[named[row.product] for row in figure.stated])
