"""Producers and craft villages."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from entities.models import (
    CraftVillage,
    Entity,
    EntityKind,
    Membership,
    SalesChannel,
    Strengthening,
    VillagePhoto,
)
from tests.factories.accounts import UserFactory


class EntityFactory(DjangoModelFactory):
    """A co-operative; say its area."""

    class Meta:
        model = Entity

    code = factory.Sequence(lambda n: f"ct-{n}")
    name = factory.Sequence(lambda n: f"Hợp tác xã Thử Nghiệm {n}")
    kind = EntityKind.COOPERATIVE


class MembershipFactory(DjangoModelFactory):
    """A person acts for a producer."""

    class Meta:
        model = Membership

    entity = factory.SubFactory(EntityFactory)
    user = factory.SubFactory(UserFactory)


class CraftVillageFactory(DjangoModelFactory):
    """A weaving village; say its area."""

    class Meta:
        model = CraftVillage

    code = factory.Sequence(lambda n: f"lang-{n}")
    name = factory.Sequence(lambda n: f"Làng dệt {n}")
    craft = "dệt lụa"


class VillagePhotoFactory(DjangoModelFactory):
    """A loom."""

    class Meta:
        model = VillagePhoto

    village = factory.SubFactory(CraftVillageFactory)
    image = factory.django.FileField(filename="a.jpg", data=b"jpeg")
    caption = "Khung cửi"


class SalesChannelFactory(DjangoModelFactory):
    """A supermarket since the beginning of 2024; say its entity."""

    class Meta:
        model = SalesChannel

    entity = factory.SubFactory(EntityFactory)
    kind = "supermarket"
    partner = factory.Sequence(lambda n: f"Siêu thị Thử Nghiệm {n}")
    since = dt.date(2024, 1, 1)


class StrengtheningFactory(DjangoModelFactory):
    """New packaging in the spring of 2024; say its entity."""

    class Meta:
        model = Strengthening

    entity = factory.SubFactory(EntityFactory)
    kind = "packaging"
    day = dt.date(2024, 4, 1)
    note = "In lại nhãn hộp."
