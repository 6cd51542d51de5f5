"""The topics of support, read from ``data/support_topics.yaml``; no Django."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent / "data" / "support_topics.yaml"


@dataclass(frozen=True)
class Topic:
    """One topic: its code, its name, and what its guidance is about."""

    code: str
    name: str
    guide: str


@cache
def topics():
    """The topics by code, in the order of the plan."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))["topics"]
    return {row["code"]: Topic(**row) for row in listed}


def choices():
    """Pairs for a form."""
    return [(topic.code, topic.name) for topic in topics().values()]


def named(codes):
    """The topics' names in one line; a code that has left the list stays readable."""
    return ", ".join(topics()[code].name if code in topics() else code for code in codes)
