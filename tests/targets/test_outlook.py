"""The forecast from records: stages by dated steps, rates of past years, what ends, and the word of a target."""

import datetime as dt
from types import SimpleNamespace

import pytest

from targets import outlook
from targets.counting import Fact
from targets.forecasting import Arrivals, Attempt, Course, Part, Rate, forecast
from targets.outlook import ACCEPTED, FILED, IDEA, Road
from targets.progress import Word

AUTUMN = dt.date(2024, 10, 15)


def on(month, day=1, year=2024):
    return dt.date(year, month, day)


# ------------------------------------------------------------ one road
ROAD = Road(2024, on(2), on(4), on(6), on(11))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (on(1, 31), None),
        (on(2), IDEA),
        (on(3, 31), IDEA),
        (on(4), FILED),
        (on(5, 31), FILED),
        (on(6), ACCEPTED),
        (on(10, 31), ACCEPTED),
        (on(11), None),
        (on(12, 31), None),
    ],
)
def test_a_road_stands_where_its_last_dated_step_put_it(day, stage):
    assert ROAD.stage(day) == stage


def test_the_leap_day_is_the_28th_in_other_years():
    assert outlook.same_day(dt.date(2024, 2, 29), 2023) == dt.date(2023, 2, 28)
    assert outlook.same_day(AUTUMN, 2021) == dt.date(2021, 10, 15)


# ------------------------------------------------------------ rates of past years
def test_rates_are_those_of_the_same_day_of_past_years():
    roads = [
        Road(2023, on(2, year=2023), on(3, year=2023), on(4, year=2023), on(12, year=2023)),  # made it
        Road(2023, on(2, year=2023), on(3, year=2023), on(4, year=2023), on(1)),  # a year late
        Road(2023, on(2, year=2023), on(3, year=2023), on(4, year=2023), on(9, year=2023)),  # already rated
        Road(2023, on(11, year=2023), rated=on(12, year=2023)),  # began later
        Road(2024, on(2), on(3), on(4)),
        Road(2024, on(2)),
    ]
    first = {n: road.rated for n, road in enumerate(roads) if road.rated}
    parts, arrivals = outlook.course_of(roads, first, AUTUMN)
    found = {part.name: part for part in parts}

    assert {name: part.count for name, part in found.items()} == {IDEA: 1, FILED: 0, ACCEPTED: 1}
    assert found[ACCEPTED].rate == Rate((Attempt(2023, 2, 1),))
    assert found[FILED].rate == Rate((Attempt(2023, 0, 0),))
    assert arrivals == Arrivals((1,))


def test_years_without_a_record_teach_nothing():
    parts, arrivals = outlook.course_of([Road(2024, on(2))], {7: on(5, year=2023)}, AUTUMN)

    assert arrivals == Arrivals(())
    assert not Course(0, parts, arrivals).known


def test_on_the_last_day_nothing_begins_any_more():
    assert outlook.course_of([], {}, dt.date(2024, 12, 31))[1].closed


# ------------------------------------------------------------ what ends
def fact(product, start, end, revoked=None):
    return Fact(product, product, None, frozenset({"a"}), 3, start, end, revoked)


def test_what_ends_is_what_holds_today_and_not_at_the_end_of_the_year():
    facts = [
        fact(1, on(1, year=2022), on(12)),  # ends on 1 December
        fact(2, on(1, year=2022), on(6, year=2025)),  # holds on
        fact(3, on(1, year=2021), on(11)),
        fact(3, on(9), on(9, year=2027)),  # was renewed by then
        fact(4, on(1, year=2022), on(5)),  # is over already
        Fact(5, 5, None, frozenset({"b"}), 3, on(1, year=2022), on(12)),  # elsewhere
    ]
    part = outlook.ending_part(facts, "a", AUTUMN)

    assert (part.count, part.step) == (1, -1)


def test_how_often_stars_end_is_learned_from_past_years():
    past = [
        fact(1, on(1, year=2020), on(12, year=2023)),  # ended
        fact(2, on(1, year=2020), on(12, year=2023)),
        fact(2, on(12, 2, year=2023), on(12, year=2026)),  # renewed in time
    ]

    assert outlook.ending_part(past, "a", AUTUMN).rate == Rate((Attempt(2023, 2, 1),))


# ------------------------------------------------------------ the word
def row(word, low=10):
    return SimpleNamespace(word=word, target=SimpleNamespace(low=low))


def ended(done):
    return forecast(Course(done, (Part("a", 4, Rate((Attempt(2023, 20, 10),))),), Arrivals(closed=True)))


@pytest.mark.parametrize(
    ("word", "done", "said"),
    [
        (Word.ON_PACE, 12, Word.ON_PACE),
        (Word.ON_PACE, 5, Word.AT_RISK),
        (Word.BEHIND, 9, Word.BEHIND),
        (Word.BEHIND, 5, Word.AT_RISK),
        (Word.REACHED, 5, Word.REACHED),
        (Word.UNKNOWN, 5, Word.UNKNOWN),
        (Word.NOT_YET, 5, Word.NOT_YET),
    ],
)
def test_a_target_missed_in_more_than_half_the_runs_is_at_risk(word, done, said):
    assert outlook.word_for(row(word), ended(done)) == said


def test_without_forecast_or_target_the_pace_decides():
    assert outlook.word_for(row(Word.BEHIND), None) == Word.BEHIND
    assert outlook.word_for(SimpleNamespace(word=Word.BEHIND, target=None), ended(0)) == Word.BEHIND
