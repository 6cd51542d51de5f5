"""Public pages of trade-promotion events."""

from django.shortcuts import get_object_or_404, render

from foundation.ui.http import page
from foundation.ui.lists import render_list
from promotion.filters import EventFilter
from promotion.models import Event


@page(public=True)
def events(request):
    """Events of the province and those it took part in."""
    rows, context = Event.objects.for_list(), {"frame": "public.html"}
    return render_list(request, "promotion", rows, EventFilter, context=context, name="events")


@page(public=True)
def event(request, code):
    """One event and the products that a source places there."""
    record = get_object_or_404(Event, code=code)
    context = {"event": record, "parts": record.parts(), "sources": record.sources.all()}
    return render(request, "promotion/event.html", context)
