"""The six steps of the yearly cycle from ``data/cycle.yaml``, and where a day stands in them. No Django."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "cycle.yaml"


@dataclass(frozen=True)
class Step:
    """One step: who does what, and which applications are handed in on its days alone."""

    code: str
    name: str
    who: str
    what: str
    number: int
    takes: tuple = ()


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@cache
def steps():
    """The steps by code, in the order of the cycle."""
    rows = facts()["steps"]
    return {row["code"]: Step(**row, number=number) for number, row in enumerate(rows, 1)}


def filing():
    """The step on whose days dossiers are handed in."""
    return next(step for step in steps().values() if step.takes)


def source():
    """Where the steps come from, in words."""
    return facts()["source"]


@dataclass(frozen=True)
class Outlook:
    """What runs on a day, and what comes next. ``days_left``: until the end of what runs first to its end."""

    running: tuple
    following: object
    days_left: int | None
    days_until: int | None


def outlook(rows, today):
    """Of these dated steps (with starts_on, ends_on) what runs today, the next to begin, and how many days are left."""
    running = tuple(sorted((r for r in rows if r.starts_on <= today <= r.ends_on), key=lambda r: r.ends_on))
    following = min((r for r in rows if r.starts_on > today), key=lambda r: r.starts_on, default=None)
    return Outlook(
        running,
        following,
        (running[0].ends_on - today).days if running else None,
        (following.starts_on - today).days if following else None,
    )
