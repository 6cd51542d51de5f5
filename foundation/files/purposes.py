"""What files are sent for, said by the apps above and named in ``settings.UPLOAD_PURPOSES`` and ``BUNDLES``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.inspection.kinds import KINDS


def nothing(*args):
    """For purposes that keep no row of their own."""


def nobody_else(upload):
    """For purposes whose files belong to one record alone."""
    return True


@dataclass(frozen=True)
class Purpose:
    """Why files come in. Records are named by a text that the app understands."""

    name: str
    may: Callable  # (user, subject) -> whether this person may add to and take from that record now
    most: int = 30  # files of one record
    kinds: frozenset = frozenset(KINDS)
    begun: Callable = nothing  # (upload), in the transaction that begins it
    joined: Callable = nothing  # (upload, sources), before the sources are let go
    let_go: Callable = nobody_else  # (upload): the record forgets it; whether nobody needs its bytes any more


@dataclass(frozen=True)
class Entry:
    """One file of a pack: its place in the pack, what it is, and how to open it."""

    path: str
    title: str
    open: Callable
    sha256: str = ""


@dataclass(frozen=True)
class Provider:
    """What may be packed together."""

    name: str
    may: Callable  # (user, subject) -> whether this person may read all of it now
    heading: Callable  # (subject) -> the first line of the index
    file_name: Callable  # (subject) -> the name of the ZIP, without ending
    entries: Callable  # (subject) -> a list of Entry


def purpose_of(name):
    """The purpose of that name, or None."""
    path = settings.UPLOAD_PURPOSES.get(name)
    return import_string(path) if path else None


def provider_of(name):
    """The provider of that name, or None."""
    path = settings.BUNDLES.get(name)
    return import_string(path) if path else None
