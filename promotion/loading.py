"""Real events from ``data/events.csv``; may run as often as one likes."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from entities.loading import code_of, sentence
from foundation.reference import read, store
from foundation.sources.loading import cite, keys_of
from products.models import Product
from promotion.models import Event, EventProduct

DATA = Path(__file__).resolve().parent / "data"
FACTS = ("name", "kind", "year", "starts_on", "ends_on", "place", "organiser", "province_part", "note")


@transaction.atomic
def load():
    """Load events, and the products of which a source says that they took part."""
    lines = read(DATA / "events.csv")
    ours = Event.objects.filter(code__startswith="hn-")
    held, events = store(ours, [event(line) for line in lines], key=("code",), fields=FACTS, what="sự kiện")
    ids = {line["event_id"]: held[code_of(line["event_id"]),].pk for line in lines}
    cite(Event.sources, {ids[line["event_id"]]: keys_of(line) for line in lines})
    products = dict(Product.objects.values_list("code", "pk"))
    rows = [
        EventProduct(
            event_id=ids[line["event_id"]], product_id=products[code_of(key)], note=line["products_note"]
        )
        for line in lines
        for key in filter(None, line["products"].split(";"))
    ]
    pair = ("event_id", "product_id")
    _, parts = store(
        EventProduct.objects.all(), rows, key=pair, fields=("note",), what="lượt sản phẩm tham gia"
    )
    return [events, parts]


def event(line):
    """One line of events.csv. A source that names only the year leaves the days empty."""
    return Event(
        code=code_of(line["event_id"]),
        name=line["name"],
        kind=line["kind"],
        year=int(line["date_start"][:4]),
        starts_on=day(line["date_start"]),
        ends_on=day(line["date_end"]),
        place=line["place"],
        organiser=line["organiser"],
        province_part=line["ha_nam_participation"],
        note=sentence(line["note"]),
    )


def day(text):
    """A whole date, or None for a year alone and for nothing."""
    return dt.date.fromisoformat(text) if len(text) == len("2024-04-09") else None
