"""The shortest way to the next star: which criteria to raise, and to which box. No Django, exact.

Shortest means: the fewest criteria to change, then the fewest points to add, then the order of the form. Nothing is
lowered. Minima of the star (gates) and conditions between criteria (``applies_if``) are part of the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .criteria import Band, CriteriaSet, Criterion, Option
from .engine import score_sheet

Cost = tuple[int, int, tuple[int, ...]]  # criteria changed, points added, their places in the form
REBUILT = "reconstructed"  # the mark of a criterion that we put together because the source is damaged
FREE: Cost = (0, 0, ())
Choice = tuple[tuple[str, int], ...]  # criterion and points, for those that rise


@dataclass(frozen=True)
class Rise:
    """One criterion to raise; ``gate``: the star has a minimum here that is missed so far.

    ``law``: where the law prints this criterion; ``sure``: read in our source, not put together by us.
    """

    criterion: str
    name: str
    before: int
    after: int
    option: Option
    gate: bool
    law: str
    sure: bool


@dataclass(frozen=True)
class Climb:
    """The way: the star it leads to, the total and what was missing of it, and the steps in the order of the form."""

    stars: int
    total: int
    lacking: int
    rises: tuple[Rise, ...]


def climb(
    criteria_set: CriteriaSet, answers: Mapping[str, str | None], *, certified: bool = True
) -> Climb | None:
    """The shortest way from these answers to the next star; None at the top, or where there is no way.

    ``certified``: to the next star that is certified (3 and up); else to the very next one. A criterion without an
    answer counts 0, as in ``score_sheet``. Raises BadAnswer as it does.
    """
    now = score_sheet(criteria_set, answers)
    target = min(
        (band for band in criteria_set.bands if band.stars > now.stars and (band.certified or not certified)),
        key=lambda band: band.stars,
        default=None,
    )
    if target is None:
        return None
    ticked = {code: row.points_for(answers.get(code)) for code, row in criteria_set.criteria.items()}
    chosen = _cheapest(criteria_set, ticked, target)
    if chosen is None:
        return None
    return _described(criteria_set, answers, ticked, now, target, dict(chosen))


def _cheapest(criteria_set: CriteriaSet, ticked: Mapping[str, int], target: Band) -> Choice | None:
    """What rises at least cost so that the gates are met and the total reaches the floor (totals above it are one)."""
    best: dict[int, tuple[Cost, Choice]] = {0: (FREE, ())}
    places = {code: place for place, code in enumerate(criteria_set.criteria)}
    for root, dependents in _families(criteria_set):
        table = _family(root, dependents, ticked, places, target.stars)
        following: dict[int, tuple[Cost, Choice]] = {}
        for total, (cost, choice) in best.items():
            for points, (more, steps) in table.items():
                reached = min(total + points, target.floor)
                _keep(following, reached, _sum(cost, more), choice + steps)
        best = following
    return best[target.floor][1] if target.floor in best else None


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _keep(table: dict, points: int, cost: Cost, choice: Choice) -> None:
    """The cheaper way to so many points."""
    if points not in table or cost < table[points][0]:
        table[points] = (cost, choice)


def _families(criteria_set: CriteriaSet) -> list[tuple[Criterion, list[Criterion]]]:
    """Each criterion without condition, with those that count only through it (conditions never form chains)."""
    rows = criteria_set.criteria.values()
    return [
        (root, [row for row in rows if row.applies_if and row.applies_if.criterion == root.code])
        for root in rows
        if root.applies_if is None
    ]


def _family(
    root: Criterion, dependents: list[Criterion], ticked: Mapping, places: Mapping, stars: int
) -> dict:
    """Points that a family can count, each at its least cost, with every gate of the star met."""
    table: dict[int, tuple[Cost, Choice]] = {}
    for height in _levels(root, ticked):
        if height < root.needed_for(stars):
            continue
        ways = {height: _raised(root, ticked, places, height)}
        for row in dependents:
            ways = _with(ways, row, ticked, places, stars, counts=height >= row.applies_if.min_points)
        for points, (cost, choice) in ways.items():
            _keep(table, points, cost, choice)
    return table


def _with(ways: dict, row: Criterion, ticked: Mapping, places: Mapping, stars: int, *, counts: bool) -> dict:
    """The ways so far, each with every choice at this dependent criterion."""
    if not counts:
        return {} if row.needed_for(stars) else ways
    table: dict[int, tuple[Cost, Choice]] = {}
    for height in _levels(row, ticked):
        if height >= row.needed_for(stars):
            cost, step = _raised(row, ticked, places, height)
            for points, (before, choice) in ways.items():
                _keep(table, points + height, _sum(before, cost), choice + step)
    return table


def _levels(row: Criterion, ticked: Mapping) -> list[int]:
    """Where the criterion stands, and every higher box."""
    now = ticked[row.code]
    return sorted({now, *(option.points for option in row.options if option.points > now)})


def _raised(row: Criterion, ticked: Mapping, places: Mapping, height: int) -> tuple[Cost, Choice]:
    """What it costs to bring the criterion there."""
    more = height - ticked[row.code]
    return ((1, more, (places[row.code],)), ((row.code, height),)) if more else (FREE, ())


def _described(criteria_set, answers, ticked, now, target, heights) -> Climb:
    """The way in words and boxes."""
    rises, after = [], dict(answers)
    for code, row in criteria_set.criteria.items():
        if code in heights:
            option = _box(row, answers.get(code), heights[code])
            gate = row.needed_for(target.stars) > now.points[code]
            law, sure = (
                f"tiêu chí {code}, bộ {criteria_set.number}, {criteria_set.law}",
                row.source != REBUILT,
            )
            rises.append(Rise(code, row.name, ticked[code], heights[code], option, gate, law, sure))
            after[code] = option.key
    reached = score_sheet(criteria_set, after)
    return Climb(target.stars, reached.total, max(target.floor - now.total, 0), tuple(rises))


def _box(row: Criterion, key: str | None, points: int) -> Option:
    """The box of so many points; where the criterion has cases, of the case that was chosen if it has such a box."""
    boxes = [option for option in row.options if option.points == points]
    case = next((option.case for option in row.options if option.key == key), None)
    return next((option for option in boxes if option.case == case), boxes[0])
