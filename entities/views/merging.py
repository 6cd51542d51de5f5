"""Pages on which officers find two records of one producer and make them one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities import merging, permissions
from entities.actions.merging import merge
from entities.forms.producers import MergeForm
from entities.models import Entity
from entities.views.facts import find_producer
from foundation.ui.http import carried_out, form_page, page
from foundation.ui.lists import FoundOnce, render_list


@page
def duplicates(request):
    """Producers of which another one has the same tax code, phone, or name and commune."""
    user = request.user
    require(permissions.may_find_duplicates(user))
    mine = Entity.objects.visible_to(user)
    rows = FoundOnce(mine.suspected(among=mine), mine.with_kinship(among=mine).for_list())
    return render_list(request, "entities/producers", rows, name="duplicates")


@form_page
def merger(request, code, into):
    """Rehearsal and deed: what would move, what would stay, what stands in the way; there is no way back."""
    entity, user = find_producer(request, code), request.user
    other = get_object_or_404(Entity.objects.visible_to(user).for_list(), code=into)
    require(permissions.may_merge(user, entity, other))
    pieces = merging.pieces(entity, other)
    form = MergeForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, merge, entity, by=user, into=other, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, f"Đã gộp {entity} vào {other}.")
        return redirect(other)
    context = {"entity": entity, "into": other, "pieces": pieces, "form": form}
    context["clashes"] = [piece.clash for piece in pieces if piece.clash]
    return render(request, "entities/producers/merger.html", context)
