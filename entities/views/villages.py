"""Public pages of craft villages."""

from django.shortcuts import get_object_or_404, render

from entities.filters import VillageFilter
from entities.models import CraftVillage
from foundation.areas.models import Succession
from foundation.ui.http import page
from foundation.ui.lists import render_list


@page(public=True)
def villages(request):
    """Craft villages known from sources."""
    context = {"frame": "public.html"}
    rows = CraftVillage.objects.for_list()
    return render_list(request, "entities", rows, VillageFilter, context=context, name="villages")


@page(public=True)
def village(request, code):
    """One village: its craft, its place then and later, its products."""
    record = get_object_or_404(CraftVillage.objects.for_list(), code=code)
    context = {
        "village": record,
        "products": record.products.public().for_list(),
        "fate": Succession.objects.after(record.area),
        "place": record.place_today,
        "sources": record.sources.all(),
    }
    return render(request, "entities/village.html", context)
