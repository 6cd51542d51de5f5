"""Inspections after recognition."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page, turned_away
from products import actions, permissions
from products.certificate_forms import InspectionForm, MendingForm
from products.models import Inspection, Product
from products.views.tracking import find_product


def find_inspection(request, code):
    """The inspection of a product that this person may see; else 404."""
    rows = Inspection.objects.filter(product__in=Product.objects.visible_to(request.user)).for_list()
    return get_object_or_404(rows, code=code)


@form_page
def inspection_new(request, code):
    """An officer writes down what was found."""
    product = find_product(request, code)
    form = InspectionForm(request.POST or None)
    form.cancel_url = product.get_absolute_url()
    if not permissions.may_inspect(request.user, product):
        return turned_away(request, form, product)
    if form.is_valid() and carried_out(
        form, actions.record_inspection, product, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã ghi kết quả kiểm tra; trang sản phẩm hiện công khai.")
        return redirect(form.outcome)
    return render(request, "products/inspections/form.html", {"form": form, "product": product})


@page
def inspection(request, code):
    """One inspection with its story."""
    found = find_inspection(request, code)
    context = {
        "inspection": found,
        "product": found.product,
        "timeline": Entry.objects.about(found).as_timeline(),
        "may_mend": bool(found.mend_until)
        and not found.mended_on
        and permissions.may_inspect(request.user, found.product),
    }
    return render(request, "products/inspections/inspection.html", context)


@form_page
def inspection_mending(request, code):
    """What had to be mended is."""
    found = find_inspection(request, code)
    form = MendingForm(request.POST or None)
    form.cancel_url = found.get_absolute_url()
    if found.mended_on or not found.mend_until or not permissions.may_inspect(request.user, found.product):
        return turned_away(request, form, found)
    if form.is_valid() and carried_out(
        form, actions.record_mending, found, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã ghi kết quả khắc phục.")
        return redirect(found)
    return render(
        request,
        "products/inspections/form.html",
        {"form": form, "product": found.product, "inspection": found},
    )
