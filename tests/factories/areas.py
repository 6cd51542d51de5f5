"""Administrative units."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from foundation.areas.models import Area, AreaKind, Placement, Relation, Succession, Whereabouts
from tests.factories.accounts import UserFactory


class AreaFactory(DjangoModelFactory):
    """A commune that always was and still is; say its parent."""

    class Meta:
        model = Area

    code = factory.Sequence(lambda n: f"9{n:04}")
    kind = AreaKind.COMMUNE
    type_name = "xã"
    name = factory.Sequence(lambda n: f"Thử Nghiệm {n}")
    full_name = factory.LazyAttribute(lambda o: f"{o.type_name.capitalize()} {o.name}")


class SuccessionFactory(DjangoModelFactory):
    """One commune goes wholly into another on 1 July 2025."""

    class Meta:
        model = Succession

    old = factory.SubFactory(AreaFactory, valid_to=dt.date(2025, 6, 30))
    new = factory.SubFactory(AreaFactory, valid_from=dt.date(2025, 7, 1))
    day = dt.date(2025, 7, 1)
    relation = Relation.MERGED_FULL


class WhereaboutsFactory(DjangoModelFactory):
    """A unit is where it is, always."""

    class Meta:
        model = Whereabouts

    origin = factory.SubFactory(AreaFactory)
    place = factory.SelfAttribute("origin")
    continues = True


class PlacementFactory(DjangoModelFactory):
    """A record belongs to a unit; say which record (``subject``), its former unit (``left``) and its new one."""

    class Meta:
        model = Placement

    since = factory.LazyAttribute(lambda o: o.left.day_of_change)
    reason = "Cơ sở ở thôn nay thuộc đơn vị mới"
    source = "Nghị quyết thử nghiệm"
    by = factory.SubFactory(UserFactory)
