"""The Vega-Lite specification of each chart, from plain rows. No Django.

A row is {"name", "value", "address"}, with "series" where bars are stacked; "address" is what its mark opens.
"""

import math
from itertools import pairwise

WIDTH, STEP = 460, 30
STARS = ("var(--fig-band)", "var(--line-strong)", "var(--fig-done)")
SHADES = (0, 0.25, 0.5, 0.75, 1)


def bars(rows, *, unit):
    """One bar for each row, in the order given, with its number beside it."""
    names = [row["name"] for row in rows]
    place = {
        "y": {"field": "name", "type": "nominal", "sort": names, "title": None},
        "x": {"field": "value", "type": "quantitative", "title": unit, "axis": _whole(rows)},
        "href": {"field": "address"},
        "description": {"field": "said"},
    }
    said = [{**row, "said": f"{row['name']}: {row['value']} {unit}"} for row in rows]
    return {
        **_frame(said),
        "encoding": place,
        "layer": [
            {"mark": {"type": "bar", "color": "var(--fig-done)", "height": {"band": 0.6}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"text": {"field": "value"}, "href": {"value": None}},
            },
        ],
    }


def stacked(rows, *, unit, series):
    """One bar for each name, made of its series in the order given."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    totals = [{"value": sum(row["value"] for row in rows if row["name"] == name)} for name in names]
    said = [
        {
            **row,
            "order": series.index(row["series"]),
            "said": f"{row['name']}, {row['series']}: {row['value']} {unit}",
        }
        for row in rows
    ]
    return {
        **_frame(said),
        "mark": {"type": "bar", "height": {"band": 0.6}},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": names, "title": None},
            "x": {"field": "value", "type": "quantitative", "title": unit, "axis": _whole(totals)},
            "color": {
                "field": "series",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(series), "range": list(STARS[: len(series)])},
            },
            "order": {"field": "order"},
            "href": {"field": "address"},
            "description": {"field": "said"},
        },
    }


def outline(features, rows, *, unit):
    """Units as shapes, darker where there is more; a unit without a shape stands in the table only."""
    most = max((row["value"] for row in rows if row["value"] is not None), default=0)
    found = {row["code"]: row for row in rows}
    shapes = [_shape(feature, found[feature["properties"]["code"]], most, unit) for feature in features
              if feature["properties"]["code"] in found]  # fmt: skip
    fill = {"field": "properties.shade", "type": "quantitative", "scale": None}
    return {
        "width": WIDTH,
        "height": WIDTH,
        "projection": {"type": "mercator"},
        "data": {"values": shapes},
        "layer": [
            {
                "mark": {"type": "geoshape", "fill": "var(--fig-band)", "stroke": "var(--line-strong)"},
                "encoding": {
                    "fillOpacity": fill,
                    "href": {"field": "properties.address"},
                    "description": {"field": "properties.said"},
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "longitude": {"field": "properties.x", "type": "quantitative"},
                    "latitude": {"field": "properties.y", "type": "quantitative"},
                    "text": {"field": "properties.label"},
                },
            },
        ],
    }


def course(rows, *, unit, low, high, ends=None):
    """What the nights have kept, day by day, before the band of the target; ``ends``: day, low, middle and high of the
    forecast."""
    days = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%d/%m", "grid": False}}
    value = {"type": "quantitative", "title": unit, "scale": {"zero": False}}
    layers = [
        {
            "data": {"values": [{"low": low, "high": low if high is None else high}]},
            "mark": {"type": "rect", "color": "var(--fig-band)", "opacity": 0.5}
            if high not in {None, low}
            else {"type": "rule", "color": "var(--fig-band)", "strokeWidth": 3},
            "encoding": {"y": {**value, "field": "low"}, "y2": {"field": "high"}}
            if high not in {None, low}
            else {"y": {**value, "field": "low"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": "var(--fig-done)", "point": {"color": "var(--fig-done)"}},
            "encoding": {"x": days, "y": {**value, "field": "value"}},
        },
    ]
    if ends:
        layers.append(
            {
                "data": {"values": [ends]},
                "mark": {"type": "rule", "color": "var(--fig-mark)", "strokeWidth": 2},
                "encoding": {"x": days, "y": {**value, "field": "low"}, "y2": {"field": "high"}},
            }
        )
    return {"width": WIDTH, "height": 220, "layer": layers}


def _frame(rows):
    return {"width": WIDTH, "height": {"step": STEP}, "data": {"values": rows}}


def _whole(rows):
    """Ticks at whole numbers only: what is counted is never a half."""
    most = max((row["value"] for row in rows), default=0)
    return {"format": ",d", "tickCount": max(min(most, 6), 1), "tickMinStep": 1}


def _shape(feature, row, most, unit):
    x, y = middle(feature["geometry"])
    known = row["value"] is not None
    facts = {
        "address": row["address"],
        "label": [row["name"], row["text"] if known else "–"],
        "said": f"{row['name']}: {row['text']} {unit}" if known else f"{row['name']}: chưa có số liệu",
        "shade": SHADES[1 + min(int(4 * row["value"] / most), 3)] if known and most else 0,
        "x": round(x, 5),
        "y": round(y, 5),
    }
    return {"type": "Feature", "geometry": feature["geometry"], "properties": facts}


def rings(geometry):
    """The outer rings of a polygon or of many."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def middle(geometry):
    """The centre of gravity of the largest outer ring: where its label stands."""
    return max((_centre(ring) for ring in rings(geometry)), key=lambda found: found[0])[1:]


def _centre(ring):
    """(how large, x, y) of one closed ring."""
    whole = across = along = 0.0
    for (x, y, *_), (u, v, *_) in pairwise(ring):
        cross = x * v - u * y
        whole, across, along = whole + cross, across + (x + u) * cross, along + (y + v) * cross
    if math.isclose(whole, 0, abs_tol=1e-12):
        return 0.0, ring[0][0], ring[0][1]
    return abs(whole), across / (3 * whole), along / (3 * whole)
