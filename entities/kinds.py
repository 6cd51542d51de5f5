"""Kinds of channels, strengthening, villages; which producers a regime admits. From ``data/kinds.yaml``. No Django."""

from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "kinds.yaml"


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def choices(noun):
    """Pairs of code and name, in the order of the file."""
    return [(kind["code"], kind["name"]) for kind in facts()[noun]["kinds"]]


def words(noun):
    """Pairs of code and every way in which offices write the kind: its name first."""
    return [(kind["code"], (kind["name"], *kind.get("words", ()))) for kind in facts()[noun]["kinds"]]


def channels():
    """Kinds of sales channels."""
    return choices("channels")


def strengthening():
    """Kinds of strengthening."""
    return choices("strengthening")


def villages():
    """Kinds of craft villages."""
    return choices("villages")


def modern_channels():
    """The kinds of channels that the programme calls modern."""
    return tuple(kind["code"] for kind in facts()["channels"]["kinds"] if kind["modern"])


def online_channels():
    """Kinds of channels that stand at an address of the web."""
    return tuple(kind["code"] for kind in facts()["channels"]["kinds"] if kind.get("online"))


def source(noun):
    """Where the kinds come from, in words."""
    return facts()[noun]["source"]


def producers_of(regime):
    """What a regime says of who may take part: the kinds for every group, and more of them for some groups."""
    return facts()["producers"]["regimes"].get(regime) or facts()["producers"]["regimes"]["default"]


def admits(regime, kind, industry):
    """Whether producers of this kind take part with products of this group. People judge an unknown kind."""
    law = producers_of(regime)
    return kind in law["kinds"] or kind in law["more"].get(industry, ()) or kind == "unknown"
