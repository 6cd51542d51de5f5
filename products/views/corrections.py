"""Rounds of correction: the office returns a dossier, and gives more time."""

from django.contrib import messages
from django.shortcuts import redirect, render

from foundation.ui.http import carried_out, form_page, turned_away
from products import actions, permissions
from products.dossier_forms import ExtensionForm, ReturnForm
from products.views.dossiers import find


@form_page
def dossier_return(request, code):
    """The office ticks what is wrong, why, until when."""
    dossier = find(request, code)
    form = ReturnForm(request.POST or None, dossier=dossier)
    if not permissions.may_check_dossier(request.user, dossier):
        return turned_away(request, form, dossier)
    if form.is_valid() and carried_out(form, actions.send_back, dossier, by=request.user, **form.facts):
        messages.success(request, "Đã trả hồ sơ; chủ thể chỉ sửa được các mục bạn đánh dấu.")
        return redirect(dossier)
    return render(request, "products/dossiers/return.html", {"dossier": dossier, "form": form})


@form_page
def extension(request, code):
    """The office gives the producer more time."""
    dossier = find(request, code)
    form = ExtensionForm(request.POST or None)
    if not permissions.may_extend(request.user, dossier):
        return turned_away(request, form, dossier)
    if form.is_valid() and carried_out(
        form, actions.extend_round, dossier, by=request.user, **form.cleaned_data
    ):
        messages.success(request, f"Đã gia hạn đến hết ngày {form.cleaned_data['due_on']:%d/%m/%Y}.")
        return redirect(dossier)
    return render(
        request, "products/dossiers/act.html", {"dossier": dossier, "form": form, "title": "Gia hạn bổ sung"}
    )
