"""Producers and craft villages."""

import factory
from factory.django import DjangoModelFactory

from entities.models import CraftVillage, Entity, EntityKind, Membership
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
