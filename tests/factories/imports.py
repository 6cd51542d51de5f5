"""Imports of workbooks."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import Fate, ImportMapping, ImportRow, ImportRun, ImportStatus
from tests.factories.accounts import UserFactory


class ImportRunFactory(DjangoModelFactory):
    """A checked list of producers that waits to be confirmed."""

    class Meta:
        model = ImportRun

    importer = "producers"
    by = factory.SubFactory(UserFactory)
    status = ImportStatus.READY
    file_name = factory.Sequence(lambda n: f"chu-the-{n}.xlsx")
    sha256 = "0" * 64
    heads = ["Tên chủ thể", "Xã, phường"]
    counts = {Fate.NEW: 1, Fate.ERROR: 1}
    total = 2


class ImportRowFactory(DjangoModelFactory):
    """A row that stays outside."""

    class Meta:
        model = ImportRow

    run = factory.SubFactory(ImportRunFactory)
    number = factory.Sequence(lambda n: n + 2)
    fate = Fate.ERROR
    title = factory.Sequence(lambda n: f"Hợp tác xã {n}")
    reason = "Xã, phường: còn trống."
    cells = ["Hợp tác xã", ""]


class ImportMappingFactory(DjangoModelFactory):
    """What a person chose last time."""

    class Meta:
        model = ImportMapping

    person = factory.SubFactory(UserFactory)
    importer = "producers"
    heads = {"name": "Tên chủ thể", "commune": "Xã, phường"}
