"""Periods of reports and the timetable: pure arithmetic over calendar days."""

import datetime as dt

import pytest

from targets import periods, timetable

ALL = ("month", "quarter", "half", "nine", "year")


@pytest.mark.parametrize(
    ("slug", "end", "label"),
    [
        ("2024-02", dt.date(2024, 2, 29), "tháng 2 năm 2024"),
        ("2023-12", dt.date(2023, 12, 31), "tháng 12 năm 2023"),
        ("2024-q1", dt.date(2024, 3, 31), "quý I năm 2024"),
        ("2024-q4", dt.date(2024, 12, 31), "quý IV năm 2024"),
        ("2024-6t", dt.date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-9t", dt.date(2024, 9, 30), "9 tháng đầu năm 2024"),
        ("2024", dt.date(2024, 12, 31), "năm 2024"),
    ],
)
def test_a_slug_names_a_period_and_back(slug, end, label):
    period = periods.parse(slug)

    assert (period.slug, period.end, period.label) == (slug, end, label)


@pytest.mark.parametrize("slug", ["", "2024-13", "2024-00", "2024-q5", "2024-3t", "24-01", "2024-01 ", "x"])
def test_other_words_name_none(slug):
    assert periods.parse(slug) is None


def test_a_year_has_twelve_months_four_quarters_and_three_more():
    slugs = [period.slug for period in periods.of_year(2024, ALL)]

    assert len(slugs) == len(set(slugs)) == 19
    assert set(slugs[-3:]) == {"2024-12", "2024-q4", "2024"}


def test_only_the_last_period_of_each_kind_is_due():
    found = periods.ended(ALL, dt.date(2024, 10, 15), within=92)

    assert {period.slug for period in found} == {"2024-09", "2024-q3", "2024-9t"}


def test_the_last_day_of_a_period_is_not_its_end_yet():
    assert not periods.ended(("nine",), dt.date(2024, 9, 30), within=92)
    assert [period.slug for period in periods.ended(("nine",), dt.date(2024, 10, 1), within=92)] == [
        "2024-9t"
    ]


def test_a_period_long_past_is_not_written_any_more():
    day = dt.date(2024, 9, 30)

    assert [period.slug for period in periods.ended(("half",), day, within=92)] == ["2024-6t"]
    assert not periods.ended(("half",), day + dt.timedelta(days=1), within=92)


def test_january_closes_the_year_before():
    found = periods.ended(ALL, dt.date(2025, 1, 2), within=92)

    assert {period.slug for period in found} == {"2024-12", "2024-q4", "2024"}


def test_the_timetable_asks_districts_for_less_and_names_the_day():
    day = dt.date(2024, 10, 15)

    assert {one.slug for one in timetable.ended("district", day)} == {"2024-q3", "2024-9t"}
    assert timetable.due_on(periods.parse("2024-q3")) == dt.date(2024, 10, 5)
    assert [one.end.month for one in timetable.offered("district", 2024, day)] == [9, 9, 6, 6, 3]
    assert set(timetable.rules()) >= {"source", "as_of", *timetable.LEVELS}
