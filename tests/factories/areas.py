"""Administrative units."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from foundation.areas.models import Area, AreaKind, Relation, Succession


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
