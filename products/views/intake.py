"""Offices take a dossier in: the slip with its blocks, the samples, the commune's form."""

from django.contrib import messages
from django.shortcuts import redirect, render

from foundation.ui.http import carried_out, form_page, page, turned_away
from products import actions, permissions, rules
from products.dossier_forms import AssessmentForm, ReceiptForm
from products.intake import slip_number
from products.views.dossiers import find


@form_page
def receipt(request, code):
    """This office's block of the slip, with the samples."""
    dossier = find(request, code)
    form = ReceiptForm(request.POST or None, dossier=dossier)
    if not permissions.may_check_dossier(request.user, dossier):
        return turned_away(request, form, dossier)
    if form.is_valid() and carried_out(form, actions.receive, dossier, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã ghi tiếp nhận.")
        return redirect(dossier)
    return render(
        request, "products/dossiers/act.html", {"dossier": dossier, "form": form, "title": "Ghi tiếp nhận"}
    )


@form_page
def assessment(request, code):
    """The commune's form, with which the dossier goes on."""
    dossier = find(request, code)
    form = AssessmentForm(request.POST or None, dossier=dossier)
    if not permissions.may_assess(request.user, dossier):
        return turned_away(request, form, dossier)
    if form.is_valid() and carried_out(form, actions.assess, dossier, by=request.user, **form.facts):
        messages.success(request, "Đã lập đánh giá của xã và chuyển hồ sơ lên trên.")
        return redirect(dossier)
    title = f"Đánh giá của xã ({rules.commune_form(dossier.regime)['name']})"
    return render(request, "products/dossiers/act.html", {"dossier": dossier, "form": form, "title": title})


@page
def slip(request, code):
    """The registration slip as it is printed."""
    dossier = find(request, code)
    receipts = list(dossier.receipts.select_related("received_by"))
    form = rules.slip(dossier.regime)
    blocks = (
        form["blocks"]
        if form
        else [{"level": row.level, "name": row.get_level_display()} for row in receipts]
    )
    by_level = {row.level: row for row in receipts}
    context = {
        "dossier": dossier,
        "number": slip_number(dossier, receipts),
        "blocks": [{"name": block["name"], "receipt": by_level.get(block["level"])} for block in blocks],
        "samples": dossier.criteria_set.sample_count,
    }
    return render(request, "products/dossiers/slip.html", context)
