"""Pages of sales channels: the list, one producer's, one channel, its deeds."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.permissions import require
from entities import permissions
from entities.actions import channels as actions
from entities.exports.facts import channel_sheet
from entities.filters import ChannelFilter
from entities.forms.facts import ChannelForm, EndingForm
from entities.models import Entity, SalesChannel
from entities.views.facts import evidence_of, find, find_producer, sent, striking_out
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page
from foundation.ui.lists import render_list


@page
def channels(request):
    """The channels of producers that this person may see."""
    require(permissions.may_see_channel_lists(request.user))
    rows = SalesChannel.objects.visible_to(request.user).for_list()
    context = {"own": Entity.objects.run_by(request.user).order_by("alphabet")}
    return render_list(
        request, "entities", rows, ChannelFilter, export=channel_sheet, context=context, name="channels"
    )


@page
def producer_channels(request, code):
    """One producer's channels and how it was strengthened."""
    producer, user = find_producer(request, code), request.user
    context = {
        "producer": producer,
        "channels": producer.channels.all(),
        "strengthenings": producer.strengthenings.all(),
        "can": {
            "channel": permissions.may_keep_channels(user, producer),
            "strengthen": permissions.may_record_strengthening(user, producer),
        },
    }
    return render(request, "entities/producer_channels.html", context)


@page
def channel(request, code):
    """One channel: with whom, since when, what it carries, its story."""
    record = find(SalesChannel, request, code)
    context = {
        "channel": record,
        "carried": record.carried.for_list(),
        "sources": record.sources.all(),
        "timeline": Entry.objects.about(record).as_timeline(),
        "may_keep": permissions.may_keep_channels(request.user, record.entity),
    }
    return render(request, "entities/channel.html", context)


@form_page
def channel_new(request, code):
    """Write down where a producer sells."""
    producer = find_producer(request, code)
    require(permissions.may_keep_channels(request.user, producer))
    form = ChannelForm(request.POST or None, request.FILES or None)
    if form.is_valid() and carried_out(form, actions.open_channel, producer, by=request.user, **sent(form)):
        messages.success(request, "Đã ghi kênh bán hàng.")
        return redirect(form.outcome)
    return render(request, "entities/channel_form.html", {"form": form, "producer": producer})


@form_page
def channel_edit(request, code):
    """Put a channel's facts right."""
    record = find(SalesChannel, request, code)
    require(permissions.may_keep_channels(request.user, record.entity))
    form = ChannelForm(request.POST or None, request.FILES or None, instance=record)
    if form.is_valid() and carried_out(form, actions.correct_channel, record, by=request.user, **sent(form)):
        messages.success(request, "Đã sửa kênh bán hàng.")
        return redirect(record)
    return render(
        request, "entities/channel_form.html", {"form": form, "producer": record.entity, "channel": record}
    )


@form_page
def channel_ending(request, code):
    """The last day of a channel."""
    record = find(SalesChannel, request, code)
    require(permissions.may_keep_channels(request.user, record.entity))
    form = EndingForm(request.POST or None, since=record.since)
    if form.is_valid() and carried_out(
        form, actions.end_channel, record, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã ghi ngày kết thúc kênh.")
        return redirect(record)
    return render(request, "entities/channel_ending.html", {"form": form, "channel": record})


@form_page
def channel_strike(request, code):
    """Take out a channel that was written by mistake."""
    record = find(SalesChannel, request, code)
    allowed = permissions.may_keep_channels(request.user, record.entity)
    return striking_out(request, record, allowed, actions.strike_channel)


@page
def channel_evidence(request, code):
    """The evidence of a channel."""
    return evidence_of(request, find(SalesChannel, request, code))
