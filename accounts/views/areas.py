"""Finding an administrative unit while filling in a form."""

import re

from django.shortcuts import render
from django.utils.dateparse import parse_date

from foundation import clock
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.http import page

MOST = 20
KEY = re.compile(r"[0-9]{1,9}")


def day_of(text):
    """The day in the address; today when there is none that can be read."""
    try:
        return parse_date(text) or clock.today()
    except ValueError:
        return clock.today()


@page(public=True)
def area_search(request):
    """Units that exist on a day and whose name has the typed words, as lines to choose from.

    ``trong``, given once or more, keeps to these units. Open to strangers, who choose their commune when they
    sign up: the units of the country are published, and no more than ``MOST`` of them are told at once.
    """
    words, day = request.GET.get("q", "")[:100], day_of(request.GET.get("ngay", ""))
    found = Area.objects.on(day).found_by(words)
    if offered := [int(key) for key in request.GET.getlist("trong") if KEY.fullmatch(key)]:
        found = found.filter(pk__in=offered)
    found = found.with_parents().order_by(Alphabetical("name"), "code")
    return render(request, "areas/_found.html", {"found": found[:MOST], "day": day})
