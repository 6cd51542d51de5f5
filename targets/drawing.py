"""Charts as SVG: one Vega-Lite specification each, drawn on the server, without script or another host.

Colours are the page's own custom properties, so one drawing serves light and dark; ``for_paper`` puts the light ones in
their place for Typst. What a mark opens is a link around it, named by the mark's own description.
"""

import hashlib
import json
import re
from xml.etree import ElementTree

import vl_convert

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
LIGHT = {
    "--paper": "#ffffff",
    "--ink": "#16211b",
    "--ink-soft": "#4f5c54",
    "--line": "#d8dfd8",
    "--line-strong": "#78867d",
    "--fig-track": "#e4e9e5",
    "--fig-band": "#a9cdb9",
    "--fig-done": "#0b5d3f",
    "--fig-mark": "#16211b",
}
BASE = "https://vega.github.io/vega-datasets/"  # what the drawing library lays before an address of ours
VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đồng"]}
CONFIG = {
    "background": None,
    "font": "Be Vietnam Pro",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--ink-soft)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line-strong)",
        "tickColor": "var(--line-strong)",
        "labelFontSize": 13,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 220,
    },
    "legend": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--ink-soft)",
        "labelFontSize": 13,
        "orient": "top",
    },
    "text": {"color": "var(--ink)", "fontSize": 13},
}
UNNEEDED = ("role", "aria-roledescription", "aria-label", "aria-hidden", "class", "pointer-events")


def digest(spec):
    """What a chart is recognised by: the same specification is drawn once."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def drawn(spec):
    """The chart as SVG text; no address outside the specification is ever opened."""
    for address in _addresses(spec):
        _own(address)  # before the library sees it: what it refuses itself spoils its next drawing too
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", **spec, "config": CONFIG}
    return _tidied(vl_convert.vegalite_to_svg(whole, allowed_base_urls=[], format_locale=NUMBERS))


def for_paper(svg):
    """The same chart with the light colours and the font of papers, for Typst."""
    coloured = VARIABLE.sub(lambda found: LIGHT[found.group(1)], svg)
    return coloured.replace('font-family="Be Vietnam Pro"', 'font-family="Tinos"')


def _addresses(given):
    """Every address that the rows of a specification name."""
    if isinstance(given, dict):
        yield from (value for name, value in given.items() if name == "address")
        given = given.values()
    if not isinstance(given, str | int | float | bool | None):
        for part in given:
            yield from _addresses(part)


def _own(address):
    """A path of this portal, as the specification gave it; any other address is refused."""
    path = address.removeprefix(BASE)
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"A mark may only open a page of this portal, not {address}.")
    return path


def _tidied(svg):
    """Plain links with names, nothing that only a script would read, and a picture that fits its column."""
    ElementTree.register_namespace("", SVG)
    tree = ElementTree.fromstring(svg)
    for link in tree.iter(f"{{{SVG}}}a"):
        link.set("href", _own(link.attrib.pop(f"{{{XLINK}}}href")))
        names = (mark.get("aria-label") for mark in link.iter() if mark is not link)
        link.set("aria-label", next((name for name in names if name), ""))
    for element in tree.iter():
        kept = element.get("aria-label") if element.tag == f"{{{SVG}}}a" else None
        for name in UNNEEDED:
            element.attrib.pop(name, None)
        if kept:
            element.set("aria-label", kept)
    tree.attrib.pop("version", None)
    return ElementTree.tostring(tree, encoding="unicode")
