"""Dossiers that lack nothing, and the deeds that take them further."""

import datetime as dt

import pytest

from foundation.regimes.models import CriteriaSet, Regime, RegimeQuerySet
from products import actions
from products.models import Dossier
from tests.factories.products import (
    TEXTILE,
    DossierFactory,
    EvidenceFactory,
    IdeaFactory,
    ProductFactory,
    answer_all,
)

TODAY = dt.date(2024, 10, 15)
SPEC = ("fact", "spec")
PAPER = ("evidence", "test_results")


def whole(entity, **facts):
    """A draft of this producer that lacks nothing."""
    dossier = DossierFactory(product=ProductFactory(entity=entity, idea=IdeaFactory(entity=entity)), **facts)
    answer_all(dossier)
    EvidenceFactory(dossier=dossier)
    return dossier


def again(dossier):
    """The dossier as it stands in the database."""
    return Dossier.objects.for_page().get(pk=dossier.pk)


def handed_in(entity, people, **facts):
    """Handed in by its producer."""
    dossier = whole(entity, **facts)
    actions.submit(dossier, by=people["producer"])
    return again(dossier)


def returned(entity, people, *items, **facts):
    """Handed in, and returned with these items."""
    dossier = handed_in(entity, people)
    ticked = dict.fromkeys(items or (SPEC,), "Chưa rõ.")
    actions.send_back(dossier, by=people["district_officer"], items=ticked, **facts)
    return again(dossier)


def law_of_2026():
    """The regime under which the commune assesses first, and its set 22."""
    regime = Regime.objects.get(pk="qd26-2026")
    return {"regime": regime, "criteria_set": CriteriaSet.objects.get(regime=regime, code=TEXTILE)}


@pytest.fixture
def under_2026(monkeypatch):
    """New dossiers follow the law of 2026, on the units of 2024."""
    monkeypatch.setattr(RegimeQuerySet, "for_filing", lambda self, day: Regime.objects.get(pk="qd26-2026"))
    monkeypatch.setattr(RegimeQuerySet, "choices_for_filing", lambda self, day: [self.for_filing(day)])
    return law_of_2026()
