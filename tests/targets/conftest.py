"""The plan of 2024 with the sourced figures of the province, as loaded from the files."""

import datetime as dt

import pytest

from foundation.sources import loading as sources_loading
from products.models import Rating
from targets import loading, progress
from targets.models import YearPlan
from tests.factories.entities import EntityFactory
from tests.factories.products import DecisionFactory, ProductFactory, RatingFactory


@pytest.fixture
def plan(law):
    """The plan, its targets and balances."""
    sources_loading.load()
    loading.load()
    return YearPlan.objects.select_related("area__parent__parent").get(year=2024)


@pytest.fixture
def books(plan):
    """Open the plan's books for a day."""
    return lambda day=dt.date(2024, 10, 15): progress.open_books(plan, day)


@pytest.fixture
def rate(commune):
    """Give a product stars from a day on: ``rate(day, stars=3, product=None, area=commune, …)``."""

    def give(day, *, product=None, area=commune, **facts):
        product = product or ProductFactory(entity=EntityFactory(area=area), area=area)
        return RatingFactory(product=product, decision=DecisionFactory(day=day, area=area), **facts)

    return give


@pytest.fixture
def revoke():
    """Take a rating back on a day."""
    return lambda rating, day: Rating.objects.filter(pk=rating.pk).update(revoked_on=day)
