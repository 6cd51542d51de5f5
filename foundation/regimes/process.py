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

# What the forwarding level may do when the level above scored the product lower (``EndedLower.ways``).
RECOGNISE_BY_RESULT = "recognise_by_result"  # recognise the stars that the result above gives
KEEP_OWN_RESULT = "keep_own_result"  # its own recognised stars stand
REASSESS = "reassess"  # let its own council judge again
WAYS = (RECOGNISE_BY_RESULT, KEEP_OWN_RESULT, REASSESS)

# Steps of a renewal, in their order; each happens at most once for a certificate.
NOTICE, FILING, EVALUATION, EXTENSION = RENEWAL_STEPS = ("notice", "filing", "evaluation", "extension")


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
class EndedLower:
    """What the level that forwarded may do when the level above did not give the stars it was asked for."""

    from_level: str
    at_level: str
    ways: tuple[str, ...]
    text: str
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Transfer:
    """The papers that go with a product when one level sends it to another."""

    from_level: str
    to_level: str
    papers: tuple[str, ...]
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Form:
    """A form of the law: its number there (None: not found) and who fills it in (producer, commune, council)."""

    code: str
    number: str | None
    name: str
    filled_by: str
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class RenewalStep:
    """A step on the way to a new certificate; calendar days, None where the law is silent.

    ``opens_days_before``, ``closes_days_before``: first and last day, counted back from the certificate's last day.
    ``max_days``: longest duration (evaluation: from the whole dossier; extension: past the last day).
    ``written``: a notice must be, opinions of the council may be given in writing.
    """

    code: str
    name: str
    by: str
    text: str
    source: tuple[str, ...]
    confidence: str
    opens_days_before: int | None = None
    closes_days_before: int | None = None
    max_days: int | None = None
    written: bool = False


@dataclass(frozen=True)
class Ground:
    """A ground on which a certificate is revoked."""

    code: str
    name: str
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
    ended_lower: tuple[EndedLower, ...]
    transfers: tuple[Transfer, ...]
    forms: tuple[Form, ...]
    renewal: tuple[RenewalStep, ...]
    revocation_grounds: tuple[Ground, ...]
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
            ended_lower=tuple(_ended_lower(row) for row in data["ended_lower"]),
            transfers=tuple(_transfer(row) for row in data["transfers"]),
            forms=tuple(Form(**row | _trust(row)) for row in data["forms"]),
            renewal=tuple(RenewalStep(**row | _trust(row)) for row in data["renewal"]),
            revocation_grounds=tuple(Ground(**row | _trust(row)) for row in data["revocation_grounds"]),
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

    def after_ending_lower(self, from_level: str) -> EndedLower | None:
        """What this level may do with a product that it forwarded and that ended lower above; None: nothing stated."""
        return next((row for row in self.ended_lower if row.from_level == from_level), None)

    def transfer_from(self, level: str) -> Transfer | None:
        """The papers that go up from a level; None where the law lists none."""
        return next((row for row in self.transfers if row.from_level == level), None)

    def renewal_step(self, code: str) -> RenewalStep | None:
        """A step of the renewal (``NOTICE``, ``FILING``, ``EVALUATION``, ``EXTENSION``); None where there is none."""
        return next((row for row in self.renewal if row.code == code), None)

    def revocation_ground(self, code: str) -> Ground | None:
        """The ground of this code."""
        return next((row for row in self.revocation_grounds if row.code == code), None)

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


def _ended_lower(row: Mapping) -> EndedLower:
    return EndedLower(row["from"], row["at"], tuple(row["ways"]), row["text"], **_trust(row))


def _transfer(row: Mapping) -> Transfer:
    return Transfer(row["from"], row["to"], tuple(row["papers"]), **_trust(row))


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
