"""Consents, requests and copies of data, departures and names on official acts."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import Consent, DataExport, DataRequest, Departure, OfficialName, RequestKind
from foundation import clock
from tests.factories.accounts import UserFactory
from tests.factories.targets import JobFactory


class ConsentFactory(DjangoModelFactory):
    """An answer to the text of 2023 that agrees to mail."""

    class Meta:
        model = Consent

    person = factory.SubFactory(UserFactory)
    text_version = "2023-07"
    purposes = ["thu-dien-tu"]


class DataRequestFactory(DjangoModelFactory):
    """A request received just now."""

    class Meta:
        model = DataRequest

    person = factory.SubFactory(UserFactory)
    kind = RequestKind.CORRECTION
    what = "Sửa họ tên"
    law = "nd13"
    received_at = factory.LazyFunction(clock.now)
    answer_due_at = factory.LazyAttribute(lambda request: request.received_at + dt.timedelta(hours=72))
    done_due_at = factory.LazyAttribute(lambda request: request.received_at + dt.timedelta(hours=72))


class DataExportFactory(DjangoModelFactory):
    """A copy that expires in a week."""

    class Meta:
        model = DataExport

    person = factory.SubFactory(UserFactory)
    job = factory.SubFactory(JobFactory, by=factory.SelfAttribute("..person"))
    file = factory.django.FileField(filename="a.zip", data=b"PK")
    created_at = factory.LazyFunction(clock.now)
    expires_at = factory.LazyAttribute(lambda export: export.created_at + dt.timedelta(days=7))


class DepartureFactory(DjangoModelFactory):
    """Somebody who left three years ago."""

    class Meta:
        model = Departure

    person = factory.SubFactory(UserFactory, is_active=False)
    left_on = dt.date(2021, 10, 1)


class OfficialNameFactory(DjangoModelFactory):
    """A name kept for its documents."""

    class Meta:
        model = OfficialName

    person = factory.SubFactory(UserFactory, is_active=False)
    full_name = "Người Ký Thử Nghiệm"
    kept_until = dt.date(2044, 10, 15)
