"""What a regime says besides its criteria: levels, documents, deadlines (``process.yaml``). No Django.

Every item names its source and how sure we are of it (``seen``, ``seen_part``, ``derived``, ``recalled``,
``not_found``); a fact that was not found has the value None and stays a matter of the council's own rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

CONFIDENCE = ("seen", "seen_part", "derived", "recalled", "not_found")
LEVELS = ("commune", "district", "province", "central")


@dataclass(frozen=True)
class Fact:
    """One provision: its value (number, text, list, mapping; None: not found) and the sentence behind it."""

    key: str
    value: Any
    text: str
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class LevelRule:
    """A level of the chain and the stars its authority recognises."""

    level: str
    recognises: frozenset[int]
    authority: str
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Forward:
    """Products with at least ``min_total`` points (mean total) go on to ``to_level``."""

    from_level: str
    to_level: str
    min_total: int
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class DocumentKind:
    """One kind of paper of a dossier. ``physical``: a thing handed over, not a file (product samples)."""

    code: str
    name: str
    mandatory: bool
    source: tuple[str, ...]
    confidence: str
    note: str = ""
    physical: bool = False
    except_industries: tuple[str, ...] = ()

    def required_for(self, industry_code: str) -> bool:
        """Whether a first-time dossier of this industry (I to VI) is incomplete without it."""
        return self.mandatory and industry_code not in self.except_industries


@dataclass(frozen=True)
class Process:
    """The process of one regime."""

    regime: str
    offered: bool
    industries: Mapping[str, str]
    levels: tuple[LevelRule, ...]
    forwards: tuple[Forward, ...]
    product_code: str
    document_kinds: tuple[DocumentKind, ...]
    facts: Mapping[str, Fact]

    @classmethod
    def from_dict(cls, data: Mapping) -> "Process":
        """Build from the parsed file, which ``validate.py`` has approved."""
        return cls(
            regime=data["regime"],
            offered=data["offered"],
            industries={row["code"]: row["name"] for row in data["industries"]},
            levels=tuple(_level(row) for row in data["levels"]),
            forwards=tuple(_forward(row) for row in data["forward"]),
            product_code=data["product_code"]["format"],
            document_kinds=tuple(_document(row) for row in data["document_kinds"]),
            facts={key: _fact(key, row) for key, row in data["facts"].items()},
        )

    def value(self, key: str, default: Any = None) -> Any:
        """The value of a fact; ``default`` when this regime does not state it or it was not found."""
        fact = self.facts.get(key)
        return default if fact is None or fact.value is None else fact.value

    def level_for(self, stars: int | None) -> str | None:
        """The level that recognises so many stars; None where nobody does (1 and 2 stars, no star)."""
        return self._level_by_stars.get(stars)

    def recognised_at(self, level: str) -> frozenset[int]:
        """The stars recognised at a level; empty for a level that recognises none."""
        return frozenset().union(*(row.recognises for row in self.levels if row.level == level))

    def forward_from(self, level: str) -> Forward | None:
        """Where good products go on to from a level; None at the top."""
        return next((row for row in self.forwards if row.from_level == level), None)

    @cached_property
    def _level_by_stars(self) -> dict[int, str]:
        return {stars: row.level for row in self.levels for stars in row.recognises}


def _trust(row: Mapping) -> dict:
    return {"source": tuple(row["source"]), "confidence": row["confidence"]}


def _fact(key: str, row: Mapping) -> Fact:
    return Fact(key, row["value"], row["text"], **_trust(row))


def _level(row: Mapping) -> LevelRule:
    return LevelRule(row["level"], frozenset(row["recognises"]), row["authority"], **_trust(row))


def _forward(row: Mapping) -> Forward:
    return Forward(row["from"], row["to"], row["min_total"], **_trust(row))


def _document(row: Mapping) -> DocumentKind:
    return DocumentKind(
        row["code"],
        row["name"],
        row["mandatory"],
        **_trust(row),
        note=row.get("note", ""),
        physical=row.get("physical", False),
        except_industries=tuple(row.get("except_industries", ())),
    )
