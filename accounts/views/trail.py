"""The trail, for administrators: a search over all of it, and the story of one record."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import render

from accounts.exports.trail import trail_sheet
from accounts.filters.trail import TrailFilter
from accounts.permissions import may_read_trail, require
from foundation.trail.marks import marked
from foundation.trail.models import Entry
from foundation.ui.http import page
from foundation.ui.lists import PAGE_PARAMETER, PER_PAGE, ClampedPaginator, render_list


@page
def trail(request):
    """Everything that happened, newest first."""
    require(may_read_trail(request.user))
    entries = Entry.objects.with_link().newest()
    return render_list(request, "accounts", entries, TrailFilter, name="trail", export=trail_sheet)


@page
def trail_record(request, kind, key):
    """What happened to one record, newest first, each entry held against its place in the chain."""
    require(may_read_trail(request.user))
    found = kind_or_404(kind)
    entries = Entry.objects.about_key(found, key).with_link().newest()
    rows = ClampedPaginator(entries, PER_PAGE).get_page(request.GET.get(PAGE_PARAMETER))
    rows.object_list = marked(rows.object_list)
    if not rows.object_list:
        raise Http404
    broken = sum(not entry.is_whole for entry in rows.object_list)
    return render(request, "accounts/trail_record.html", {"page": rows, "newest": rows[0], "broken": broken})


def kind_or_404(label):
    """The kind of record by its label, ``products.idea``."""
    try:
        return ContentType.objects.get_by_natural_key(*label.split("."))
    except (TypeError, ContentType.DoesNotExist) as unknown:
        raise Http404 from unknown
