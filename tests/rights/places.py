"""The pieces that tables of routes are made of: an object behind an address, and what is sent to it."""

import uuid
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

OWN, SAME_COMMUNE, SAME_DISTRICT, AWAY = "own", "same_commune", "same_district", "other_district"
EVERYONE = (OWN, SAME_COMMUNE, SAME_DISTRICT, AWAY)
MISSING = "missing"
NO_CODE, NO_NUMBER = "khong-co", uuid.UUID(int=7)


@dataclass(frozen=True)
class Place:
    """One object of a route: its label in the table, the arguments of the address, the record, its producer."""

    label: str
    args: tuple = ()
    record: object = None
    tenant: object = None
    query: str = ""


def routes(patterns=None, space=""):
    """Name → view of every address of the portal, taken from the URL table."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback


def plain(world):
    """A page without an object."""
    return [Place("")]


def nothing(world, place, role):
    """A button without fields."""
    return {}


def texts(**values):
    """Always the same fields."""
    return lambda world, place, role: dict(values)
