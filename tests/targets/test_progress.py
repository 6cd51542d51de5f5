"""Figures of the plan from the database: golden sums, the rule, what is unknown, and what it costs."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.areas.models import Area, AreaKind
from products.models import Standing
from targets import progress
from targets.models import Indicator, Target, Unit
from targets.progress import Word
from tests.factories.entities import CraftVillageFactory
from tests.factories.products import ProductFactory, StatedStandingFactory
from tests.factories.targets import OpeningBalanceFactory, TargetFactory, YearPlanFactory, district

YEAR_END = dt.date(2024, 12, 31)
AUTUMN = dt.date(2024, 10, 15)
TOTAL, NEW = Indicator.TOTAL_PRODUCTS, Indicator.NEW_PRODUCTS


def by_name(books):
    return {
        area.name: (total.text, [figure.text for _, figure in stars])
        for area, total, stars in progress.by_district(books)
    }


def test_the_end_of_2024_is_157_of_which_140_and_17(books):
    rows = books(YEAR_END)

    assert rows.figure(TOTAL).text == "157"
    assert [(stars, figure.text) for stars, figure in progress.by_star(rows)] == [
        (3, "140"),
        (4, "17"),
        (5, "0"),
    ]
    assert {name: total for name, (total, _) in by_name(rows).items()} == {
        "Phủ Lý": "38", "Duy Tiên": "42", "Kim Bảng": "13", "Thanh Liêm": "29", "Bình Lục": "17", "Lý Nhân": "18",
    }  # fmt: skip
    assert by_name(rows)["Duy Tiên"][1][:2] == ["30", "12"]


def test_the_districts_add_up_to_the_province_at_the_end_of_2024(books):
    rows = progress.by_district(books(YEAR_END))

    assert sum(total.low for _, total, _ in rows) == 157
    assert [sum(stars[place][1].low for _, _, stars in rows) for place in (0, 1)] == [140, 17]


def test_in_the_demo_autumn_the_total_is_the_range_of_2023(books):
    assert books().figure(TOTAL).text == "117–122"


def test_each_new_product_raises_both_ends_of_the_range(books, rate):
    rate(dt.date(2024, 2, 1))
    rate(dt.date(2024, 9, 1), stars=4)

    assert books().figure(TOTAL).text == "119–124"
    assert books(dt.date(2024, 8, 31)).figure(TOTAL).text == "118–123"


def test_a_rating_from_before_the_balance_is_listed_and_not_added(books, rate):
    early = rate(dt.date(2023, 9, 19))

    figure = books().figure(TOTAL)

    assert figure.text == "117–122"
    assert progress.listing(figure).included == [early]


def test_an_ending_is_subtracted(books, rate, revoke):
    revoke(rate(dt.date(2023, 5, 2)), dt.date(2024, 5, 2))

    assert books().figure(TOTAL).text == "116–121"
    assert books(dt.date(2024, 5, 1)).figure(TOTAL).text == "117–122"


def test_stars_below_the_least_certified_do_not_count(books, rate):
    rate(dt.date(2024, 2, 1), stars=2)

    assert (books().figure(TOTAL).text, books().figure(NEW).text) == ("117–122", "0")


def test_before_the_first_balance_nothing_is_known(books, rate):
    rate(dt.date(2018, 1, 1))

    assert books(dt.date(2018, 6, 1)).figure(TOTAL).text == "chưa có số liệu"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2019, 12, 29), "chưa có số liệu"),
        (dt.date(2019, 12, 30), "18"),
        (dt.date(2020, 12, 17), "41"),
    ],
)
def test_earlier_balances_hold_from_their_day(books, day, text):
    assert books(day).figure(TOTAL).text == text


def test_a_district_stands_on_its_own_latest_balance(books, rate, other_commune, commune):
    rate(dt.date(2024, 3, 1), area=other_commune)

    rows = by_name(books())

    assert rows["Phủ Lý"][0] == "23"
    assert rows["Duy Tiên"][0] == "chưa có số liệu"


def test_a_star_figure_needs_a_balance_by_star_as_late_as_the_total(books):
    assert books(dt.date(2019, 12, 31)).figure(TOTAL, stars=4).text == "8"
    figure = books().figure(TOTAL, stars=4)
    assert (figure.text, figure.note) == ("chưa có số liệu", progress.NO_STARS)


def test_a_commune_without_a_balance_is_unknown_and_with_one_is_not(books, commune, rate):
    rate(dt.date(2024, 3, 1))
    assert not books().figure(TOTAL, commune).known

    OpeningBalanceFactory(area=commune, low=4, high=4)
    assert books().figure(TOTAL, commune).text == "5"


def test_a_product_without_a_unit_counts_where_its_decision_was_made(books, rate, province):
    product = ProductFactory(entity=None, area=None)
    rate(dt.date(2024, 3, 1), product=product, area=province)

    assert books().figure(TOTAL).text == "118–123"


def test_facts_of_another_province_do_not_count(books, rate):
    foreign = Area.objects.create(
        code="99", kind=AreaKind.PROVINCE, name="Khác", full_name="Tỉnh Khác", type_name="tỉnh"
    )
    rate(dt.date(2024, 3, 1), area=foreign)

    assert books().figure(TOTAL).text == "117–122"


def test_a_named_real_product_is_inside_the_balance_and_its_decision_adds_nothing(books, rate, commune):
    product = StatedStandingFactory(product__area=commune, product__entity__area=commune, year=2020).product
    assert product in progress.listing(books().figure(TOTAL)).stated

    rate(dt.date(2024, 5, 1), product=product)

    assert (books().figure(TOTAL).text, books().figure(NEW).text) == ("117–122", "0")


def test_a_mentioned_product_is_not_taken_for_recognised(books, rate, commune):
    mention = StatedStandingFactory(
        product__area=commune, product__entity__area=commune, year=2020, standing=Standing.IDEA_REGISTERED
    )
    rate(dt.date(2024, 5, 1), product=mention.product)

    assert books().figure(TOTAL).text == "118–123"


def test_a_named_product_without_any_place_is_left_out(books):
    StatedStandingFactory(product__area=None, product__entity=None)

    assert books().figure(TOTAL).stated == ()


# ------------------------------------------------------------ the seven targets
def words(rows):
    return {row.indicator: row.word for row in progress.progress_of(rows)}


def test_the_plan_has_its_seven_targets_in_order(books):
    rows = progress.progress_of(books())

    assert [row.indicator for row in rows] == list(Indicator)[:7]
    assert [(row.target.low, row.target.high) for row in rows][:2] == [(25, 30), (142, 152)]


@pytest.mark.parametrize("indicator", list(progress.MISSING))
def test_what_nobody_knows_stays_unknown_and_says_what_is_missing(books, indicator):
    figure = books().figure(indicator)

    assert (figure.low, figure.high) == (None, None)
    assert figure.note.startswith("Chưa có số liệu")
    assert words(books())[indicator] is Word.UNKNOWN


def test_new_products_count_first_ratings_of_the_year(books, rate):
    again = rate(dt.date(2020, 3, 1))
    rate(dt.date(2024, 3, 1), product=again.product)
    first = rate(dt.date(2024, 4, 1))

    figure = books().figure(NEW)

    assert (figure.text, progress.listing(figure).added) == ("1", [first])
    assert figure.complete


def test_new_products_say_when_sourced_totals_tell_of_more(books, rate):
    rate(dt.date(2024, 4, 1))

    figure = books(YEAR_END).figure(NEW)

    assert (figure.text, figure.complete) == ("1 đã ghi", False)
    assert "tăng 35–40 sản phẩm từ 31/12/2023 đến 31/12/2024" in figure.note
    assert words(books(YEAR_END))[NEW] is Word.UNKNOWN


def test_new_villages_are_the_growth_of_the_balance_and_what_came_since(books, rate, commune):
    assert books(YEAR_END).figure(Indicator.NEW_VILLAGES).text == "2"
    assert books().figure(Indicator.NEW_VILLAGES).text == "0"

    village = CraftVillageFactory(area=commune)
    product = ProductFactory(entity=None, area=commune, village=village)
    rate(dt.date(2024, 5, 1), product=product)

    assert books().figure(Indicator.NEW_VILLAGES).text == "1"
    assert books().figure(Indicator.TOTAL_VILLAGES).text == "8"
    assert books(YEAR_END).figure(Indicator.TOTAL_VILLAGES).text == "9"


def test_villages_are_unknown_before_their_first_balance(books):
    figure = books(dt.date(2023, 1, 1)).figure(Indicator.NEW_VILLAGES)

    assert (figure.text, figure.note) == ("chưa có số liệu", progress.NO_BALANCE)


def test_the_words_of_the_autumn_and_of_the_year_end(books):
    autumn, end = words(books()), words(books(YEAR_END))

    assert (autumn[NEW], autumn[TOTAL]) == (Word.BEHIND, Word.BEHIND)
    assert (end[TOTAL], end[Indicator.TOTAL_VILLAGES]) == (Word.REACHED, Word.REACHED)
    assert autumn[Indicator.TOTAL_VILLAGES] is Word.ON_PACE


def test_before_its_year_a_plan_has_no_word(books):
    assert set(words(books(dt.date(2023, 12, 31))).values()) == {Word.NOT_YET}
    assert Word.NOT_YET not in words(books(dt.date(2024, 1, 1))).values()


@pytest.mark.parametrize(
    ("low", "expected", "word"),
    [(25, 10, Word.REACHED), (24, 24.9, Word.ON_PACE), (24, 25.0, Word.BEHIND), (0, 0.9, Word.ON_PACE)],
)
def test_the_word_compares_with_the_least_and_with_whole_units_of_the_pace(low, expected, word):
    figure = progress.Figure(low=low, high=low + 9)

    assert progress.word_for(figure, Decimal(25), expected) is word


def test_the_pace_of_a_total_starts_from_the_figure_before_the_year(books):
    middle = books(dt.date(2024, 7, 1))
    rows = {row.indicator: row for row in progress.progress_of(middle)}

    assert rows[TOTAL].expected == pytest.approx(117 + 0.5 * 25, abs=0.1)
    assert rows[NEW].expected == pytest.approx(12.5, abs=0.1)


def test_without_a_balance_before_the_year_the_pace_starts_from_nothing(law):
    plan = YearPlanFactory()
    target = TargetFactory(plan=plan)
    rows = progress.open_books(plan, YEAR_END)

    assert progress.expected_by(rows, target, plan.area) == 142


def test_a_unit_without_targets_of_its_own_shows_its_figures(books):
    duy_tien = district("349")
    rows = progress.progress_of(books(YEAR_END), duy_tien)
    assert [(row.figure.text, row.target) for row in rows] == [("0", None), ("42", None)]

    Target.objects.create(
        plan=books().plan, area=duy_tien, indicator=TOTAL, low=40, high=None, unit=Unit.PRODUCTS
    )
    row = progress.progress_of(books(YEAR_END), duy_tien)[0]
    assert (row.figure.text, row.word) == ("42", Word.REACHED)


def test_invented_records_that_count_are_marked(books, rate):
    product = rate(dt.date(2024, 4, 1)).product
    type(product).objects.filter(pk=product.pk).update(is_demo=True)
    rate(dt.date(2024, 4, 2))

    assert books().figure(TOTAL).demo == 1


# ------------------------------------------------------------ cost and lists
@pytest.mark.parametrize("count", [1, 20])
def test_the_books_and_every_breakdown_cost_the_same_for_one_rating_and_twenty(
    plan, rate, other_commune, commune, django_assert_num_queries, count
):
    for number in range(count):
        rate(dt.date(2024, 1, 2) + dt.timedelta(days=number), area=(commune, other_commune)[number % 2])

    with django_assert_num_queries(11):
        rows = progress.open_books(plan, AUTUMN)
        progress.progress_of(rows)
        progress.by_district(rows)
        progress.by_star(rows)


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_costs_the_same_for_one_row_and_twenty(plan, books, rate, django_assert_num_queries, count):
    for number in range(count):
        rate(dt.date(2024, 1, 2) + dt.timedelta(days=number))
    figure = books().figure(TOTAL)

    with django_assert_num_queries(1):
        rows = progress.listing(figure)

    assert len(rows.added) == count == figure.low - 117


def test_the_tables_of_the_regime_say_which_stars_are_certified(books):
    assert books().stars == (3, 4, 5)
