"""The form base and text as people type it."""

import unicodedata

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict

from foundation.ui.forms import DayField, PortalForm
from foundation.ui.text import plain, tidy

DECOMPOSED = unicodedata.normalize("NFD", "Chè Đặng Thị Hưởng")


class PersonForm(PortalForm):
    cancel_url = "/ve/"
    sections = (("Người", ("name",)),)

    name = forms.CharField(label="Họ tên", help_text="Như trên giấy tờ.")
    born = DayField(label="Ngày sinh", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_text_is_brought_to_one_form_trimmed_and_freed_of_hidden_marks():
    form = PersonForm({"name": f"  {DECOMPOSED}\u200b\ufeff ", "kind": "a"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Chè Đặng Thị Hưởng"


def test_a_query_is_tidied_too_and_the_original_is_left_alone():
    data = QueryDict(f"name={DECOMPOSED}&kind=a")
    form = PersonForm(data)
    assert form.is_valid()
    assert unicodedata.is_normalized("NFC", form["name"].value())
    assert data["name"] == DECOMPOSED


def test_line_breaks_in_text_survive():
    assert tidy("a\r\nb\tc\x07") == "a\r\nb\tc"


@pytest.mark.parametrize(
    ("typed", "bare"),
    [("Thanh Liêm", "thanh liem"), ("ĐẶC SẢN", "dac san"), (DECOMPOSED, "che dang thi huong")],
)
def test_plain_text_has_no_accents(typed, bare):
    assert plain(typed) == bare


def test_days_are_read_as_people_write_them():
    form = PersonForm({"name": "An", "kind": "a", "born": "15/10/1990"})
    assert form.is_valid()
    assert form.cleaned_data["born"].isoformat() == "1990-10-15"


def test_errors_stand_on_top_as_links_and_beside_each_field():
    form = PersonForm({"born": "31/02/2024"})
    form.add_error(None, "Sai cả đơn.")
    html = render_crispy_form(form)
    assert "Có 3 chỗ cần sửa" in html
    assert "Sai cả đơn." in html
    for link in form.error_links:
        assert f'href="#{link["anchor"]}"' in html
        assert f'id="{link["anchor"]}"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'value="31/02/2024"' in html


def test_every_pointer_of_a_control_leads_somewhere():
    html = render_crispy_form(PersonForm({}))
    pointers = [part.split('"')[0] for part in html.split('aria-describedby="')[1:]]
    assert pointers
    assert all(f'id="{name}"' in html for pointer in pointers for name in pointer.split())


def test_a_right_form_has_no_summary():
    assert "error-summary" not in render_crispy_form(PersonForm())


def test_fields_outside_the_sections_are_drawn_as_well():
    html = render_crispy_form(PersonForm())
    assert all(f'name="{name}"' in html for name in PersonForm().fields)


def test_labels_and_typed_text_are_escaped():
    assert "<b>x" not in render_crispy_form(PersonForm({"name": "<b>x"}))
