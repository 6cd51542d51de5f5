"""What a person leaves behind: each app names its own pieces, this module gathers them and passes them on.

``settings.OPEN_WORK`` names modules with two functions: ``pieces(person)``, what of the person's open work they know,
and ``pass_on(person, to, by)``, which hands over what may be handed over by an officer's word.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from foundation import clock


@dataclass(frozen=True)
class Piece:
    """Something that is open: a role, an idea, a seat. ``why`` says why a piece that does not move stays."""

    kind: str
    title: str
    url: str = ""
    moves: bool = True
    why: str = ""


def pieces(person):
    """Everything open that this person holds: roles first, then what the apps know of."""
    roles = [
        Piece("Vai trò", charge.label)
        for charge in person.assignments.on(clock.today()).select_related("area").order_by("pk")
    ]
    return roles + [piece for name in settings.OPEN_WORK for piece in import_string(f"{name}.pieces")(person)]


def pass_on(person, to, *, by):
    """Let every app hand over its pieces, inside the caller's transaction."""
    for name in settings.OPEN_WORK:
        import_string(f"{name}.pass_on")(person, to, by=by)
