"""Events and the products there."""

import factory
from factory.django import DjangoModelFactory

from promotion.models import Event, EventProduct, Participation
from tests.factories.products import ProductFactory


class EventFactory(DjangoModelFactory):
    """A fair in 2024 that the province took part in."""

    class Meta:
        model = Event

    code = factory.Sequence(lambda n: f"sk-{n}")
    name = factory.Sequence(lambda n: f"Hội chợ thử nghiệm {n}")
    kind = "hội chợ ngoài tỉnh"
    year = 2024
    province_part = Participation.CONFIRMED


class EventProductFactory(DjangoModelFactory):
    """A product at an event."""

    class Meta:
        model = EventProduct

    event = factory.SubFactory(EventFactory)
    product = factory.SubFactory(ProductFactory)
