"""The yearly cycle; what is known of rated products over time."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from products.models import CycleStep, ProductFact, ProductStory, YearlyReturn
from tests.factories.accounts import UserFactory
from tests.factories.products import ProductFactory

DAY = dt.date(2024, 10, 10)


class CycleStepFactory(DjangoModelFactory):
    """Ideas are taken in October."""

    class Meta:
        model = CycleStep

    year = 2024
    step = "ideas"
    starts_on = dt.date(2024, 10, 1)
    ends_on = dt.date(2024, 10, 31)
    source = "Kế hoạch thử"


class ProductFactFactory(DjangoModelFactory):
    """A rated product was looked at and stays as it was."""

    class Meta:
        model = ProductFact

    product = factory.SubFactory(ProductFactory)
    kind = "maintained"
    day = DAY
    note = "Kiểm tra đạt."


class YearlyReturnFactory(DjangoModelFactory):
    """The figures of 2023."""

    class Meta:
        model = YearlyReturn

    product = factory.SubFactory(ProductFactory)
    year = 2023
    output = 1200
    unit = "kg"
    revenue = 350
    workers = 8
    channels = factory.LazyFunction(lambda: ["market"])
    state = "producing"
    returned_on = DAY
    returned_by = factory.SubFactory(UserFactory)


class ProductStoryFactory(DjangoModelFactory):
    """The first version."""

    class Meta:
        model = ProductStory

    product = factory.SubFactory(ProductFactory)
    number = 1
    text = "Nghề cũ của làng."
    day = DAY
