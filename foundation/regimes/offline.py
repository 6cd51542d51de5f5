"""One sheet as an office writes it down, scored outside the portal: points in, a plain outcome out. No Django.

A sheet is ``{"answers": {code: points or {"case": id, "points": n}}, "knockouts": [code]}`` or the bare map of
answers. Nothing is guessed: every criterion of the set must be there, with a number of points that the form offers.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .climb import climb
from .criteria import BadAnswer, CriteriaSet, Criterion, RegimeError
from .engine import DOSSIER, SheetResult, score_sheet

SHEET = {"answers", "knockouts"}
BOX = {"case", "points"}


def read_sheets(text: str) -> list[Any]:
    """The sheets of a file, one or a list. Raises RegimeError, in Vietnamese."""
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise RegimeError("Không đọc được tệp: lồng quá sâu.") from None
    except ValueError as fault:
        raise RegimeError(f"Không đọc được tệp: {fault}") from fault
    return data if isinstance(data, list) else [data]


def outcomes(criteria_set: CriteriaSet, sheets: list[Any]) -> Iterator[dict]:
    """The outcome of each sheet, or ``{"error": sentence}``."""
    for sheet in sheets:
        try:
            answers, knockouts = answers_of(criteria_set, sheet)
            yield outcome(criteria_set, answers, knockouts, improvements=True)
        except RegimeError as refusal:
            yield {"error": str(refusal)}


def answers_of(criteria_set: CriteriaSet, sheet: Any) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The option key of every criterion, and where the dossier was struck out. Raises BadAnswer."""
    if not isinstance(sheet, Mapping):
        raise BadAnswer("Mỗi phiếu phải là một đối tượng JSON.")
    points, knockouts = sheet, []
    if "answers" in sheet:
        if unknown := sorted(set(sheet) - SHEET):
            raise BadAnswer(f"Phiếu có khóa lạ: {', '.join(unknown)}.")
        points, knockouts = sheet["answers"], sheet.get("knockouts", [])
    if not isinstance(points, Mapping):
        raise BadAnswer("“answers” phải là một đối tượng JSON.")
    if missing := [code for code in criteria_set.criteria if code not in points]:
        raise BadAnswer(f"Phiếu thiếu tiêu chí {', '.join(missing)}.")
    boxes = {code: _box(criteria_set.criterion(code), value) for code, value in points.items()}
    answers = {code: _key(criteria_set.criterion(code), boxes) for code in criteria_set.criteria}
    return answers, _struck(criteria_set, knockouts)


def _key(row: Criterion, boxes: Mapping[str, tuple[int, str | None]]) -> str | None:
    """The key of a criterion's box, or none; where its condition fails only 0 may have been written."""
    points, key = boxes[row.code]
    condition = row.applies_if
    if condition and boxes[condition.criterion][0] < condition.min_points:
        if points:
            raise BadAnswer(
                f"Tiêu chí {row.title} không được tính vì tiêu chí {condition.criterion} chưa đạt "
                f"{condition.min_points} điểm; phải ghi 0."
            )
        return key
    if key is None and not row.none_allowed:
        raise BadAnswer(f"Tiêu chí {row.title} không có mức 0 điểm.")
    return key


def outcome(
    criteria_set: CriteriaSet,
    answers: Mapping[str, str | None],
    knockouts: tuple[str, ...] = (),
    *,
    improvements: bool,
) -> dict:
    """Total, parts, star by the total, star with gates and knock-outs, every gate, and the way to the next star."""
    result = score_sheet(criteria_set, answers)
    return {
        "total": result.total,
        "parts": {part.code: part.points for part in result.parts},
        "star_by_total": result.band,
        "star": None if knockouts else result.stars,
        "gates": _gates(result),
        "knockouts": list(knockouts),
        "next_star": _next(criteria_set, answers) if improvements and not knockouts else None,
    }


def _gates(result: SheetResult) -> list[dict]:
    """Every gate of every star, in the order of stars and of the form."""
    rows = []
    for gates in result.gates:
        order = {code: place for place, code in enumerate(result.points)}
        checks = [(check, True) for check in gates.met] + [(check, False) for check in gates.missed]
        for check, met in sorted(checks, key=lambda each: order[each[0].criterion]):
            rows.append(
                {
                    "criterion": check.criterion,
                    "star": gates.stars,
                    "needed": check.needed,
                    "got": check.got,
                    "met": met,
                }
            )
    return rows


def _next(criteria_set: CriteriaSet, answers: Mapping[str, str | None]) -> dict | None:
    """The way to the very next star; None at the top."""
    way = climb(criteria_set, answers, certified=False)
    if way is None:
        return None
    steps = [{"criterion": rise.criterion, "from": rise.before, "to": rise.after} for rise in way.rises]
    return {"star": way.stars, "improvements": steps}


def _box(row: Criterion, value: Any) -> tuple[int, str | None]:
    """Points and key of what was written at a criterion; no key for 0 points where the form has no such box."""
    case, points = None, value
    if isinstance(value, Mapping):
        if unknown := sorted(set(value) - BOX):
            raise BadAnswer(f"Tiêu chí {row.title} có khóa lạ: {', '.join(unknown)}.")
        case, points = value.get("case"), value.get("points")
    if type(points) is not int:
        raise BadAnswer(f"Tiêu chí {row.title}: điểm phải là một số nguyên.")
    if case is not None and case not in [each.id for each in row.cases]:
        raise BadAnswer(f"Tiêu chí {row.title} không có trường hợp {_short(case)}.")
    for option in row.options:
        if option.points == points and case in (None, option.case):
            return points, option.key
    if points == 0:
        return 0, None
    raise BadAnswer(f"Tiêu chí {row.title} không có mức {_short(points)} điểm.")


def _struck(criteria_set: CriteriaSet, knockouts: Any) -> tuple[str, ...]:
    """Where the dossier was struck out: as a whole, or at criteria that allow it, in the order of the form."""
    if not isinstance(knockouts, list) or not all(isinstance(each, str) for each in knockouts):
        raise BadAnswer("“knockouts” phải là danh sách mã tiêu chí.")
    places = [DOSSIER, *(row.code for row in criteria_set.criteria.values() if row.can_strike)]
    if unknown := sorted(set(knockouts) - set(places)):
        raise BadAnswer(f"Không có điều kiện loại hồ sơ tại “{_short(unknown[0])}”.")
    return tuple(place for place in places if place in knockouts)


def _short(value: Any) -> str:
    """What was typed, short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 20 else f"{text[:19]}…"


def _once(pairs: list[tuple[str, Any]]) -> dict:
    """An object whose keys come once: of two values for one criterion nobody can say which is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("một khóa được ghi hai lần")
    return found


def _no_number(name: str) -> None:
    """NaN and Infinity are no points."""
    raise ValueError(f"{name} không phải là điểm")
