"""Numbers by Vietnamese rules: dots between thousands, a comma before the fraction; nothing is guessed (T125)."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from entities.forms.policies import GrantForm
from entities.forms.producers import ProducerForm, YearForm
from entities.forms.villages import VillageForm
from foundation.ui.forms import PortalForm
from foundation.ui.numbers import NumberField, WholeField, shown
from products.plan_forms import LineForm
from products.tracking_forms import ReturnForm

READ = {
    "1.000,5": "1000.5",
    "1.000": "1000",
    "1.234.567,89": "1234567.89",
    "12,5": "12.5",
    "12.5": "12.5",
    "0,125": "0.125",
    "0.125": "0.125",
    "1000,125": "1000.125",
    "1000.125": "1000.125",
    "1 500 000": "1500000",
    "1\N{NO-BREAK SPACE}500\N{NARROW NO-BREAK SPACE}000,5": "1500000.5",
    "-1.000": "-1000",
    "\N{MINUS SIGN}2,5": "-2.5",
    " 7 ": "7",
    "007": "7",
}
DOUBTFUL = {
    "1,000": "Không rõ “1,000” là 1.000 hay 1. Hãy ghi lại",
    "10,000": "Không rõ “10,000” là 10.000 hay 10. Hãy ghi lại",
    "-1,250": "Không rõ “-1,250” là -1.250 hay -1,25. Hãy ghi lại",
}
ENGLISH = [
    "1,000.5",
    "1,000,000",
    "1,000,000.25",
    "1.00.000",
    "1.000.5",
    "1,5,5",
    "1..5",
    ",5",
    "5,",
    "1,000.500",
]
NONE = ["x", "1e", "NaN", "Infinity", "-", ".", "1 5", "12 kg", "9" * 5000, "--5", "1/2", "½"]


@pytest.mark.parametrize("typed", READ)
def test_t125_what_is_clear_is_read_by_vietnamese_rules(typed):
    assert NumberField().clean(typed) == Decimal(READ[typed])


@pytest.mark.parametrize("typed", DOUBTFUL)
@pytest.mark.parametrize("field", [NumberField, WholeField])
def test_t125_what_has_two_readings_is_asked_about(typed, field):
    with pytest.raises(ValidationError) as refusal:
        field().clean(typed)
    assert refusal.value.messages[0].startswith(DOUBTFUL[typed])


@pytest.mark.parametrize("typed", ENGLISH)
@pytest.mark.parametrize("field", [NumberField, WholeField])
def test_t125_other_ways_to_write_are_told_the_vietnamese_one(typed, field):
    with pytest.raises(ValidationError, match=r"ví dụ 1\.000,5"):
        field().clean(typed)


@pytest.mark.parametrize("typed", NONE)
@pytest.mark.parametrize(
    "field", [NumberField(max_digits=14, decimal_places=2), WholeField(max_value=10**13)]
)
def test_what_is_no_number_is_refused(typed, field):
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_whole_numbers_have_no_fraction():
    assert WholeField().clean("1.500.000") == 1_500_000
    assert WholeField().clean("12,0") == 12
    with pytest.raises(ValidationError):
        WholeField().clean("12,5")
    assert WholeField(required=False).clean("  ") is None


@pytest.mark.parametrize(
    "number", ["0", "-1000", "1000.5", "1000.50", "1234567.89", "0.25", "20", "1E+3", "12.30"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_t125_what_is_shown_again_is_read_as_the_same(number, language):
    with translation.override(language):
        assert NumberField().clean(shown(Decimal(number))) == Decimal(number)
    assert shown(1_000_000) == "1.000.000"
    assert shown(None) is None


def test_a_form_shows_the_kept_number_grouped_and_the_typed_one_as_typed():
    class Slip(PortalForm):
        amount = NumberField(decimal_places=2, max_digits=14)

    assert 'value="1.200,5"' in str(Slip(initial={"amount": Decimal("1200.50")})["amount"])
    again = Slip({"amount": "1,000"})
    assert 'value="1,000"' in str(again["amount"])
    assert 'inputmode="decimal"' in str(again["amount"])
    assert 'type="number"' not in str(again["amount"])
    assert Slip({"amount": "x"}).errors["amount"] == ["Hãy ghi một số, ví dụ 12,5."]
    assert not Slip({"amount": "1.200,50"}, initial={"amount": Decimal("1200.50")}).has_changed()


def test_control_the_frameworks_own_fields_guess():
    """What the forms would keep without ours: one thousand becomes one."""
    with translation.override("vi"):
        assert forms.DecimalField(localize=True).clean("1.000") == 1
        assert forms.DecimalField(localize=True).clean("1,000") == 1
        assert forms.IntegerField().clean("1.000") == 1
        with pytest.raises(ValidationError):
            forms.DecimalField(localize=True).clean("1.000,5")


FIGURES = {
    LineForm: {"quantity": NumberField, "price": NumberField},
    ReturnForm: {"output": NumberField, "revenue": NumberField, "workers": WholeField},
    ProducerForm: {
        "workers": WholeField,
        "local_workers": WholeField,
        "members_count": WholeField,
        "capital": NumberField,
    },
    YearForm: {"revenue": NumberField, "profit": NumberField, "workers": WholeField},
    VillageForm: {"households": WholeField, "workers": WholeField},
    GrantForm: {"amount": WholeField},
}


@pytest.mark.parametrize("form", FIGURES)
def test_t125_every_form_with_figures_reads_them_so(form):
    assert {name: type(form.base_fields[name]) for name in FIGURES[form]} == FIGURES[form]
