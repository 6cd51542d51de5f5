"""What a producer's record holds, by app, and how it passes to another record when two are found to be one producer.

``settings.MERGED_PARTS`` names modules with two functions, as ``accounts.handover`` does for people:
``pieces(entity, to)``, what they know of the producer, and ``pass_on(entity, to, by)``, which moves it inside the
caller's transaction. A later model joins in by a line there; a test finds every reference that no part moves.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Piece:
    """So many records of a kind. ``stays``: why they remain with the old record; ``clash``: why nothing can merge."""

    kind: str
    count: int
    stays: str = ""
    clash: str = ""


def pieces(entity, to):
    """Everything that hangs on the record, in the order of the apps; kinds of which there is nothing are left out."""
    found = [piece for name in settings.MERGED_PARTS for piece in import_string(f"{name}.pieces")(entity, to)]
    return [piece for piece in found if piece.count]


def pass_on(entity, to, *, by):
    """Let every app move its part."""
    for name in settings.MERGED_PARTS:
        import_string(f"{name}.pass_on")(entity, to, by=by)


def counted(kind, rows, **more):
    """A piece for these rows."""
    return Piece(kind, rows.count(), **more)
