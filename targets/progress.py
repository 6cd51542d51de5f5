"""How far the plan has come: MEASURES and measure() are the only source of every figure of this app.

Page, list, export and report open the books of a plan for a day (a fixed number of queries, however many ratings there
are) and ask ``measure``. The arithmetic stands in ``counting``.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.areas.models import Area
from foundation.regimes.models import Regime
from products.models import Product, Rating, Standing, StatedStanding, certified_stars
from targets import counting, earlier, grounds, producers
from targets.counting import Balance, Fact, Facts, Figure, Stated
from targets.grounds import key
from targets.headcount import Headcount
from targets.indicators import MEASURES, MISSING, OF_PRODUCERS
from targets.indicators.products import NO_BALANCE, NO_STARS, eve, recorded, total_products, total_villages
from targets.models import Indicator, OpeningBalance, Target

__all__ = [
    "MEASURES",
    "MISSING",
    "NO_BALANCE",
    "NO_STARS",
    "OF_PRODUCERS",
    "Figure",
    "key",
    "measure",
    "open_books",
]
RECOGNISED = (Standing.RECOGNISED, Standing.COUNCIL_SCORED, Standing.NAMED)


class Word(StrEnum):
    """The verdict on a target."""

    REACHED = "đạt"
    ON_PACE = "đúng tiến độ"
    BEHIND = "chậm"
    UNKNOWN = "chưa có số liệu"
    NOT_YET = "năm kế hoạch chưa bắt đầu"


@dataclass(frozen=True)
class Books:
    """Everything read for one plan and one day; what only single indicators need is read when it is first asked for."""

    plan: object
    day: dt.date
    facts: Facts
    balances: dict
    districts: tuple
    stars: tuple
    people: Headcount
    ground: grounds.Grounds = None
    known_at: dt.datetime | None = None
    found: dict = field(default_factory=dict, compare=False)

    @property
    def own(self):
        """The key of the plan's unit."""
        return key(self.plan.area)

    @property
    def first_day(self):
        """1 January of the plan's year."""
        return dt.date(self.plan.year, 1, 1)

    @property
    def former(self):
        """Key of a unit → keys of the units that went over into it whole."""
        return self.ground.former

    def keys_of(self, area, record=None):
        """Keys of every unit in which a record of this unit counts on the day."""
        return self.ground.of(area, record)

    def happenings(self, read):
        """What this reader finds for these books; read once."""
        if read not in self.found:
            self.found[read] = tuple(read(self))
        return self.found[read]

    def latest(self, unit, area, stars, day):
        """The latest balance not after the day. One by star counts only beside the unit's latest total."""
        rows = [row for row in self.balances.get((unit, area), ()) if row.day <= day]
        newest = max((row.day for row in rows if row.stars is None), default=None)
        return next((row for row in rows if row.day == newest and row.stars == stars), None)

    def figure(self, indicator, area=None, stars=None, kind=None):
        """The figure of an indicator in the plan's unit, or in a part of it, of one star or one kind of producer."""
        return measure(indicator, self, area=area, stars=stars, kind=kind)


def open_books(plan, day, known_at=None):
    """Read what figures of this plan need: ten queries, after a reform three more.

    ``known_at`` is a moment: facts count as they were recorded then (targets/earlier.py), two queries more.
    """
    ground = grounds.read(day)
    own = key(plan.area)
    certified = {regime.pk: certified_stars(regime) for regime in Regime.objects.only("data")}
    facts = [fact for fact in _facts(ground, certified, day, known_at) if own in fact.areas]
    stated = [row for row in _stated(ground) if own in row.areas]
    stars = tuple(sorted(set().union(*certified.values())))
    people = producers.read(ground.keys, own, day, known_at)
    return Books(
        plan,
        day,
        Facts(facts, stated),
        _balances(day),
        _districts(plan, day),
        stars,
        people,
        ground,
        known_at,
    )


def _districts(plan, day):
    """The districts of the plan's unit, as they are on the day or were last in the plan's year."""
    year_end = dt.date(plan.year, 12, 31)
    rows = Area.objects.districts().on(min(day, year_end)).with_parents()
    return tuple(rows.filter(parent__code=plan.area.code).order_by("code"))


def _facts(ground, certified, day, known_at):
    """Ratings with a number of stars that their regime certifies, begun by the day."""
    rows = Rating.objects.started(dt.date.min, day).values_list(
        "pk", "product", "product__village", "product__area", "decision__area", "product__is_demo",
        "product__industry", "product__entity__kind", "product__village__withdrawn_on",
        "regime", "stars", "starts_on", "ends_on", "revoked_on",
    )  # fmt: skip
    for pk, product, village, area, decided_in, demo, industry, maker, until, *stars in earlier.ratings(
        rows, day, known_at
    ):
        regime, count, *days = stars
        if count in certified[regime]:
            areas = ground.of(area or decided_in, product)
            yield Fact(pk, product, village, areas, count, *days, demo, until, industry, maker or "")


def _stated(ground):
    """What sources name as recognised. A product whose unit is not stated lies in the province of its sources."""
    rows = StatedStanding.objects.filter(standing__in=RECOGNISED).values_list(
        "product", "product__village", "product__area", "product__entity__area", "stars", "year"
    )
    for product, village, area, home, stars, year in rows:
        if place := area or home:
            yield Stated(product, village, ground.of(place, product), stars, year)


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
    begun = books.day > eve(books)
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
        before = total(books, key(area), None, eve(books))
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
def by_industry(books, area=None):
    """(group, recorded products in force) of every group of the regime that has some in the plan's unit."""
    unit = key(area or books.plan.area)
    groups = sorted({fact.industry for fact in books.facts.facts if fact.industry})
    return [(group, recorded(books, unit, industry=group)) for group in groups]


def by_maker(books, area=None):
    """(kind of producer, recorded products in force), those kinds first that the plan puts first."""
    unit = key(area or books.plan.area)
    kinds = {fact.maker for fact in books.facts.facts}
    return [
        (kind, recorded(books, unit, maker=kind.value)) for kind in producers.KINDS if kind.value in kinds
    ]


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
