"""Pages of dossiers: list, record, registration, deeds."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render

from foundation.trail.models import Entry
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, deed, form_page, page, perform, turned_away
from foundation.ui.lists import render_list
from products import actions, permissions
from products.forms import NoteForm, RegistrationForm
from products.models import Dossier, DossierStatus, Product


class DossierFilter(FilterForm):
    """Narrowing the list of dossiers."""

    SEARCH = ("code", "product__name", "product__entity__name")
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-pk"), "ten": ("Tên sản phẩm", "product__name")}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *DossierStatus.choices]
    )


def find(request, code):
    """The dossier by its code, if this person may see it; else 404."""
    return get_object_or_404(Dossier.objects.visible_to(request.user).for_page(), code=code)


@page
def dossiers(request):
    """The dossiers that this person may see."""
    queryset = Dossier.objects.visible_to(request.user).for_list()
    return render_list(request, "products/dossiers", queryset, DossierFilter)


@page
def dossier(request, code):
    """One dossier: where it stands, what is missing, what may be done with it."""
    record = find(request, code)
    user = request.user
    context = {
        "dossier": record,
        "result": record.result(),
        "criteria_count": record.criteria_set.criteria.count(),
        "missing": record.missing() if record.is_with_producer else [],
        "evidence": record.evidence.prefetch_related("criteria"),
        "kinds": {kind.code: kind.name for kind in record.regime.document_kinds},
        "samples": record.criteria_set.sample_count,
        "place": record.product.place_today,
        "timeline": Entry.objects.about(record).as_timeline(),
        "rating": getattr(record, "rating", None),
        "can": {
            "edit": permissions.may_edit_dossier(user, record),
            "check": permissions.may_check_dossier(user, record),
        },
    }
    return render(request, "products/dossiers/dossier.html", context)


@deed
def dossier_opening(request, code):
    """Begin the dossier of a product."""
    product = get_object_or_404(Product.objects.visible_to(request.user), code=code)
    live = Dossier.objects.filter(product=product).exclude(status=DossierStatus.WITHDRAWN).first()
    if live is not None:
        return redirect(live)
    return redirect(actions.open_dossier(product, by=request.user))


@form_page
def registration(request, code):
    """The registration part."""
    record = find(request, code)
    form = RegistrationForm(request.POST or None, instance=record)
    if not permissions.may_edit_dossier(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.save_registration, record, by=request.user, **form.cleaned_data
    ):
        return redirect("products:self_score", code)
    return render(request, "products/dossiers/registration.html", {"dossier": record, "form": form})


@deed
def submission(request, code):
    """The producer hands the dossier in."""
    return perform(request, actions.submit, find(request, code), done="Đã nộp hồ sơ tới huyện.")


@deed
def acceptance(request, code):
    """The district finds the dossier complete."""
    return perform(request, actions.accept, find(request, code), done="Đã tiếp nhận hồ sơ đủ điều kiện.")


@form_page
def dossier_return(request, code):
    """The district sends the dossier back and lists what to complete."""
    record = find(request, code)
    form = NoteForm(request.POST or None)
    if form.is_valid() and carried_out(form, actions.send_back, record, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(request, "products/dossiers/return.html", {"dossier": record, "form": form})


@deed
def dossier_withdrawal(request, code):
    """The producer takes the dossier back for good."""
    return perform(request, actions.withdraw, find(request, code), done="Đã rút hồ sơ.")
