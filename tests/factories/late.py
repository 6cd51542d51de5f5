"""Dossiers that an office takes late."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from products.models import LateAcceptance
from tests.factories.accounts import UserFactory
from tests.factories.products import DossierFactory


class LateAcceptanceFactory(DjangoModelFactory):
    """Five days more."""

    class Meta:
        model = LateAcceptance

    dossier = factory.SubFactory(DossierFactory)
    until = dt.date(2024, 10, 20)
    reason = "Mưa lũ."
    on = dt.date(2024, 10, 15)
    by = factory.SubFactory(UserFactory)
