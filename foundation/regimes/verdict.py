"""What goes into the star engine and what comes out: rules, sheets, results, frozen verdicts. No Django.

The many small rows are named tuples: they are made several times faster than frozen dataclasses, and a council's
afternoon is thousands of verdicts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .criteria import RegimeError
from .wording import two_places

Points = int | Fraction


class IncompleteSheet(RegimeError):
    """There is no sheet, or one with unanswered criteria."""


class BadRules(RegimeError):
    """Council rules the engine does not know."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the council's own regulations (Quy chế) decide. Every field must be given; raises BadRules.

    gates_on: a gate is held against the ``"mean"`` of the sheets or against ``"each_sheet"``.
    rounding: decimal places (0 to 6) the mean is rounded to, half up, before it meets a band; None: exact.
    knockout_by: ``"any"`` sheet strikes the dossier out, or a ``"majority"`` of them at the same place.
    """

    gates_on: str
    rounding: int | None
    knockout_by: str

    def __post_init__(self):
        places = self.rounding
        if self.gates_on not in ("mean", "each_sheet"):
            raise BadRules(f"Quy chế: không hiểu cách xét mức tối thiểu “{self.gates_on}”.")
        if places is not None and (type(places) is not int or places not in range(7)):
            raise BadRules(
                f"Quy chế: số chữ số làm tròn “{places}” không hợp lệ (0 đến 6, hoặc không làm tròn)."
            )
        if self.knockout_by not in ("any", "majority"):
            raise BadRules(f"Quy chế: không hiểu cách loại hồ sơ “{self.knockout_by}”.")


@dataclass(frozen=True)
class Strike:
    """A judge strikes the dossier out: at a criterion that allows it, or as a whole (``DOSSIER``)."""

    where: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """One judge's sheet: option key by criterion code; None: no box ticked; code absent: not answered yet."""

    answers: Mapping[str, str | None]
    struck: Sequence[Strike] = ()


class SectionPoints(NamedTuple):
    code: str
    name: str
    points: Points
    max_points: int


class PartPoints(NamedTuple):
    code: str
    name: str
    points: Points
    max_points: int
    sections: tuple[SectionPoints, ...]


class GateCheck(NamedTuple):
    """What a criterion needed for a star and what it got: the mean, or the lowest sheet, as the rules say."""

    criterion: str
    name: str
    needed: int
    got: Points


class StarGates(NamedTuple):
    """All gates on the way to so many stars."""

    stars: int
    met: tuple[GateCheck, ...]
    missed: tuple[GateCheck, ...]


class Uncounted(NamedTuple):
    """A criterion that did not count on a sheet (numbered from 1), for want of points in another."""

    sheet: int
    criterion: str
    name: str
    depends_on: str
    needed: int


@dataclass(frozen=True)
class KnockOut:
    """A place where judges struck the dossier out; ``upheld`` when the rules count it."""

    where: str
    title: str
    votes: int
    reasons: tuple[str, ...]
    upheld: bool


@dataclass(frozen=True)
class SheetResult:
    """One sheet as far as it is filled in: for the bar on the scoring page and for self-assessment.

    ``band``: the star of the total alone; ``stars``: with the gates; ``unanswered``: criteria still to do.
    """

    points: Mapping[str, int]
    parts: tuple[PartPoints, ...]
    total: int
    band: int
    gates: tuple[StarGates, ...]
    stars: int
    certified: bool
    uncounted: tuple[Uncounted, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The council's result, which explains itself and can be frozen in a row (``to_dict``, ``from_dict``).

    ``sheets``: total of each. ``total``: their exact mean; ``compared``: what met the bands; ``band``: its
    star; all None when a sheet was broken off to strike the dossier out. ``stars``: None when struck out.
    """

    regime: str
    law: str
    set_code: str
    set_name: str
    rules: Rules
    sheets: tuple[int, ...]
    total: Fraction | None
    compared: Fraction | None
    parts: tuple[PartPoints, ...]
    band: int | None
    gates: tuple[StarGates, ...]
    stars: int | None
    certified: bool
    knockouts: tuple[KnockOut, ...]
    uncounted: tuple[Uncounted, ...]
    reasons: tuple[str, ...] = ()

    SCHEMA = "ocop-verdict/1"

    @property
    def struck_out(self) -> bool:
        return any(row.upheld for row in self.knockouts)

    @property
    def total_shown(self) -> Decimal | None:
        """The total with two decimals, for a DecimalField and for people; None without a total."""
        return None if self.total is None else two_places(self.total)

    def to_dict(self) -> dict:
        """Plain JSON; fractions as ``"251/3"``, so that nothing is lost."""
        return {"schema": self.SCHEMA} | _plain(self)

    @classmethod
    def from_dict(cls, data: Mapping) -> "Verdict":
        """The verdict that ``to_dict`` wrote. Raises RegimeError for any other writing."""
        if data.get("schema") != cls.SCHEMA:
            raise RegimeError(f"Không đọc được kết quả đã lưu: {data.get('schema')!r}.")
        return cls(**{field.name: _READ.get(field.name, _same)(data[field.name]) for field in fields(cls)})


def _plain(value):
    """A dataclass, named tuple, fraction or tuple as plain JSON."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Fraction) else value


def _same(value):
    return value


def _points(value) -> Fraction | None:
    return None if value is None else Fraction(value)


def _many(build):
    """A reader of a list of rows."""
    return lambda rows: tuple(build(row) for row in rows)


def _section_points(row: Mapping) -> SectionPoints:
    return SectionPoints(**row | {"points": _points(row["points"])})


def _part_points(row: Mapping) -> PartPoints:
    return PartPoints(
        **row
        | {
            "points": _points(row["points"]),
            "sections": _many(_section_points)(row["sections"]),
        }
    )


def _gate(row: Mapping) -> GateCheck:
    return GateCheck(**row | {"got": _points(row["got"])})


def _star_gates(row: Mapping) -> StarGates:
    return StarGates(row["stars"], _many(_gate)(row["met"]), _many(_gate)(row["missed"]))


def _knockout(row: Mapping) -> KnockOut:
    return KnockOut(**row | {"reasons": tuple(row["reasons"])})


_READ = {
    "rules": lambda row: Rules(**row),
    "sheets": tuple,
    "total": _points,
    "compared": _points,
    "parts": _many(_part_points),
    "gates": _many(_star_gates),
    "knockouts": _many(_knockout),
    "uncounted": _many(lambda row: Uncounted(**row)),
    "reasons": tuple,
}
