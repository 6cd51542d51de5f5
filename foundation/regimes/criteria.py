"""One set of criteria as the law prints it: parts, sections, criteria, options. No Django, no arithmetic.

Every option has a key that never changes while the law stands: ``"<criterion>:<points>"``, and where the
criterion offers alternatives (tourism) ``"<criterion>:<case>:<points>"``. Points rise strictly within a
criterion or a case, so the key is unique in its set and people can read it: ``"1.4:2"`` is the two-point box
of criterion 1.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


class RegimeError(ValueError):
    """The law as loaded, or an answer to it, cannot be right. The message is Vietnamese and for people."""


class BrokenSet(RegimeError):
    """A criteria set lacks something without which it cannot be read."""


class BadAnswer(RegimeError):
    """A criterion or an option that this set does not have, or a blank where a box must be ticked."""


def option_key(criterion: str, points: int, case: int | None = None) -> str:
    """The key of an option; see the head of this module."""
    return f"{criterion}:{points}" if case is None else f"{criterion}:{case}:{points}"


@dataclass(frozen=True)
class Option:
    """One box of a criterion. ``min_star``: the least box for that many stars (the law's asterisks)."""

    key: str
    points: int
    text: str
    min_star: int | None = None
    case: int | None = None


@dataclass(frozen=True)
class Condition:
    """A criterion counts only when another one has reached ``min_points`` on the same sheet."""

    criterion: str
    min_points: int


@dataclass(frozen=True)
class Case:
    """One of several alternatives of a criterion; a judge picks a case, then one of its options."""

    id: int
    name: str


@dataclass(frozen=True)
class Criterion:
    """One line of the form. ``gates``: least points by star; ``none_allowed``: no box ticked gives 0."""

    code: str
    name: str
    max_points: int
    options: tuple[Option, ...]
    label: str = ""
    group: str = ""
    gates: Mapping[int, int] = field(default_factory=dict)
    none_allowed: bool = False
    applies_if: Condition | None = None
    cases: tuple[Case, ...] = ()
    requirement: str = ""
    guidance: str = ""
    knockout: str = ""
    stop_if: str = ""
    source: str = ""

    @property
    def title(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def can_strike(self) -> bool:
        """A judge may strike the dossier out at this criterion."""
        return bool(self.knockout or self.stop_if)

    def needed_for(self, stars: int) -> int:
        """Least points needed here for so many stars, the gates of lower stars included; 0 without a gate."""
        return max((least for rank, least in self.gates.items() if rank <= stars), default=0)

    def points_for(self, key: str | None) -> int:
        """Points of the ticked option; None is no box at all and gives 0. Raises BadAnswer."""
        if key is None:
            return 0
        try:
            return self.points_by_key[key]
        except KeyError:
            raise BadAnswer(f"Tiêu chí {self.title} không có mức “{key}”.") from None

    @cached_property
    def points_by_key(self) -> dict[str, int]:
        """Points of every option by its key."""
        return {option.key: option.points for option in self.options}


@dataclass(frozen=True)
class Section:
    code: str
    name: str
    max_points: int
    criteria: tuple[Criterion, ...]
    guidance: str = ""


@dataclass(frozen=True)
class Part:
    code: str
    name: str
    max_points: int
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Band:
    """A total from ``floor`` (inclusive) to below ``below`` (None: to the maximum) lies in this star."""

    stars: int
    floor: int
    below: int | None
    certified: bool

    @property
    def text(self) -> str:
        return f"{self.floor} – 100" if self.below is None else f"{self.floor} – dưới {self.below}"


@dataclass(frozen=True)
class CriteriaSet:
    """A whole set with the bands of its regime: all that is needed to judge a product."""

    regime: str
    law: str
    code: str
    number: int
    name: str
    industry_code: str
    industry_name: str
    bands: tuple[Band, ...]
    parts: tuple[Part, ...]
    knockouts: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, content: Mapping, version: Mapping) -> "CriteriaSet":
        """Build a set from its file and its regime's ``version.yaml``, both parsed. Raises BrokenSet.

        Only the shape is needed here; ``validate.py`` proves sums, order and gates before anything is loaded.
        """
        try:
            return cls(
                regime=version["id"],
                law=law_of(version),
                code=content["code"],
                number=content["number"],
                name=content["name"],
                industry_code=content["industry"]["code"],
                industry_name=content["industry"]["name"],
                bands=tuple(band(row) for row in sorted(version["star_bands"], key=lambda row: row["stars"])),
                parts=tuple(_part(row) for row in content["parts"]),
                knockouts=tuple(content.get("knockouts", ())),
            )
        except (KeyError, TypeError, AttributeError) as fault:
            code = content.get("code", "?") if isinstance(content, Mapping) else "?"
            raise BrokenSet(f"Bộ tiêu chí {code} thiếu hoặc sai trường {fault}.") from fault

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """All criteria by code, in the order of the form."""
        return {row.code: row for part in self.parts for section in part.sections for row in section.criteria}

    @cached_property
    def conditional(self) -> tuple[Criterion, ...]:
        """The criteria that count only under a condition."""
        return tuple(row for row in self.criteria.values() if row.applies_if)

    @cached_property
    def needs(self) -> tuple[tuple[int, tuple[tuple[str, str, int], ...]], ...]:
        """For every certified star the criteria with a minimum on the way to it: code, name, least points."""
        return tuple(
            (
                band.stars,
                tuple(
                    (row.code, row.name, row.needed_for(band.stars))
                    for row in self.criteria.values()
                    if row.needed_for(band.stars)
                ),
            )
            for band in self.bands
            if band.certified
        )

    def criterion(self, code: str) -> Criterion:
        """The criterion of this code. Raises BadAnswer."""
        try:
            return self.criteria[code]
        except KeyError:
            raise BadAnswer(f"Bộ tiêu chí “{self.name}” không có tiêu chí “{code}”.") from None


def law_of(version: Mapping) -> str:
    """The decisions that print the criteria, as texts cite them; without such a mark, all of the regime's."""
    basis = version["legal_basis"]
    rows = [row for row in basis if row.get("criteria_in")] or basis
    return "; ".join(_cited(row) for row in rows)


def _cited(row: Mapping) -> str:
    year, month, day = row["date"].split("-")
    where = f"{row['criteria_in']}, " if row.get("criteria_in") else ""
    return f"{where}Quyết định {row['number']} ngày {day}/{month}/{year}"


def band(row: Mapping) -> Band:
    """A band from its row of ``star_bands``."""
    return Band(row["stars"], row["min"], row.get("max_exclusive"), row["certified"])


def _part(row: Mapping) -> Part:
    return Part(
        row["code"],
        row["name"],
        row["max_points"],
        tuple(_section(each) for each in row["sections"]),
    )


def _section(row: Mapping) -> Section:
    criteria = tuple(_criterion(each) for each in row["criteria"])
    return Section(row["code"], row["name"], row["max_points"], criteria, row.get("guidance", ""))


def _criterion(row: Mapping) -> Criterion:
    condition = row.get("applies_if")
    return Criterion(
        code=row["code"],
        name=row["name"],
        max_points=row["max_points"],
        options=tuple(_option(row["code"], each) for each in row["options"]),
        gates={int(stars): least for stars, least in row.get("min_points_for_star", {}).items()},
        none_allowed=row.get("none_allowed", False),
        applies_if=Condition(condition["criterion"], condition["min_points"]) if condition else None,
        cases=tuple(Case(each["id"], each["name"]) for each in row.get("cases", ())),
        **{
            name: row.get(name, "")
            for name in (
                "label",
                "group",
                "requirement",
                "guidance",
                "knockout",
                "stop_if",
                "source",
            )
        },
    )


def _option(criterion: str, row: Mapping) -> Option:
    case = row.get("case")
    key = option_key(criterion, row["points"], case)
    return Option(key, row["points"], row["text"], row.get("min_star"), case)
