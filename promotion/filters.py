"""Narrowing the list of events."""

from django import forms

from foundation.ui.forms import FilterForm
from promotion.models import Participation


class EventFilter(FilterForm):
    """Search in names and places; the province's part."""

    SEARCH = ("name__unaccent", "place__unaccent", "organiser__unaccent")
    SEARCH_LABEL = "Tên, nơi tổ chức"
    LOOKUPS = {"phan": "province_part"}

    phan = forms.ChoiceField(
        label="Phần của tỉnh", required=False, choices=[("", "Tất cả"), *Participation.choices]
    )
