"""Histories made by hand: what each indicator says on twenty dates was worked out on paper first (Show 2).

Ten products stood at the end of 2023 by a sourced balance; A, B and C are among them.
A 3 stars to 09/03/2024, not renewed. B 3 stars to 31/05/2024, given 4 stars on 20/05/2024. C 4 stars, revoked on
15/07/2024. D new on 01/02. F new on 15/04, revoked on 01/11. E new on 10/09. M takes part since 2023, sells in a
supermarket, leaves on 01/08. N takes part since 01/03, sells in a supermarket from 01/04 to 31/10.
"""

import datetime as dt
from collections import Counter

import pytest
from django.db.models import F

from entities.models import Spell
from foundation.areas.models import WHOLE, AreaKind, Succession
from products.models import Product, Rating
from targets import progress
from targets.grounds import key
from targets.models import Indicator, YearPlan
from tests.factories.entities import EntityFactory, SalesChannelFactory, SpellFactory
from tests.factories.products import DecisionFactory, ProductFactory, RatingFactory
from tests.factories.targets import OpeningBalanceFactory, YearPlanFactory
from tests.factories.tracking import ProductFactFactory

# day: total, new, expired, given again, revoked, newly developed producers, share in modern channels
TABLE = """
2024-01-01  10 0 0 0 0 - 100
2024-01-31  10 0 0 0 0 - 100
2024-02-01  11 1 0 0 0 - 100
2024-02-29  11 1 0 0 0 - 100
2024-03-01  11 1 0 0 0 1 50
2024-03-09  11 1 0 0 0 1 50
2024-03-10  10 1 1 0 0 1 50
2024-03-31  10 1 1 0 0 1 50
2024-04-01  10 1 1 0 0 1 100
2024-04-15  11 2 1 0 0 1 100
2024-05-19  11 2 1 0 0 1 100
2024-05-20  11 2 1 1 0 1 100
2024-06-01  11 2 1 1 0 1 100
2024-07-14  11 2 1 1 0 1 100
2024-07-15  10 2 1 1 1 1 100
2024-08-01  10 2 1 1 1 1 100
2024-09-10  11 3 1 1 1 1 100
2024-10-31  11 3 1 1 1 1 100
2024-11-01  10 2 1 1 2 1 0
2024-12-31  10 2 1 1 2 1 0
"""
COLUMNS = (
    Indicator.TOTAL_PRODUCTS,
    Indicator.NEW_PRODUCTS,
    Indicator.EXPIRED_PRODUCTS,
    Indicator.REEVALUATED_PRODUCTS,
    Indicator.REVOKED_PRODUCTS,
    Indicator.ENTITIES,
    Indicator.MODERN_CHANNELS_PCT,
)
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def day_of(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def history(law, commune):
    """Everything that the docstring tells."""
    plan = YearPlanFactory()
    OpeningBalanceFactory(low=10, high=10)

    def rated(name, *spells):
        product = ProductFactory(name=name, entity=None, area=commune)
        for stars, first, last, *revoked in spells:
            decision = DecisionFactory(day=day_of(first), area=commune)
            rating = RatingFactory(product=product, decision=decision, stars=stars)
            ends = {"ends_on": day_of(last), "revoked_on": day_of(revoked[0]) if revoked else None}
            Rating.objects.filter(pk=rating.pk).update(**ends)
        return product

    products = {
        "A": rated("A", (3, "2021-03-10", "2024-03-09")),
        "B": rated("B", (3, "2021-06-01", "2024-05-31"), (4, "2024-05-20", "2027-05-19")),
        "C": rated("C", (4, "2022-09-01", "2025-08-31", "2024-07-15")),
        "D": rated("D", (3, "2024-02-01", "2027-01-31")),
        "E": rated("E", (4, "2024-09-10", "2027-09-09")),
        "F": rated("F", (3, "2024-04-15", "2027-04-14", "2024-11-01")),
    }
    m, n = EntityFactory(area=commune), EntityFactory(area=commune)
    left = SpellFactory(entity=m, since=dt.date(2023, 5, 1), seen_on=dt.date(2023, 5, 1))
    Spell.objects.filter(pk=left.pk).update(until=dt.date(2024, 8, 1))
    SpellFactory(entity=m, status="left", since=dt.date(2024, 8, 1), seen_on=dt.date(2024, 8, 1))
    SpellFactory(entity=n)
    SalesChannelFactory(entity=m, since=dt.date(2023, 6, 1))
    SalesChannelFactory(entity=n, since=dt.date(2024, 4, 1), until=dt.date(2024, 10, 31))
    return plan, products


def test_the_table_has_twenty_dates():
    assert len({row[0] for row in ROWS}) == 20


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_figures_are_those_worked_out_by_hand(history, row):
    plan, _ = history
    books = progress.open_books(plan, day_of(row[0]))

    said = [books.figure(indicator).low for indicator in COLUMNS]

    assert ["-" if value is None else f"{value:g}" for value in said] == row[1:]


def test_each_ending_opens_its_very_products(history):
    plan, _ = history
    books = progress.open_books(plan, dt.date(2024, 12, 31))

    def named(indicator):
        return {rating.product.name for rating in progress.listing(books.figure(indicator)).added}

    assert named(Indicator.EXPIRED_PRODUCTS) == {"A"}
    assert named(Indicator.REEVALUATED_PRODUCTS) == {"B"}
    assert named(Indicator.REVOKED_PRODUCTS) == {"C", "F"}


@pytest.mark.usefixtures("history")
def test_a_year_begins_its_flows_anew():
    later = YearPlanFactory(year=2025)
    books = progress.open_books(later, dt.date(2025, 1, 1))

    assert {books.figure(indicator).low for indicator in COLUMNS[1:5]} == {0}


def test_the_recorded_ones_by_group_and_kind_are_marked_as_no_more_than_that(history):
    plan, _ = history
    books = progress.open_books(plan, dt.date(2024, 9, 10))

    assert [(group, figure.text) for group, figure in progress.by_industry(books)] == [("IV", "4 đã ghi")]


# ------------------------------------------------------------ the plan's own share
RULES = {"text": "Cách tính.", "kinds": ["maintained"], "base": "01-01", "in_force": True, "renewed": True}


def kept(plan, day, **rules):
    YearPlan.objects.filter(pk=plan.pk).update(definitions={Indicator.KEPT_PRODUCTS_PCT: {**RULES, **rules}})
    books = progress.open_books(YearPlan.objects.select_related("area").get(pk=plan.pk), day)
    return books.figure(Indicator.KEPT_PRODUCTS_PCT)


def test_the_kept_share_has_the_products_of_the_first_of_january_below_the_line(history):
    plan, products = history
    ProductFactFactory(product=products["C"], day=dt.date(2024, 2, 1))
    ProductFactFactory(product=products["D"], day=dt.date(2024, 3, 1))

    figure = kept(plan, dt.date(2024, 5, 1))

    assert (figure.text, figure.note) == ("10% đã ghi", "1 trên 10 sản phẩm. Cách tính.")


@pytest.mark.parametrize(
    ("day", "rules", "low"),
    [
        ("2024-01-31", {}, 0),
        ("2024-02-01", {}, 10),
        ("2024-05-20", {}, 20),
        ("2024-05-20", {"renewed": False}, 10),
        ("2024-05-20", {"kinds": ["upgraded"]}, 10),
        ("2024-07-15", {}, 10),
        ("2024-07-15", {"in_force": False}, 20),
    ],
)
def test_the_plan_says_what_counts_as_kept(history, day, rules, low):
    plan, products = history
    ProductFactFactory(product=products["C"], day=dt.date(2024, 2, 1))

    assert kept(plan, day_of(day), **rules).low == low


def test_without_a_definition_the_share_is_unknown(history):
    plan, _ = history

    figure = progress.open_books(plan, dt.date(2024, 5, 1)).figure(Indicator.KEPT_PRODUCTS_PCT)

    assert not figure.known
    assert "kế hoạch chưa nêu cách tính" in figure.note


# ------------------------------------------------------------ units that went over into others
REFORM = dt.date(2025, 7, 1)


@pytest.fixture
def joined(law, province):
    """A commune of 2025 and two of Hà Nam that went over into it whole."""
    rows = Succession.objects.filter(
        day=REFORM, relation__in=WHOLE, old__kind=AreaKind.COMMUNE, old__parent__parent=province
    ).exclude(old=F("new"))
    counts = Counter(rows.values_list("new", flat=True))
    new, _ = max(counts.items(), key=lambda item: (item[1], -item[0]))
    steps = rows.filter(new=new).select_related("old__parent__parent", "new__parent__parent").order_by("old")
    return steps[0].new, [step.old for step in steps]


def rated_in(area, day=dt.date(2024, 2, 1)):
    product = ProductFactory(entity=None, area=area)
    RatingFactory(product=product, decision=DecisionFactory(day=day, area=area))
    return product


def test_after_the_reform_the_same_products_count_once_in_the_successor(joined, province):
    new, olds = joined
    assert len(olds) >= 2
    for old in olds:
        OpeningBalanceFactory(area=old, low=2, high=2)
        rated_in(old)
    plan = YearPlanFactory(year=2025)

    before = progress.open_books(plan, REFORM - dt.timedelta(days=1))
    after = progress.open_books(plan, REFORM)

    assert [before.figure(Indicator.TOTAL_PRODUCTS, old).low for old in olds] == [3] * len(olds)
    figure = after.figure(Indicator.TOTAL_PRODUCTS, new)
    assert (figure.low, figure.complete) == (3 * len(olds), True)
    assert len(figure.added) == len(olds)
    assert [len(books.facts.facts) for books in (before, after)] == [len(olds)] * 2


def test_a_product_of_the_new_unit_counts_in_it_and_still_in_the_old_province(joined, province):
    new, olds = joined
    OpeningBalanceFactory(area=olds[0], low=2, high=2)
    rated_in(new, REFORM + dt.timedelta(days=30))
    plan = YearPlanFactory(year=2025)
    books = progress.open_books(plan, dt.date(2025, 12, 31))

    figure = books.figure(Indicator.TOTAL_PRODUCTS, new)

    assert (figure.low, figure.complete) == (3, False)
    assert key(province) in books.facts.facts[0].areas


def test_a_unit_of_which_no_former_one_is_known_is_unknown(joined):
    new, _ = joined
    books = progress.open_books(YearPlanFactory(year=2025), dt.date(2025, 12, 31))

    assert not books.figure(Indicator.TOTAL_PRODUCTS, new).known


def test_before_any_reform_nothing_more_is_asked(law, django_assert_num_queries):
    plan = YearPlanFactory()

    with django_assert_num_queries(9):
        progress.open_books(plan, dt.date(2024, 10, 15))


def test_products_are_not_lost_between_the_units_of_a_province(joined):
    _, olds = joined
    for old in olds:
        rated_in(old)
    books = progress.open_books(YearPlanFactory(year=2025), REFORM)

    assert len(books.facts.best(REFORM)) == Product.objects.count() == len(olds)
    assert all(sum(area.startswith("province-") for area in fact.areas) == 2 for fact in books.facts.facts)
