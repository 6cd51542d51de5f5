"""The forecast on the dashboard: what it says, what it stands on, and why there is none."""

import datetime as dt
import re

import pytest

from products.models import DossierStatus
from tests.factories.products import DossierFactory

PLAN = "/ke-hoach/2024/"


@pytest.fixture
def manager(client, people):
    """A browser in which the province's leader has signed in."""
    client.force_login(people["manager"])
    return client


def words_of(response):
    """The page's text without markup, spaces evened."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def lay_a_year(rate, entity, year, *, rated):
    """Six first-time dossiers taken in by summer; so many of them got their stars on 1 December."""
    for number in range(6):
        dossier = DossierFactory(
            product__entity=entity,
            year=year,
            status=DossierStatus.UNDER_EVALUATION if number >= rated else DossierStatus.RATED,
            submitted_on=dt.date(year, 4, 1),
            accepted_on=dt.date(year, 6, 1),
        )
        if number < rated:
            rate(dt.date(year, 12, 1), product=dossier.product, dossier=dossier)


def test_the_dashboard_forecasts_the_end_of_the_year_and_shows_what_it_stands_on(manager, plan, rate, entity):
    lay_a_year(rate, entity, 2023, rated=5)
    lay_a_year(rate, entity, 2024, rated=0)

    text = words_of(manager.get(PLAN))

    assert "Dự báo đến 31/12:" in text
    assert "Hồ sơ đã tiếp nhận, chưa công nhận 6 5/6 0,79" in text
    assert "có nguy cơ" in text  # 25 new products are out of reach
    assert "Máy thử 4.000 lần" in text


def test_without_past_years_the_dashboard_says_why_it_does_not_forecast(manager, plan, rate, entity):
    lay_a_year(rate, entity, 2024, rated=0)

    text = words_of(manager.get(PLAN))

    assert "Chưa dự báo được" in text
    assert "Dự báo đến 31/12:" not in text


def test_a_day_of_another_year_is_not_forecast(manager, plan):
    assert "Chỉ dự báo cho một ngày trong năm kế hoạch" in words_of(manager.get(PLAN, {"ngay": "2025-03-01"}))
