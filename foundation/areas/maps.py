"""The districts as shapes for an inline picture. Limits are older ones (see the note under the map)."""

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

LIMITS = Path(__file__).resolve().parent / "data" / "districts.geojson"
WIDTH = 400
MARGIN = 6


@cache
def shapes():
    """{"width", "height", "districts": {code: {"path", "x", "y"}}}; x, y is where a label stands."""
    frame, placed = _frame(), {}
    for code, ring in _rings().items():
        placed[code] = [frame.place(x, y) for x, y in ring]
    return {
        "width": WIDTH,
        "height": frame.height,
        "districts": {code: _drawn(ring) for code, ring in placed.items()},
    }


@dataclass(frozen=True)
class Frame:
    """How degrees become places in the picture; ``across`` and ``down`` are lengths of a degree there."""

    west: float
    east: float
    south: float
    north: float

    @property
    def down(self):
        return self.across / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def across(self):
        return (WIDTH - 2 * MARGIN) / (self.east - self.west)

    @property
    def height(self):
        return round((self.north - self.south) * self.down + 2 * MARGIN)

    @property
    def left(self):
        """The longitude at the left edge of the picture."""
        return self.west - MARGIN / self.across

    @property
    def top(self):
        """The latitude at its upper edge."""
        return self.north + MARGIN / self.down

    def place(self, longitude, latitude):
        """Where a point of the earth stands in the picture."""
        return (longitude - self.west) * self.across + MARGIN, (self.north - latitude) * self.down + MARGIN

    def holds(self, longitude, latitude):
        """Whether the point lies in the box around the province."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@cache
def _rings():
    data = json.loads(LIMITS.read_text(encoding="utf-8"))
    return {row["properties"]["code"]: _outer(row["geometry"]) for row in data["features"]}


@cache
def _frame():
    points = [point for ring in _rings().values() for point in ring]
    return Frame(
        west=min(x for x, _ in points),
        east=max(x for x, _ in points),
        south=min(y for _, y in points),
        north=max(y for _, y in points),
    )


def frame():
    """The box around the districts and how it is drawn."""
    return _frame()


def _outer(geometry):
    """The outer ring; these limits are single polygons."""
    return geometry["coordinates"][0]


def _drawn(ring):
    x, y = _middle(ring)
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring)
    return {"path": f"M{steps}Z", "x": f"{x:.1f}", "y": f"{y:.1f}"}


def _middle(ring):
    """The centre of gravity of the shape."""
    parts = [(a[0] * b[1] - b[0] * a[1], a[0] + b[0], a[1] + b[1]) for a, b in pairwise(ring)]
    area = sum(cross for cross, _, _ in parts)
    return sum(cross * x for cross, x, _ in parts) / (3 * area), sum(cross * y for cross, _, y in parts) / (
        3 * area
    )
