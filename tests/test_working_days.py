"""Working days of offices: weekends, holidays, exchanged Saturdays, and years without data."""

import copy
import datetime as dt

import pytest
import yaml

from foundation.working_days import DATA, CalendarError, calendar, read


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-10-15", True),
        ("2024-10-19", False),
        ("2024-02-09", False),
        ("2024-05-04", True),
        ("2024-04-29", False),
        ("2025-04-26", True),
        ("2026-02-18", False),
        ("2026-01-10", True),
        ("2027-02-08", True),
    ],
)
def test_whether_offices_work(day, working):
    assert calendar().is_working(dt.date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        ("2024-10-15", 2, "2024-10-17"),
        ("2024-10-17", 2, "2024-10-21"),
        ("2024-02-07", 2, "2024-02-16"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-01-08", 2, "2026-01-10"),
        ("2026-12-30", 2, "2027-01-01"),
    ],
)
def test_so_many_working_days_later(day, count, end):
    assert calendar().after(dt.date.fromisoformat(day), count) == dt.date.fromisoformat(end)


def test_without_its_holidays_the_same_period_would_end_during_tet():
    plain = read({"years": {}})

    assert plain.after(dt.date(2026, 2, 13), 2) == dt.date(2026, 2, 17)


def test_a_last_day_off_moves_to_the_next_working_day():
    assert calendar().at_or_after(dt.date(2024, 9, 1)) == dt.date(2024, 9, 4)
    assert calendar().at_or_after(dt.date(2024, 10, 15)) == dt.date(2024, 10, 15)


@pytest.mark.parametrize("fault", ["no source", "not sure", "other year", "backwards", "worked on a weekday"])
def test_a_wrong_file_is_refused(fault):
    data = copy.deepcopy(yaml.safe_load(DATA.read_text(encoding="utf-8")))
    year = data["years"][2024]
    match fault:
        case "no source":
            year["source"] = ""
        case "not sure":
            year["sure"] = "maybe"
        case "other year":
            year["holidays"][0]["to"] = dt.date(2025, 1, 1)
        case "backwards":
            year["holidays"][1]["to"] = dt.date(2024, 2, 1)
        case "worked on a weekday":
            year["worked"] = [dt.date(2024, 5, 6)]

    with pytest.raises(CalendarError):
        read(data)
