"""Visits to the page where an office takes a dossier late."""

from tests.bench.places import Visit


def late_visits(world):
    """The draft of the demonstration, by the officer of its district."""
    return {"products:late_acceptance": Visit("canbohuyen", (world.dossier.code,))}
