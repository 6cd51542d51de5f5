"""Producers and craft villages."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models.invitations import digest_of, new_token
from entities.models import (
    CraftVillage,
    Entity,
    EntityInvitation,
    EntityKind,
    EntityPhoto,
    EntityStatus,
    MemberRole,
    Membership,
    SalesChannel,
    SignUp,
    Spell,
    Strengthening,
    VillagePhoto,
    YearFigures,
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


class EntityInvitationFactory(DjangoModelFactory):
    """An invitation to edit that nobody has the link of; ``token`` makes one with a link."""

    class Meta:
        model = EntityInvitation

    class Params:
        token = factory.LazyFunction(lambda: new_token()[0])

    token_sha256 = factory.LazyAttribute(lambda row: digest_of(row.token))
    full_name = "Người Được Mời"
    role = MemberRole.EDITOR
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))


class SpellFactory(DjangoModelFactory):
    """The producer takes part from a known day on."""

    class Meta:
        model = Spell

    status = EntityStatus.PARTICIPATING
    since = dt.date(2024, 3, 1)
    seen_on = dt.date(2024, 3, 1)


class YearFiguresFactory(DjangoModelFactory):
    """A year of a small co-operative."""

    class Meta:
        model = YearFigures

    year = 2023
    revenue = 900
    workers = 12


class EntityPhotoFactory(DjangoModelFactory):
    """A workshop."""

    class Meta:
        model = EntityPhoto

    image = factory.django.FileField(filename="a.jpg", data=b"jpeg")
    caption = "Xưởng"


class SignUpFactory(DjangoModelFactory):
    """A household that waits for its commune; say its area."""

    class Meta:
        model = SignUp

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Hộ Tự Đăng Ký {n}")
    kind = EntityKind.HOUSEHOLD
    phone = "0912 345 678"
    representative = "Người Tự Đăng Ký"


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
