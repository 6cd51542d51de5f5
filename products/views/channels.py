"""Which products a sales channel carries."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities.models import SalesChannel
from foundation.ui.http import carried_out, form_page
from products import actions, permissions
from products.forms import ShelfEndForm, ShelfForm


def _channel(request, code):
    """The channel, for those who keep it; 404 where it may not be known."""
    record = get_object_or_404(SalesChannel.objects.visible_to(request.user).for_list(), code=code)
    require(permissions.may_keep_shelf(request.user, record))
    return record


@form_page
def carried_new(request, code):
    """Add a product to a channel."""
    channel = _channel(request, code)
    form = ShelfForm(request.POST or None, channel=channel, user=request.user)
    if form.is_valid() and carried_out(
        form, actions.put_on_channel, channel, by=request.user, **form.cleaned_data
    ):
        messages.success(request, f"Đã thêm {form.outcome.product}.")
        return redirect(channel)
    return render(request, "products/carried.html", {"form": form, "channel": channel})


@form_page
def carried_ending(request, code, product):
    """The last day of a product on a channel."""
    channel = _channel(request, code)
    row = get_object_or_404(channel.carried.for_list(), product__code=product, until=None)
    form = ShelfEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, actions.take_off_channel, row, by=request.user, **form.cleaned_data
    ):
        messages.success(request, f"Đã ghi ngày ngừng bán {row.product}.")
        return redirect(channel)
    return render(
        request, "products/carried.html", {"form": form, "channel": channel, "product": row.product}
    )
