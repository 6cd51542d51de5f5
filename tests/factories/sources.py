"""Sources of facts, and what was loaded."""

import factory
from factory.django import DjangoModelFactory

from foundation.sources.models import LoadedData, Source


class SourceFactory(DjangoModelFactory):
    """A page that may be linked."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"T{n:02}")
    publisher = "Báo thử nghiệm"
    url = factory.LazyAttribute(lambda o: f"https://bao.example/{o.key}")
    dated = "2024-05"


class LoadedDataFactory(DjangoModelFactory):
    """A set of files that was loaded in some state."""

    class Meta:
        model = LoadedData

    name = factory.Sequence(lambda n: f"set-{n}")
    digest = "0" * 64
