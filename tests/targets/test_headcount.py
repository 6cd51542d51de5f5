"""Counting producers by hand-made cases, without a database."""

import datetime as dt

import pytest

from targets.counting import Balance
from targets.headcount import Headcount, Maker, Span, developed_figure, modern_share

HA_NAM, DUY_TIEN = "province-35", "district-349"
DAY, EVE = dt.date(2024, 10, 15), dt.date(2023, 12, 31)


def maker(pk, kind="cooperative", areas=(HA_NAM, DUY_TIEN), is_demo=False):
    return Maker(pk, frozenset(areas), kind, is_demo)


def on(month, day=1, year=2024):
    return dt.date(year, month, day)


OLD, NEW, LEFT, ELSEWHERE = maker(1), maker(2, "sme"), maker(3), maker(4, areas=("province-36",))
STAYS = (
    Span(OLD, on(3, year=2022)),
    Span(NEW, on(5)),
    Span(LEFT, on(6, year=2023), on(6, 30)),
    Span(ELSEWHERE, on(5)),
)
SALES = (
    Span(OLD, on(1), on(8, 31)),  # this channel ended
    Span(NEW, on(7)),
    Span(LEFT, on(1)),  # a producer that left, its channel was never closed
)


def people(*pushes, stays=STAYS, sales=SALES):
    return Headcount(stays, pushes, sales)


def developed(*pushes, day=DAY, area=HA_NAM, **facts):
    return developed_figure(people(*pushes), area, 2024, day, missing="không có", **facts)


# ------------------------------------------------------------ newly developed or strengthened in the year
def test_new_and_strengthened_producers_count_once_each():
    figure = developed(Span(OLD, on(4)), Span(OLD, on(9)), Span(NEW, on(8)))

    assert (figure.low, figure.high, figure.text) == (2, 2, "2 đã ghi")
    assert figure.sections == {"": (OLD, NEW), "moi": (NEW,), "cung-co": (OLD,)}


def test_only_the_days_of_the_year_up_to_the_day_count():
    pushes = (Span(OLD, EVE), Span(OLD, on(10, 16)))

    assert developed(*pushes).sections[""] == (NEW,)
    assert developed(*pushes, day=on(10, 16)).sections[""] == (OLD, NEW)
    assert not developed(*pushes, day=on(4, 30)).known


def test_what_happened_in_the_year_stays_counted_when_the_producer_leaves():
    assert LEFT in developed(Span(LEFT, on(2))).sections["cung-co"]


def test_who_comes_back_is_not_new():
    back = people(stays=(Span(LEFT, on(6, year=2023), on(2)), Span(LEFT, on(9))))

    assert not developed_figure(back, HA_NAM, 2024, DAY).known


def test_other_units_and_other_kinds_are_left_out():
    assert developed(area="province-36").sections[""] == (ELSEWHERE,)
    assert developed(Span(OLD, on(4)), kind="sme").sections[""] == (NEW,)
    assert developed(Span(OLD, on(4)), kind="cooperative").sections[""] == (OLD,)


def test_nothing_recorded_and_no_balance_is_unknown_not_zero():
    figure = developed(day=on(1))

    assert (figure.text, figure.note) == ("chưa có số liệu", "không có")


def test_a_balance_of_the_year_and_what_came_after_it():
    balance = Balance(on(6, 30), 40, 42)
    figure = developed(Span(OLD, on(7)), Span(NEW, on(9)), balance=balance)

    assert (figure.text, figure.complete) == ("41–43", True)
    assert (figure.added, figure.included) == ((OLD,), (NEW,))


def test_a_balance_of_an_earlier_year_is_no_part_of_this_years_count():
    assert developed(balance=Balance(EVE, 60, 60)).text == "1 đã ghi"


# ------------------------------------------------------------ the share in modern channels
@pytest.mark.parametrize(
    ("day", "inside", "outside"),
    [
        (on(1), (OLD, LEFT), ()),
        (on(6, 30), (OLD, LEFT), (NEW,)),  # the last day of LEFT counts
        (on(7), (OLD, NEW), ()),  # LEFT is gone from both numbers
        (on(8, 31), (OLD, NEW), ()),
        (on(9), (NEW,), (OLD,)),  # the channel of OLD has ended
    ],
)
def test_the_share_on_any_day_with_one_that_left_and_a_channel_that_ended(day, inside, outside):
    figure = modern_share(people(), HA_NAM, day)

    assert figure.sections == {"": inside, "ngoai": outside}
    assert figure.low == figure.high == 1000 * len(inside) // (len(inside) + len(outside)) / 10


def test_a_share_is_cut_off_so_that_it_never_looks_reached():
    makers = [maker(pk) for pk in range(1, 1001)]
    stays = tuple(Span(one, EVE) for one in makers)
    figure = modern_share(Headcount(stays, (), stays[:499]), HA_NAM, DAY)

    assert (figure.low, figure.text) == (49.9, "49,9% đã ghi")


def test_records_alone_do_not_make_a_share_sure_but_two_balances_do():
    assert not modern_share(people(), HA_NAM, DAY).sure

    balances = (Balance(on(8, 31), 20, 20), Balance(on(8, 31), 40, 40))
    figure = modern_share(people(), HA_NAM, DAY, balances=balances)
    assert (figure.sure, figure.part.low, figure.whole.low, figure.text) == (True, 19, 40, "47,5%")


def test_one_balance_without_the_other_is_not_mixed_with_records():
    figure = modern_share(people(), HA_NAM, DAY, balances=(Balance(EVE, 20, 20), None))

    assert (figure.part.low, figure.whole.low) == (1, 2)


def test_a_range_of_all_gives_a_range_of_the_share():
    balances = (Balance(DAY, 20, 20), Balance(DAY, 40, 50))

    assert modern_share(people(), HA_NAM, DAY, balances=balances).text == "40–50%"


def test_without_anybody_taking_part_the_share_is_unknown():
    assert not modern_share(Headcount(), HA_NAM, DAY).known
