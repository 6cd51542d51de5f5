"""The forecast: tables of probabilities against numbers worked out by hand, and the 80 % interval against history."""

import random

import pytest

from targets import forecasting
from targets.forecasting import Arrivals, Attempt, Course, Part, Rate, forecast

CLOSED = Arrivals(closed=True)


def rate(tried, succeeded, years=1):
    """A rate of so many equal past years."""
    return Rate(tuple(Attempt(2023 - n, tried, succeeded) for n in range(years)))


# ------------------------------------------------------------ rates
def test_a_rate_is_learned_from_what_past_years_show():
    learned = Rate((Attempt(2022, 10, 8), Attempt(2023, 9, 6)))

    assert (learned.tried, learned.succeeded) == (19, 14)
    assert learned.mean == pytest.approx(14.5 / 20)


@pytest.mark.parametrize(("tried", "known"), [(4, False), (5, True)])
def test_too_few_past_attempts_are_no_rate(tried, known):
    assert rate(tried, tried).known is known
    assert (rate(tried, tried).mean is not None) is known


def test_years_that_differ_more_than_chance_weaken_what_the_past_says():
    even, uneven = (
        Rate((Attempt(1, 20, 10), Attempt(2, 20, 10))),
        Rate((Attempt(1, 20, 2), Attempt(2, 20, 18))),
    )

    assert even.spread == 1
    # by hand: twice (8² / (20 · ½ · ½)) over one degree of freedom
    assert uneven.spread == pytest.approx(2 * 64 / 5)
    narrow = forecast(Course(0, (Part("a", 40, even),), CLOSED))
    wide = forecast(Course(0, (Part("a", 40, uneven),), CLOSED))
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize(
    "years", [(), (Attempt(1, 8, 8), Attempt(2, 9, 9)), (Attempt(1, 8, 0), Attempt(2, 9, 0))]
)
def test_without_anything_to_compare_years_do_not_differ(years):
    assert Rate(years).spread == 1


def test_arrivals_of_uneven_years_spread_more():
    assert Arrivals((4, 4, 4)).spread == 1
    assert Arrivals((0, 0)).spread == 1
    assert Arrivals((1, 9)).spread == pytest.approx(2 * 16 / 5)


# ------------------------------------------------------------ tables of probabilities
def test_the_successes_are_beta_binomial():
    # Jeffreys' prior alone and one attempt: both ends are equally likely
    assert forecasting._successes(Part("a", 1, Rate())) == pytest.approx([0.5, 0.5])
    # 3 of 4 succeeded: the mean of the rate is 3.5/5, so one more succeeds with 0.7
    assert forecasting._successes(Part("a", 1, rate(4, 3))) == pytest.approx([0.3, 0.7])
    table = forecasting._successes(Part("a", 12, rate(30, 20)))
    assert sum(table) == pytest.approx(1)
    assert sum(n * chance for n, chance in enumerate(table)) == pytest.approx(12 * 20.5 / 31)


def test_what_comes_later_is_negative_binomial():
    table = forecasting._coming(Arrivals((3, 5)))

    assert sum(table) == pytest.approx(1)
    assert sum(n * chance for n, chance in enumerate(table)) == pytest.approx(8.5 / 2)
    assert forecasting._coming(Arrivals((0, 0)))[1] > 0  # never yet is not never
    assert forecasting._coming(CLOSED) == [1.0]


# ------------------------------------------------------------ the forecast
def test_nothing_under_way_on_the_last_day_ends_where_it_stands():
    ended = forecast(Course(17, (), CLOSED))

    assert (ended.low, ended.middle, ended.high) == (17, 17, 17)
    assert ended.text == "17"


def test_what_surely_succeeds_is_added():
    ended = forecast(Course(10, (Part("a", 5, rate(10_000, 10_000)),), CLOSED))

    assert (ended.low, ended.high) == (15, 15)


def test_what_surely_ends_is_taken_away_but_never_below_nothing():
    assert forecast(Course(10, (Part("a", 4, rate(10_000, 10_000), step=-1),), CLOSED)).middle == 6
    assert forecast(Course(1, (Part("a", 4, rate(10_000, 10_000), step=-1),), CLOSED)).middle == 0


def test_the_middle_lies_where_the_rates_put_it():
    course = Course(10, (Part("a", 20, rate(100, 75)), Part("b", 10, rate(100, 20))), Arrivals((2, 2, 2)))
    ended = forecast(course)

    assert ended.middle == pytest.approx(10 + 15 + 2 + 2, abs=1)
    assert ended.low < ended.middle < ended.high
    assert ended.text == f"{ended.middle} ({ended.low}–{ended.high})"


def test_the_chance_of_a_target_is_the_share_of_runs_that_reach_it():
    ended = forecast(Course(0, (Part("a", 1, rate(1_000_000, 250_000)),), CLOSED))

    assert ended.chance_of(0) == 1
    assert ended.chance_of(1) == pytest.approx(0.25, abs=0.03)
    assert ended.chance_of(2) == 0


def test_the_same_course_gives_the_same_numbers_and_another_one_other_runs():
    course = Course(3, (Part("a", 9, rate(20, 9)),), Arrivals((1, 4)))
    first = forecast(course)
    forecast.cache_clear()

    assert forecast(course).ends == first.ends
    assert forecast(Course(4, course.parts, course.arrivals)).ends != first.ends


@pytest.mark.parametrize(
    "course",
    [
        Course(3, (Part("a", 1, rate(4, 4)),), Arrivals((1,))),
        Course(3, (Part("a", 1, rate(9, 4)),), Arrivals()),
    ],
)
def test_without_a_past_there_is_no_forecast(course):
    assert not course.known
    assert forecast(course) is None


def test_an_empty_stage_needs_no_rate():
    course = Course(3, (Part("a", 0, Rate()),), Arrivals((1,)))

    assert course.known
    assert course.unknown == ()


# ------------------------------------------------------------ backtest on generated history
STAGES = {"Ý tưởng": (30, 0.35), "Hồ sơ đã nộp": (18, 0.6), "Hồ sơ đã tiếp nhận": (12, 0.85)}
LATER = 6


def year_of(chance, year, mood):
    """One generated year: at each stage (there, successes), and what came later. ``mood`` shifts all its rates."""
    rows = {}
    for name, (size, true) in STAGES.items():
        there = chance.randint(size // 2, size * 3 // 2)
        shifted = min(max(true + mood, 0.02), 0.98)
        rows[name] = Attempt(year, there, sum(chance.random() < shifted for _ in range(there)))
    later = sum(chance.random() < LATER / 200 for _ in range(200))
    return rows, later


def share_inside(trials, *, mood=0.0, known=True, years=5):
    """Of so many generated histories, the share whose last year ended inside the interval forecast from the others."""
    chance, inside = random.Random(20241015), 0
    for _ in range(trials):
        past = [year_of(chance, 2019 + n, chance.gauss(0, mood)) for n in range(years)]
        (rows, later), done = year_of(chance, 2024, chance.gauss(0, mood)), chance.randint(0, 20)
        parts = tuple(
            Part(
                name,
                row.tried,
                Rate(tuple(old[name] for old, _ in past)) if known else rate(1_000_000, 900_000),
            )
            for name, row in rows.items()
        )
        guess = forecast(Course(done, parts, Arrivals(tuple(count for _, count in past))), runs=400)
        inside += guess.low <= done + later + sum(row.succeeded for row in rows.values()) <= guess.high
    return inside / trials


def test_about_eighty_per_cent_of_generated_years_end_inside_the_interval():
    assert 0.76 <= share_inside(300) <= 0.88


def test_years_with_moods_of_their_own_still_end_inside_mostly():
    assert 0.70 <= share_inside(200, mood=0.08) <= 0.90


def test_rates_that_are_not_learned_miss():
    """The control: with the same histories and invented rates the interval does not hold."""
    assert share_inside(100, known=False) < 0.5
