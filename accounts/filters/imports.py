"""Narrowing the rows of an import."""

from django import forms

from accounts.models import Fate
from foundation.ui.forms import FilterForm


class ImportRowFilter(FilterForm):
    """By what becomes of them."""

    SEARCH = ("title__unaccent", "reason__unaccent")
    SEARCH_LABEL = "Tìm trong nội dung, lý do"
    LOOKUPS = {"ket_qua": "fate"}

    ket_qua = forms.ChoiceField(label="Kết quả", required=False, choices=[("", "Tất cả"), *Fate.choices])
