"""Deeds on the products that a sales channel carries."""

from django.db import transaction

from accounts.permissions import require
from foundation.trail.moves import write
from products import permissions
from products.models import (
    Carried,
)


@transaction.atomic
def put_on_channel(channel, *, product, since, by):
    """The channel carries the product from a day on."""
    require(permissions.may_keep_shelf(by, channel))
    row = Carried(channel=channel, product=product, since=since)
    row.clean()
    row.validate_constraints()
    row.save()
    write(channel, "Thêm sản phẩm trên kênh", by=by, note=f"{product}, từ {since:%d/%m/%Y}")
    return row


@transaction.atomic
def take_off_channel(row, *, until, by):
    """The channel carries the product to the end of that day."""
    row = (
        Carried.objects.select_for_update(of=("self",))
        .select_related("channel__entity", "product")
        .get(pk=row.pk)
    )
    require(permissions.may_keep_shelf(by, row.channel))
    row.until = until
    row.clean()
    row.validate_constraints()
    row.save(update_fields=["until"])
    write(row.channel, "Ngừng bán trên kênh", by=by, note=f"{row.product}, đến hết {until:%d/%m/%Y}")
    return row
