"""Narrowing the list of cases."""

from django import forms

from evaluation.models import CaseStatus, SheetStatus
from foundation.ui.forms import FilterForm


class CaseFilter(FilterForm):
    """Search by product, producer and code; status."""

    SEARCH = (
        "code",
        "dossier__code",
        "dossier__product__name__unaccent",
        "dossier__product__entity__name__unaccent",
    )
    SEARCH_LABEL = "Sản phẩm, chủ thể hoặc mã"
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-pk"), "ten": ("Tên sản phẩm", "dossier__product__alphabet")}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *CaseStatus.choices]
    )


class SheetFilter(FilterForm):
    """Search by product, producer and code; what is still to be handed in."""

    SEARCH = (
        "case__code",
        "case__dossier__product__name__unaccent",
        "case__dossier__product__entity__name__unaccent",
    )
    SEARCH_LABEL = "Sản phẩm, chủ thể hoặc mã"
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"cho": ("Chưa nộp trước", "status", "pk"), "moi": ("Mới nhất", "-pk")}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *SheetStatus.choices]
    )
