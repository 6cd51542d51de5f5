"""The shortest way to the next star: by hand, against trying everything on small sets, and on the real sets."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.regimes.climb import climb
from foundation.regimes.criteria import Band, Condition, CriteriaSet, Criterion, Option, Part, Section
from foundation.regimes.engine import score_sheet
from tests.regimes.builders import ladder, lowest_answers, made_up, marked, real_sets, sheet, top_answers

QUICK = settings(max_examples=150, deadline=None)
BANDS = (Band(1, 0, 3, False), Band(3, 3, 6, True), Band(4, 6, 8, True), Band(5, 8, None, True))


def heights(way):
    """Criterion → points of the steps."""
    return {rise.criterion: rise.after for rise in way.rises}


# ---------------------------------------------------------------- by hand


def test_the_fewest_criteria_then_the_fewest_points():
    way = climb(made_up(), sheet(c11=10, c12=5, c21=10, c31=10).answers)  # 35 of 50

    assert (way.stars, way.lacking, way.total) == (3, 15, 50)
    assert heights(way) == {"1.2": 20}  # the first of those that can give 15 alone


def test_a_gate_is_part_of_the_way_even_when_the_total_suffices():
    gated = made_up(c12=marked(ladder("1.2", 20), s3=2, s4=5))

    way = climb(gated, sheet(c11=20, c21=25, c31=30).answers)  # 75 points and no star that is certified

    assert (way.stars, way.lacking) == (3, 0)
    assert [(rise.criterion, rise.before, rise.after, rise.gate) for rise in way.rises] == [
        ("1.2", 0, 2, True)
    ]
    assert way.rises[0].option.text == "Mức 2"


def test_control_without_the_gate_nothing_has_to_rise_for_that_star():
    assert score_sheet(made_up(), sheet(c11=20, c21=25, c31=30).answers).stars == 4


def test_a_condition_may_be_the_cheapest_way():
    conditional = made_up(c12=ladder("1.2", 20, applies_if={"criterion": "1.1", "min_points": 3}))

    way = climb(conditional, sheet(c11=2, c12=20, c31=28).answers)  # 30; one point in 1.1 makes 20 more count

    assert heights(way) == {"1.1": 3}
    assert way.total == 51


def test_at_the_top_there_is_no_way():
    assert climb(made_up(), sheet(100).answers) is None


def test_an_unanswered_form_has_a_way_too():
    way = climb(made_up(), {})

    assert (way.stars, way.total) == (3, 50)
    assert len(way.rises) == 2  # 30 and 20


def test_where_no_way_exists_there_is_none():
    lone = small([criterion("1", (0, 1))])

    assert climb(lone, {"1": "1:0"}) is None


def test_a_gate_behind_a_condition_opens_the_condition():
    first = criterion("1", (0, 1, 3))
    second = criterion("2", (0, 2), gates={3: 2}, applies_if=Condition("1", 1))

    way = climb(small([first, second]), {"1": "1:0", "2": "2:2"})

    assert heights(way) == {"1": 1}


def test_a_box_of_the_chosen_case_is_preferred():
    boxes = tuple(
        Option(f"1:{case}:{points}", points, f"{case} {points}", None, case)
        for case in (1, 2)
        for points in (1, 3, 6)
    )
    by_case = small([Criterion("1", "a", 6, boxes, none_allowed=True)])

    assert climb(by_case, {"1": "1:2:1"}).rises[0].option.key == "1:2:3"
    assert climb(by_case, {"1": None}).rises[0].option.key == "1:1:3"


# ---------------------------------------------------------------- against trying everything


def criterion(code, points, **more):
    """A criterion with a box for each of these points."""
    boxes = tuple(Option(f"{code}:{each}", each, f"Mức {each}") for each in points)
    return Criterion(code, f"Tiêu chí {code}", max(points), boxes, none_allowed=min(points) > 0, **more)


def small(criteria):
    """A set of these criteria with low bands."""
    top = sum(row.max_points for row in criteria)
    section = Section("1", "Mục", top, tuple(criteria))
    part = Part("A", "Phần", top, (section,))
    return CriteriaSet("thu", "luật", "thu", 1, "Thử", "I", "Ngành", BANDS, (part,))


@st.composite
def small_sets(draw):
    """A set of two to four criteria with gates and sometimes a condition, and answers to some of them."""
    rows = []
    for number in range(draw(st.integers(2, 4))):
        points = draw(
            st.sets(st.integers(0, 4), min_size=1, max_size=3).map(sorted).filter(lambda p: p[-1] > 0)
        )
        gates = draw(st.dictionaries(st.sampled_from([3, 4, 5]), st.sampled_from(points), max_size=2))
        more = {}
        if number and rows[0].applies_if is None and draw(st.booleans()):
            more["applies_if"] = Condition("0", draw(st.integers(1, 4)))
        rows.append(criterion(str(number), tuple(points), gates=gates, **more))
    answers = {
        row.code: draw(
            st.sampled_from([*(["none"] if row.none_allowed else []), *(o.key for o in row.options)])
        )
        for row in rows
        if draw(st.booleans())
    }
    return small(rows), {code: None if key == "none" else key for code, key in answers.items()}


def tried(criteria_set, answers, stars):
    """The least cost of all ways to at least so many stars, by trying every one; None without any."""
    now = {code: row.points_for(answers.get(code)) for code, row in criteria_set.criteria.items()}
    choices = [
        [(code, now[code], answers.get(code))]
        + [(code, box.points, box.key) for box in row.options if box.points > now[code]]
        for code, row in criteria_set.criteria.items()
    ]
    costs = []
    for way in product(*choices):
        after = {code: key for code, _, key in way if key is not None}
        if score_sheet(criteria_set, after).stars >= stars:
            raised = [points - now[code] for code, points, _ in way if points > now[code]]
            costs.append((len(raised), sum(raised)))
    return min(costs, default=None)


@QUICK
@given(small_sets())
def test_no_way_that_was_tried_is_shorter(given_set):
    criteria_set, answers = given_set
    now = score_sheet(criteria_set, answers).stars
    target = min((band.stars for band in BANDS if band.certified and band.stars > now), default=None)

    way = climb(criteria_set, answers)

    least = tried(criteria_set, answers, target) if target else None
    if least is None:
        assert way is None
    else:
        assert (len(way.rises), sum(rise.after - rise.before for rise in way.rises)) == least
        after = answers | {rise.criterion: rise.option.key for rise in way.rises}
        assert score_sheet(criteria_set, after).stars >= target == way.stars


# ---------------------------------------------------------------- on the real sets

SETS = [(regime, number) for regime in ("qd148-2023", "qd26-2026") for number in (1, 16, 22, 26)]


@st.composite
def sheets(draw):
    """A real set and answers to any part of it."""
    regime, number = draw(st.sampled_from(SETS))
    criteria_set = real_sets(regime)[number]
    answers = {}
    for row in criteria_set.criteria.values():
        keys = [*([None] if row.none_allowed else []), *(option.key for option in row.options)]
        if draw(st.booleans()):
            answers[row.code] = draw(st.sampled_from(keys))
    return criteria_set, answers


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_the_way_reaches_the_star_and_every_step_of_it_is_needed(given_sheet):
    criteria_set, answers = given_sheet
    way = climb(criteria_set, answers)
    if way is None:
        assert score_sheet(criteria_set, answers).stars == 5
        return
    steps = {rise.criterion: rise.option.key for rise in way.rises}
    reached = score_sheet(criteria_set, answers | steps)

    assert reached.stars >= way.stars > score_sheet(criteria_set, answers).stars
    assert reached.total == way.total
    for code in steps:
        without = answers | {other: key for other, key in steps.items() if other != code}
        assert score_sheet(criteria_set, without).stars < way.stars


@pytest.mark.parametrize("regime", ["qd148-2023", "qd26-2026"])
def test_every_real_set_can_be_climbed_from_the_bottom_to_the_top(regime):
    for criteria_set in real_sets(regime).values():
        answers, seen = lowest_answers(criteria_set), []
        while (way := climb(criteria_set, answers)) is not None:
            seen.append(way.stars)
            answers = answers | {rise.criterion: rise.option.key for rise in way.rises}
        assert seen == [3, 4, 5], criteria_set.code
        assert climb(criteria_set, top_answers(criteria_set)) is None
