"""Deeds on sales channels: open, correct, end, and strike out what was written by mistake."""

from django.db import transaction

from accounts.permissions import require
from entities import permissions
from entities.actions.facts import altered, store, strike_out
from entities.models import SalesChannel
from foundation.trail.moves import write


@transaction.atomic
def open_channel(entity, *, by, evidence=None, **facts):
    """Write down where the producer sells, from a day on."""
    require(permissions.may_keep_channels(by, entity))
    channel = store(SalesChannel(entity=entity, is_demo=entity.is_demo, **facts), evidence)
    write(channel, "Ghi kênh bán hàng", by=by, note=f"{channel}, từ {channel.since:%d/%m/%Y}")
    return channel


@transaction.atomic
def correct_channel(channel, *, by, evidence=None, **facts):
    """Put a channel's facts right; the trail says what they were."""
    channel = _locked(channel, by)
    said = altered(channel, facts)
    store(channel, evidence)
    if said or evidence:
        write(channel, "Sửa kênh bán hàng", by=by, note=said or "thay tệp minh chứng")
    return channel


@transaction.atomic
def end_channel(channel, *, by, until, note):
    """The producer sells there to the end of that day."""
    channel = _locked(channel, by)
    channel.until = until
    store(channel)
    write(channel, "Kết thúc kênh bán hàng", by=by, note=f"Đến hết ngày {until:%d/%m/%Y}. {note}")
    return channel


@transaction.atomic
def strike_channel(channel, *, by, note):
    """Take out a channel that was written by mistake."""
    channel = _locked(channel, by)
    strike_out(channel, permissions.may_keep_channels(by, channel.entity), by=by, note=note)


def _locked(channel, by):
    """The channel, locked, if this person keeps the channels of its producer."""
    channel = SalesChannel.objects.select_for_update(of=("self",)).select_related("entity").get(pk=channel.pk)
    require(permissions.may_keep_channels(by, channel.entity))
    return channel
