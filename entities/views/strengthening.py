"""Pages of strengthening: the list, one fact, its deeds."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.permissions import require
from entities import permissions
from entities.actions import strengthening as actions
from entities.exports.facts import strengthening_sheet
from entities.filters import StrengtheningFilter
from entities.forms.facts import StrengtheningForm
from entities.models import Strengthening
from entities.views.facts import evidence_of, find, find_producer, sent, striking_out
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page
from foundation.ui.lists import render_list


@page
def strengthenings(request):
    """How the producers that this person may see were strengthened."""
    require(permissions.may_see_channel_lists(request.user))
    rows = Strengthening.objects.visible_to(request.user).for_list()
    return render_list(
        request, "entities", rows, StrengtheningFilter, export=strengthening_sheet, name="strengthenings"
    )


@page
def strengthening(request, code):
    """One strengthening with its evidence and story."""
    record = find(Strengthening, request, code)
    context = {
        "fact": record,
        "sources": record.sources.all(),
        "timeline": Entry.objects.about(record).as_timeline(),
        "may_record": permissions.may_record_strengthening(request.user, record.entity),
    }
    return render(request, "entities/strengthening.html", context)


@form_page
def strengthening_new(request, code):
    """An officer writes down how a producer was strengthened."""
    producer = find_producer(request, code)
    require(permissions.may_record_strengthening(request.user, producer))
    form = StrengtheningForm(request.POST or None, request.FILES or None)
    if form.is_valid() and carried_out(
        form, actions.record_strengthening, producer, by=request.user, **sent(form)
    ):
        messages.success(request, "Đã ghi việc củng cố.")
        return redirect(form.outcome)
    return render(request, "entities/strengthening_form.html", {"form": form, "producer": producer})


@form_page
def strengthening_edit(request, code):
    """Put a strengthening right."""
    record = find(Strengthening, request, code)
    require(permissions.may_record_strengthening(request.user, record.entity))
    form = StrengtheningForm(request.POST or None, request.FILES or None, instance=record)
    if form.is_valid() and carried_out(
        form, actions.correct_strengthening, record, by=request.user, **sent(form)
    ):
        messages.success(request, "Đã sửa việc củng cố.")
        return redirect(record)
    context = {"form": form, "producer": record.entity, "fact": record}
    return render(request, "entities/strengthening_form.html", context)


@form_page
def strengthening_strike(request, code):
    """Take out what was written by mistake."""
    record = find(Strengthening, request, code)
    allowed = permissions.may_record_strengthening(request.user, record.entity)
    return striking_out(request, record, allowed, actions.strike_strengthening)


@page
def strengthening_evidence(request, code):
    """The evidence of a strengthening."""
    return evidence_of(request, find(Strengthening, request, code))
