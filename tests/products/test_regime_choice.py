"""While two laws run, the filer chooses when the dossier is begun; it keeps that law for life."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.regimes.models import Regime
from foundation.trail.models import Entry
from products import actions, stages
from products.dossier_forms import BeginForm
from products.models import Application, Dossier, DossierStatus
from tests.factories.products import IdeaFactory, ProductFactory

pytestmark = pytest.mark.django_db
BOTH = dt.date(2026, 6, 1)


@pytest.fixture
def day(monkeypatch):
    """Set the day the portal lives in."""
    return lambda value: monkeypatch.setattr(clock, "today", lambda: value)


@pytest.fixture
def product(law, entity):
    return ProductFactory(entity=entity, idea=IdeaFactory(entity=entity), set_code="22-vai-may-mac")


def begun(product, people, **facts):
    return actions.open_dossier(product, by=people["producer"], **facts)


def test_without_a_choice_the_new_law_governs(product, people, day):
    day(BOTH)
    assert begun(product, people).regime_id == "qd26-2026"


def test_the_choice_is_kept_and_said_in_the_trail(product, people, day):
    day(BOTH)
    dossier = begun(product, people, regime_id="qd148-2025")
    assert (dossier.regime_id, dossier.criteria_set.regime_id) == ("qd148-2025", "qd148-2025")
    assert "người nộp chọn" in Entry.objects.about(dossier).as_timeline()[-1]["note"]


@pytest.mark.parametrize(
    ("value", "regime"),
    [
        (BOTH, "qd148-2023"),
        (dt.date(2026, 7, 22), "qd148-2025"),
        (dt.date(2026, 5, 21), "qd26-2026"),
        (BOTH, "x"),
    ],
)
def test_a_law_that_takes_no_dossier_that_day_is_refused(product, people, day, value, regime):
    day(value)
    with pytest.raises(ValidationError, match="không chọn được quy định"):
        begun(product, people, regime_id=regime)
    assert not Dossier.objects.filter(product=product).exists()


def test_a_day_without_any_law_is_a_sentence(product, people, day):
    day(dt.date(2019, 1, 1))
    with pytest.raises(ValidationError, match="Không có quy định nào áp dụng"):
        begun(product, people)


def test_the_form_offers_the_choice_only_while_there_is_one(product, people, day):
    day(BOTH)
    form = BeginForm(user=people["producer"])
    assert [code for code, _ in form.fields["regime"].choices] == ["qd26-2026", "qd148-2025"]
    assert form["regime"].value() == "qd26-2026"
    day(dt.date(2024, 10, 15))
    assert "regime" not in BeginForm(user=people["producer"]).fields


def test_the_page_begins_the_dossier_under_the_chosen_law(client, product, people, day):
    day(BOTH)
    client.force_login(people["producer"])
    given = {"product": product.pk, "application": Application.FIRST, "regime": "qd148-2025"}
    response = client.post("/ho-so/moi/", given)
    assert response.status_code == 302
    assert Dossier.objects.get(product=product).regime_id == "qd148-2025"


def test_a_draft_of_the_old_law_is_handed_in_until_that_law_ends(product, people, day):
    day(BOTH)
    dossier = begun(product, people, regime_id="qd148-2025")
    stages.refuse_outside(dossier, dt.date(2026, 7, 21))
    with pytest.raises(ValidationError, match="nay không nhận hồ sơ nữa"):
        stages.refuse_outside(dossier, dt.date(2026, 7, 22))


def test_the_law_of_a_dossier_that_was_handed_in_stays(product, people, day):
    """The database refuses; control: a draft's row may still be written."""
    day(BOTH)
    dossier = begun(product, people, regime_id="qd148-2025")
    newest = Regime.objects.get(pk="qd26-2026")
    Dossier.objects.filter(pk=dossier.pk).update(status=DossierStatus.SUBMITTED, submitted_on=BOTH)
    with (
        pytest.raises(IntegrityError, match="không đổi sản phẩm, loại, năm hoặc quy định"),
        transaction.atomic(),
    ):
        Dossier.objects.filter(pk=dossier.pk).update(regime=newest)
