"""Pages of handing in late: the producer asks, the receiving office allows."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from foundation import clock
from foundation.ui.http import carried_out, deed, form_page, perform, turned_away
from products import actions, permissions, windows
from products.late_forms import LateForm
from products.models import Dossier
from products.views.dossiers import find


@deed
def late_request(request, code):
    """The producer asks to be taken late."""
    return perform(request, actions.ask_late, find(request, code), done="Đã gửi đề nghị nhận muộn.")


@form_page
def late_acceptance(request, code):
    """The receiving office takes one draft late. Nobody sent it yet: the page shows its number, producer and days."""
    draft = get_object_or_404(Dossier.objects.for_page(), code=code)
    form = LateForm(request.POST or None)
    if not permissions.may_accept_late(request.user, draft):
        return turned_away(request, form, find(request, code))
    if form.is_valid() and carried_out(
        form, actions.accept_late, draft, by=request.user, **form.cleaned_data
    ):
        until = form.cleaned_data["until"]
        messages.success(request, f"Đã cho nhận muộn hồ sơ {code.upper()} đến hết ngày {until:%d/%m/%Y}.")
        return redirect("products:dossiers")
    context = {
        "dossier": draft,
        "form": form,
        "window": windows.of(draft, clock.today()),
        "earlier": draft.late_acceptances.select_related("by"),
    }
    return render(request, "products/dossiers/late.html", context)
