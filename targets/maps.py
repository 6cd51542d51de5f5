"""The districts as shapes for an inline picture. Limits are older ones (see the note under the map)."""

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path

from foundation import areas

LIMITS = Path(areas.__file__).parent / "data" / "districts.geojson"
WIDTH = 400
MARGIN = 6


@cache
def shapes():
    """{"width", "height", "districts": {code: {"path", "x", "y"}}}; x, y is where a label stands."""
    data = json.loads(LIMITS.read_text(encoding="utf-8"))
    rings = {row["properties"]["code"]: _outer(row["geometry"]) for row in data["features"]}
    points = [point for ring in rings.values() for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink)
    placed = {
        code: [((x - west) * shrink * scale + MARGIN, (north - y) * scale + MARGIN) for x, y in ring]
        for code, ring in rings.items()
    }
    return {
        "width": WIDTH,
        "height": round((north - south) * scale + 2 * MARGIN),
        "districts": {code: _drawn(ring) for code, ring in placed.items()},
    }


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
