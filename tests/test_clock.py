"""Today and now, and the months of certificates."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock


def test_demo_day_is_today(settings):
    settings.DEMO_DAY = dt.date(2024, 12, 31)

    assert clock.today() == dt.date(2024, 12, 31)
    assert clock.now().date() == dt.date(2024, 12, 31)


def test_without_a_demo_day_the_clock_is_real(settings):
    settings.DEMO_DAY = None

    assert abs((clock.today() - dt.date.today()).days) <= 1
    assert clock.now().date() == clock.today()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2024, 10, 15), dt.date(2027, 10, 15)),
        (dt.date(2024, 2, 29), dt.date(2027, 2, 28)),
        (dt.date(2023, 9, 19), dt.date(2026, 9, 19)),
        (dt.date(2024, 12, 31), dt.date(2027, 12, 31)),
    ],
)
def test_thirty_six_months_later(start, end):
    assert clock.add_months(start, 36) == end


@given(st.dates(dt.date(2019, 1, 1), dt.date(2040, 12, 31)), st.integers(0, 120))
def test_months_keep_the_day_or_take_the_last_one(start, months):
    end = clock.add_months(start, months)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == min(start.day, calendar.monthrange(end.year, end.month)[1])
