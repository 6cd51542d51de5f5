"""The rule of opening balances, without a database."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.counting import (
    Balance,
    Fact,
    Facts,
    Figure,
    Scope,
    Stated,
    balance_figure,
    first_figure,
    growth,
    share_gone,
)

EVE = dt.date(2023, 12, 31)
DAY = dt.date(2024, 10, 15)
HERE = frozenset({"province-35", "district-349"})
PROVINCE = Scope("province-35")
BALANCE = Balance(EVE, 117, 122)


def fact(rating=1, product=None, starts_on=dt.date(2024, 6, 1), **facts):
    values = {"village": None, "areas": HERE, "stars": 3, "ends_on": dt.date(2027, 6, 1), **facts}
    return Fact(rating, product or rating, starts_on=starts_on, **values)


def stated(product=1, **facts):
    return Stated(product, **{"village": None, "areas": HERE, "stars": 3, "year": 2022, **facts})


def figure(*facts, named=(), scope=PROVINCE, balance=BALANCE, day=DAY):
    return balance_figure(Facts(list(facts), list(named)), scope, balance, day, missing="không có")


def test_without_facts_the_figure_is_the_balance():
    assert figure().text == "117–122"


def test_a_later_fact_raises_both_ends_by_one():
    assert figure(fact()).text == "118–123"


def test_an_earlier_fact_is_inside_the_balance_and_listed_not_added():
    early = fact(starts_on=dt.date(2023, 9, 19))

    found = figure(early)

    assert (found.text, found.added, found.included) == ("117–122", (), (early,))


def test_a_fact_of_the_balance_day_itself_is_inside_it():
    assert figure(fact(starts_on=EVE)).text == "117–122"
    assert figure(fact(starts_on=EVE + dt.timedelta(days=1))).text == "118–123"


def test_a_fact_after_the_day_does_not_count_yet():
    assert figure(fact(starts_on=DAY + dt.timedelta(days=1))).text == "117–122"
    assert figure(fact(starts_on=DAY)).text == "118–123"


def test_an_ending_after_the_balance_is_subtracted_from_the_day_after_its_last():
    early = fact(starts_on=dt.date(2021, 10, 1), ends_on=DAY)

    assert figure(early).text == "117–122"
    after = figure(early, day=DAY + dt.timedelta(days=1))
    assert (after.text, after.ended) == ("116–121", (early,))


def test_a_revocation_is_subtracted_from_its_very_day():
    early = fact(starts_on=dt.date(2023, 10, 1), revoked_on=DAY)

    assert figure(early, day=DAY - dt.timedelta(days=1)).text == "117–122"
    assert figure(early).text == "116–121"


def test_an_ending_before_the_balance_changes_nothing():
    assert figure(fact(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2023, 1, 1))).text == "117–122"


def test_a_product_with_a_newer_overlapping_rating_counts_once():
    first, again = (
        fact(1, product=7, starts_on=dt.date(2024, 2, 1)),
        fact(2, product=7, starts_on=dt.date(2024, 8, 1)),
    )

    found = figure(first, again)

    assert (found.text, len(found.added)) == ("118–123", 1)
    assert figure(first, replace(again, product=8)).text == "119–124"


def test_a_renewed_product_of_the_balance_neither_ends_nor_is_added():
    old = fact(1, product=7, starts_on=dt.date(2021, 5, 1), ends_on=dt.date(2024, 5, 1))
    renewed = fact(2, product=7, starts_on=dt.date(2024, 4, 1))

    assert figure(old, renewed).text == "117–122"
    assert figure(old).text == "116–121"


def test_an_upgrade_moves_a_product_from_one_star_to_the_other():
    old = fact(1, product=7, starts_on=dt.date(2023, 5, 1))
    upgraded = fact(2, product=7, starts_on=dt.date(2024, 4, 1), stars=4)
    balance = replace(BALANCE, low=10, high=10)

    assert figure(old, upgraded, scope=Scope("province-35", 3), balance=balance).text == "9"
    assert figure(old, upgraded, scope=Scope("province-35", 4), balance=balance).text == "11"
    assert figure(old, upgraded).text == "117–122"


def test_without_a_balance_nothing_is_known_and_never_zero():
    found = figure(fact(), balance=None)

    assert (found.low, found.known, found.text, found.note) == (None, False, "chưa có số liệu", "không có")


def test_facts_of_another_unit_do_not_count():
    elsewhere = fact(areas=frozenset({"province-35", "district-347"}))

    assert figure(elsewhere, scope=Scope("district-349")).text == "117–122"
    assert figure(elsewhere).text == "118–123"


# ------------------------------------------------------------ products that sources name without a decision
def test_a_named_product_that_gets_a_decision_is_not_added_again():
    assert figure(fact(), named=[stated()]).text == "117–122"
    assert figure(fact(), named=[stated(product=99)]).text == "118–123"


def test_a_named_product_whose_decision_ends_is_subtracted():
    short = fact(starts_on=dt.date(2024, 2, 1), ends_on=dt.date(2024, 3, 1))

    assert figure(short, named=[stated()]).text == "116–121"
    assert figure(short).text == "117–122"


def test_a_product_named_without_a_year_makes_the_figure_unsure_upward():
    found = figure(fact(), named=[stated(year=None)])

    assert (found.text, len(found.unsure), found.added) == ("117–123", 1, ())


def test_a_product_named_for_a_later_year_is_not_inside_the_balance():
    assert figure(fact(), named=[stated(year=2024)]).text == "118–123"


def test_by_star_a_name_without_stars_is_unsure_and_another_star_does_not_matter():
    scope = Scope("province-35", 3)

    assert figure(fact(), named=[stated(stars=None)], scope=scope).text == "117–123"
    assert figure(fact(), named=[stated(stars=4)], scope=scope).text == "118–123"


def test_named_products_without_decision_are_listed_as_inside_the_balance():
    assert figure(named=[stated()]).stated == (stated(),)


# ------------------------------------------------------------ villages
VILLAGES = Scope("province-35", None, True)
SEVEN = Balance(EVE, 7, 7)


def test_a_village_counts_with_its_first_product_and_once():
    found = figure(fact(1, village=5), fact(2, village=5), fact(3), scope=VILLAGES, balance=SEVEN)

    assert (found.text, len(found.added)) == ("8", 1)


def test_a_village_named_by_a_source_before_is_inside_the_balance():
    assert figure(fact(village=5), named=[stated(9, village=5)], scope=VILLAGES, balance=SEVEN).text == "7"


def test_a_named_village_does_not_end_with_one_of_its_products():
    short = fact(1, village=5, starts_on=dt.date(2023, 2, 1), ends_on=dt.date(2024, 3, 1))

    assert figure(short, named=[stated(9, village=5)], scope=VILLAGES, balance=SEVEN).text == "7"
    assert figure(short, scope=VILLAGES, balance=SEVEN).text == "6"


# ------------------------------------------------------------ new in the year
def new(*facts, named=(), day=DAY):
    return first_figure(Facts(list(facts), list(named)), PROVINCE, 2024, day)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ([fact()], "1"),
        ([fact(starts_on=dt.date(2024, 1, 1))], "1"),
        ([fact(starts_on=EVE)], "0"),
        ([fact(1, 7, dt.date(2020, 1, 1), ends_on=dt.date(2023, 1, 1)), fact(2, 7)], "0"),
        ([fact(1, 7, dt.date(2024, 2, 1)), fact(2, 7, dt.date(2024, 5, 1), stars=4)], "1"),
        ([fact(revoked_on=dt.date(2024, 7, 1))], "0"),
        ([], "0"),
    ],
)
def test_new_products_are_those_first_recognised_in_the_year_and_still_counting(facts, text):
    assert new(*facts).text == text


def test_a_product_named_for_an_earlier_year_is_not_new_and_one_without_year_only_perhaps():
    assert new(fact(), named=[stated()]).text == "0"
    assert new(fact(), named=[stated(year=None)]).text == "0–1"
    assert new(fact(), named=[stated(year=2024)]).text == "1"


def test_growth_of_ranges_and_of_what_is_unknown():
    known = Figure(low=157, high=157, balance=Balance(DAY, 157, 157))

    assert growth(known, Figure(low=117, high=122)) == (35, 40)
    assert growth(known, Figure()) is None
    assert growth(Figure(), Figure(low=1, high=1)) is None


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (dt.date(2023, 6, 1), 0),
        (EVE, 0),
        (dt.date(2024, 7, 1), 0.5),
        (dt.date(2024, 12, 31), 1),
        (dt.date(2025, 3, 1), 1),
    ],
)
def test_share_of_the_year(day, share):
    assert share_gone(2024, day) == pytest.approx(share, abs=0.001)


def test_invented_records_are_counted_apart():
    assert figure(fact(1, is_demo=True), fact(2)).demo == 1


def test_an_incomplete_figure_says_so():
    assert Figure(low=1, high=1, complete=False).text == "1 đã ghi"


days = st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31))
some_facts = st.lists(
    st.builds(
        lambda rating, product, village, stars, starts, length, revoked, district: Fact(
            rating,
            product,
            village,
            frozenset({"province-35", district}),
            stars,
            starts,
            starts + dt.timedelta(days=length),
            revoked,
        ),
        st.integers(1, 10**6),
        st.integers(1, 12),
        st.none() | st.integers(1, 4),
        st.sampled_from([3, 4, 5]),
        days,
        st.integers(0, 1100),
        st.none() | days,
        st.sampled_from(["district-347", "district-349"]),
    ),
    max_size=25,
)
some_names = st.lists(
    st.builds(
        lambda product, village, stars, year: Stated(product, village, HERE, stars, year),
        st.integers(1, 12),
        st.none() | st.integers(1, 4),
        st.none() | st.sampled_from([3, 4]),
        st.none() | st.integers(2021, 2025),
    ),
    max_size=8,
)
scopes = st.builds(
    Scope, st.sampled_from(["province-35", "district-349"]), st.sampled_from([None, 3, 4]), st.booleans()
)


@given(some_facts, some_names, scopes, days, days)
def test_the_number_is_the_balance_plus_and_minus_its_rows(facts, names, scope, since, day):
    balance = Balance(min(since, day), 100, 105)

    found = balance_figure(Facts(facts, names), scope, balance, max(since, day), missing="")

    assert found.low == 100 + len(found.added) - len(found.ended)
    assert found.high == 105 + len(found.added) + len(found.unsure) - len(found.ended)
    rows = [fact.rating for fact in (*found.added, *found.unsure, *found.included)]
    things = [scope.thing(fact) for fact in (*found.added, *found.unsure, *found.included)]
    assert len(things) == len(set(things)) == len(rows)


@given(some_facts, days, days)
def test_without_names_the_change_is_the_difference_of_what_counts(facts, since, day):
    first, last = min(since, day), max(since, day)
    books = Facts(facts, [])

    found = balance_figure(books, PROVINCE, Balance(first, 500, 500), last, missing="")

    assert found.low - 500 == len(books.counted(PROVINCE, last)) - len(books.counted(PROVINCE, first))
