"""T121: certificates run in calendar months. One rule, for every day of eight years, on the page as in the register."""

import calendar
import datetime as dt

import pytest

from foundation import clock
from foundation.regimes.models import Regime
from products import actions
from products.models import DossierStatus
from tests.factories.products import DossierFactory

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2027, 12, 31)  # with 29 February 2020 and 2024


def days():
    """Every day of the eight years."""
    return [FIRST + dt.timedelta(days=count) for count in range((LAST - FIRST).days + 1)]


def by_the_calendar(day, months):
    """The written rule, told another way: count months one by one, then take the day, or the last one there is."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, day.day if day.day <= last else last)


def test_every_day_of_eight_years_ends_by_the_calendar():
    found = {day: clock.add_months(day, 36) for day in days()}
    assert found == {day: by_the_calendar(day, 36) for day in days()}
    assert found[dt.date(2024, 2, 29)] == dt.date(2027, 2, 28)
    assert found[dt.date(2020, 8, 31)] == dt.date(2023, 8, 31)
    assert found[dt.date(2021, 12, 31)] == dt.date(2024, 12, 31)


@pytest.mark.parametrize("months", [1, 6, 12, 36, 48])
def test_the_end_never_runs_backwards(months):
    ends = [clock.add_months(day, months) for day in days()]
    assert ends == sorted(ends)
    assert all(end.day == day.day or end.day < day.day <= 31 for day, end in zip(days(), ends, strict=True))


def test_control_counting_days_is_another_rule():
    """36 months are not 1,095 days: counting days would be wrong on most of these days."""
    wrong = [day for day in days() if day + dt.timedelta(days=3 * 365) != clock.add_months(day, 36)]
    assert len(wrong) > len(days()) / 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "end", "shown"),
    [
        (dt.date(2024, 2, 29), dt.date(2027, 2, 28), "28/02/2027"),
        (dt.date(2024, 8, 31), dt.date(2027, 8, 31), "31/08/2027"),
        (dt.date(2023, 12, 31), dt.date(2026, 12, 31), "31/12/2026"),
    ],
)
def test_register_and_page_say_the_same_day(
    law, client, people, entity, province, monkeypatch, day, end, shown
):
    printed = {}

    def paper(certificate):
        printed["until"] = certificate.rating.ends_on
        return real(certificate)

    real = actions.certificates.papers.certificate_paper
    monkeypatch.setattr(actions.certificates.papers, "certificate_paper", paper)
    monkeypatch.setattr(clock, "today", lambda: day)
    dossier = DossierFactory(
        product__entity=entity,
        status=DossierStatus.UNDER_EVALUATION,
        submitted_on=day,
        regime=Regime.objects.get(pk="qd148-2023"),
    )
    rating = actions.grant_rating(
        dossier, stars=3, total=60, decision_number="1/QĐ-UBND", decided_on=day, level="province",
        issuer="Ủy ban nhân dân tỉnh Hà Nam", area=province, by=people["province_officer"],
    )  # fmt: skip

    assert rating.ends_on == end == printed["until"] == by_the_calendar(day, 36)
    assert shown in client.get(rating.certificate.get_absolute_url()).content.decode()
