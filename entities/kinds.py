"""Kinds of sales channels, of strengthening and of craft villages, read from ``data/kinds.yaml``. No Django."""

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
