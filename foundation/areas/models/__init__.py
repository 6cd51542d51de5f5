"""Administrative units with their periods and successions, and where records of each are found."""

from foundation.areas.models.placements import Placement
from foundation.areas.models.units import (
    CONTINUED,
    WHOLE,
    Area,
    AreaKind,
    Place,
    Plain,
    Relation,
    Succession,
    Whereabouts,
)

__all__ = [
    "CONTINUED",
    "WHOLE",
    "Area",
    "AreaKind",
    "Place",
    "Placement",
    "Plain",
    "Relation",
    "Succession",
    "Whereabouts",
]
