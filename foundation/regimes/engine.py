"""The star engine: answers in, explained verdict out. Exact arithmetic, no Django, no assumptions.

How a star comes about (Quyết định 148/QĐ-TTg and 26/2026/QĐ-TTg alike):

1. every judge's sheet gives points per criterion; one whose condition is not met counts 0 (``applies_if``);
2. the total is the exact mean of the sheets' totals, rounded only if the council's rules say so;
3. the star is the highest one whose band the total reaches and whose gates are all met, those of lower stars
   included; a missed gate lets the product fall to the next lower star;
4. a dossier that is struck out gets no star at all.

The decisions leave open whether a gate is held against the mean or against every sheet, how a total is
rounded, and how many judges strike a dossier out. The council's ``Rules`` say it; nothing is assumed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from . import wording
from .criteria import (
    BadAnswer,
    Band,
    BrokenSet,
    Case,
    Condition,
    CriteriaSet,
    Criterion,
    Option,
    Part,
    RegimeError,
    Section,
    option_key,
)
from .verdict import (
    BadRules,
    GateCheck,
    IncompleteSheet,
    KnockOut,
    PartPoints,
    Rules,
    SectionPoints,
    Sheet,
    SheetResult,
    StarGates,
    Strike,
    Uncounted,
    Verdict,
)
from .wording import DOSSIER, two_places

__all__ = [
    "DOSSIER",
    "BadAnswer",
    "BadRules",
    "Band",
    "BrokenSet",
    "Case",
    "Condition",
    "CriteriaSet",
    "Criterion",
    "GateCheck",
    "IncompleteSheet",
    "KnockOut",
    "Option",
    "Part",
    "PartPoints",
    "RegimeError",
    "Rules",
    "Section",
    "SectionPoints",
    "Sheet",
    "SheetResult",
    "StarGates",
    "Strike",
    "Uncounted",
    "Verdict",
    "completeness",
    "judge",
    "option_key",
    "score_sheet",
    "two_places",
]


def completeness(criteria_set: CriteriaSet, answers: Mapping[str, str | None]) -> tuple[str, ...]:
    """Codes of the criteria without an answer yet, in the order of the form.

    None is an answer. A criterion whose condition is answered and not met needs none. Raises BadAnswer.
    """
    return score_sheet(criteria_set, answers).unanswered


def score_sheet(criteria_set: CriteriaSet, answers: Mapping[str, str | None]) -> SheetResult:
    """Points, total, star and missed gates of one sheet, filled in or not: an open criterion gives 0 so far.

    Raises BadAnswer for a criterion or option the set does not have, and for None where a box must be ticked.
    """
    ticked = {code: criteria_set.criterion(code).points_for(key) for code, key in answers.items()}
    idle = {row.code: row for row in criteria_set.conditional if not _applies(row, ticked)}
    _require_boxes(criteria_set, answers, idle)
    points = {code: 0 if code in idle else ticked.get(code, 0) for code in criteria_set.criteria}
    total = sum(points.values())
    gates = _gates(criteria_set, points)
    stars = _stars(criteria_set.bands, total, gates)
    uncounted = tuple(_uncounted(row) for row in idle.values() if row.applies_if.criterion in ticked)
    settled = ticked.keys() | {row.criterion for row in uncounted}
    return SheetResult(
        points=points,
        parts=_parts(criteria_set, points),
        total=total,
        band=_band(criteria_set.bands, total).stars,
        gates=gates,
        stars=stars.stars,
        certified=stars.certified,
        uncounted=uncounted,
        unanswered=tuple(code for code in criteria_set.criteria if code not in settled),
    )


def judge(criteria_set: CriteriaSet, sheets: Sequence[Sheet], rules: Rules) -> Verdict:
    """The council's verdict on one product from its judges' sheets; their order does not change the star.

    A sheet that strikes the dossier out may be unfinished if the rules uphold the strike; all others must be
    complete. Raises IncompleteSheet, BadAnswer.
    """
    results = [score_sheet(criteria_set, sheet.answers) for sheet in sheets]
    knockouts = _knockouts(criteria_set, sheets, rules)
    struck_out = any(row.upheld for row in knockouts)
    finished = _all_finished(sheets, results, struck_out)
    verdict = Verdict(
        regime=criteria_set.regime,
        law=criteria_set.law,
        set_code=criteria_set.code,
        set_name=criteria_set.name,
        rules=rules,
        sheets=tuple(result.total for result in results),
        knockouts=knockouts,
        uncounted=_numbered(results),
        **(_weighed(criteria_set, results, rules) if finished else _UNWEIGHED),
    )
    if struck_out:
        verdict = replace(verdict, stars=None, certified=False)
    return replace(verdict, reasons=tuple(wording.reasons(verdict, criteria_set)))


_UNWEIGHED = {
    "total": None,
    "compared": None,
    "parts": (),
    "band": None,
    "gates": (),
    "stars": None,
    "certified": False,
}


def _weighed(criteria_set: CriteriaSet, results: Sequence[SheetResult], rules: Rules) -> dict:
    """The fields of a verdict that follow from finished sheets."""
    total = _mean([row.total for row in results])
    compared = total if rules.rounding is None else wording.round_half_up(total, rules.rounding)
    parts, gates = _parts_and_gates(criteria_set, results, rules)
    reached = _stars(criteria_set.bands, compared, gates)
    return {
        "total": total,
        "compared": compared,
        "parts": parts,
        "band": _band(criteria_set.bands, compared).stars,
        "gates": gates,
        "stars": reached.stars,
        "certified": reached.certified,
    }


def _parts_and_gates(criteria_set: CriteriaSet, results: Sequence[SheetResult], rules: Rules) -> tuple:
    """Parts by the mean of the sheets; gates by the mean or by the lowest sheet, as the rules say."""
    if len(results) == 1:
        return results[0].parts, results[0].gates
    mean = {code: _mean([row.points[code] for row in results]) for code in criteria_set.criteria}
    lowest = {code: min(row.points[code] for row in results) for code in criteria_set.criteria}
    return _parts(criteria_set, mean), _gates(criteria_set, mean if rules.gates_on == "mean" else lowest)


def _numbered(results: Sequence[SheetResult]) -> tuple[Uncounted, ...]:
    """What did not count, with the number of its sheet."""
    return tuple(
        row._replace(sheet=number) for number, each in enumerate(results, 1) for row in each.uncounted
    )


def _mean(numbers: Sequence[int]) -> Fraction:
    return Fraction(sum(numbers), len(numbers))


def _applies(criterion: Criterion, ticked: Mapping[str, int]) -> bool:
    condition = criterion.applies_if
    return condition is None or ticked.get(condition.criterion, 0) >= condition.min_points


def _uncounted(criterion: Criterion) -> Uncounted:
    condition = criterion.applies_if
    return Uncounted(1, criterion.code, criterion.name, condition.criterion, condition.min_points)


def _require_boxes(criteria_set: CriteriaSet, answers: Mapping, idle: Mapping) -> None:
    """No box ticked is an answer only where the lowest option is above 0, or where nothing counts anyway."""
    for code, key in answers.items():
        if key is None and code not in idle and not (criterion := criteria_set.criterion(code)).none_allowed:
            raise BadAnswer(f"Tiêu chí {criterion.title} phải chọn một mức.")


def _parts(criteria_set: CriteriaSet, points: Mapping) -> tuple[PartPoints, ...]:
    return tuple(_part_points(part, points) for part in criteria_set.parts)


def _part_points(part: Part, points: Mapping) -> PartPoints:
    sections = tuple(
        SectionPoints(row.code, row.name, sum([points[each.code] for each in row.criteria]), row.max_points)
        for row in part.sections
    )
    return PartPoints(part.code, part.name, sum([row.points for row in sections]), part.max_points, sections)


def _gates(criteria_set: CriteriaSet, points: Mapping) -> tuple[StarGates, ...]:
    """For every star that is certified, the criteria that need something for it."""
    return tuple(_star_gates(stars, needs, points) for stars, needs in criteria_set.needs)


def _star_gates(stars: int, needs: Sequence[tuple[str, str, int]], points: Mapping) -> StarGates:
    met, missed = [], []
    for code, name, needed in needs:
        got = points[code]
        (met if got >= needed else missed).append(GateCheck(code, name, needed, got))
    return StarGates(stars, tuple(met), tuple(missed))


def _band(bands: Sequence[Band], total) -> Band:
    return max((row for row in bands if total >= row.floor), key=lambda row: row.stars)


def _stars(bands: Sequence[Band], total, gates: Sequence[StarGates]) -> Band:
    """The highest band the total reaches and no gate closes; gates add up, so lower stars are open too."""
    closed = {row.stars for row in gates if row.missed}
    return _band([row for row in bands if row.stars not in closed], total)


def _all_finished(sheets: Sequence[Sheet], results: Sequence[SheetResult], struck_out: bool) -> bool:
    """Whether every sheet is complete. Raises IncompleteSheet where one should be."""
    if not sheets:
        raise IncompleteSheet("Chưa có phiếu chấm nào.")
    for number, (sheet, result) in enumerate(zip(sheets, results, strict=True), 1):
        if result.unanswered and not (struck_out and sheet.struck):
            raise IncompleteSheet(f"Phiếu số {number} chưa chấm tiêu chí {', '.join(result.unanswered)}.")
    return not any(result.unanswered for result in results)


def _knockouts(criteria_set: CriteriaSet, sheets: Sequence[Sheet], rules: Rules) -> tuple[KnockOut, ...]:
    """Every place where a judge struck the dossier out: first the dossier as a whole, then by the form."""
    struck: dict[str, list[tuple[Strike, ...]]] = {}
    for sheet in sheets:
        for where in dict.fromkeys(row.where for row in sheet.struck):
            struck.setdefault(where, []).append(tuple(row for row in sheet.struck if row.where == where))
    needed = 1 if rules.knockout_by == "any" else len(sheets) // 2 + 1
    order = [DOSSIER, *criteria_set.criteria]
    unknown = set(struck) - {
        DOSSIER,
        *(row.code for row in criteria_set.criteria.values() if row.can_strike),
    }
    if unknown:
        raise BadAnswer(f"Không có điều kiện loại hồ sơ tại “{min(unknown)}”.")
    return tuple(_knockout(criteria_set, where, struck[where], needed) for where in order if where in struck)


def _knockout(criteria_set: CriteriaSet, where: str, by_sheet: Sequence, needed: int) -> KnockOut:
    reasons = [row.reason.strip().rstrip(".") for strikes in by_sheet for row in strikes]
    title = wording.place_title(criteria_set, where)
    if not all(reasons):
        raise BadAnswer(f"Đề nghị loại tại {title} phải nêu lý do.")
    return KnockOut(
        where,
        title,
        len(by_sheet),
        tuple(sorted(set(reasons))),
        len(by_sheet) >= needed,
    )
