"""The code that an accepted dossier's product gets."""

import datetime as dt

import pytest

from foundation import clock
from foundation.regimes.models import Regime
from products.actions.offices import product_code
from tests.factories.products import DossierFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "regime", "code"),
    [
        (dt.date(2024, 10, 15), "qd148-2023", "35-349-13345-1-2024"),
        (dt.date(2026, 9, 1), "qd26-2026", "37-13324-1-2026"),
    ],
)
def test_a_code_names_the_units_of_its_day(law, commune, monkeypatch, day, regime, code):
    """Xã Chuyên Ngoại of Hà Nam was merged into phường Duy Tiên of Ninh Bình on 1 July 2025."""
    monkeypatch.setattr(clock, "today", lambda: day)
    rules = Regime.objects.get(pk=regime)
    dossier = DossierFactory(
        product__entity__area=commune, product__area=commune, regime=rules, year=day.year
    )
    assert product_code(dossier) == code
