"""The sets of the law as the engine reads them."""

import pytest

from foundation.regimes.engine import Sheet, judge
from tests.regimes.builders import MEAN, REGIMES, lowest_answers, real_files, real_sets, top_answers

IN_USE = [(regime, number) for regime in ("qd148-2023", "qd26-2026") for number in range(1, 27)]


@pytest.mark.parametrize(("regime", "number"), IN_USE)
def test_best_answers_reach_five_stars(regime, number):
    criteria_set = real_sets(regime)[number]
    verdict = judge(criteria_set, [Sheet(top_answers(criteria_set))] * 3, MEAN)

    assert (verdict.total, verdict.stars, verdict.certified) == (100, 5, True)
    assert {part.code: part.points for part in verdict.parts} == {"A": 40, "B": 25, "C": 35}


@pytest.mark.parametrize(("regime", "number"), IN_USE)
def test_lowest_answers_give_no_point_and_one_star(regime, number):
    criteria_set = real_sets(regime)[number]
    verdict = judge(criteria_set, [Sheet(lowest_answers(criteria_set))], MEAN)

    assert (verdict.total, verdict.stars, verdict.certified) == (0, 1, False)
    assert not verdict.reasons[-1].endswith("1 sao.")


@pytest.mark.parametrize(("regime", "number"), IN_USE)
def test_losing_the_trademark_alone_costs_the_stars_it_guards(regime, number):
    """Every set of both laws guards stars with it: 148 on the criterion, 26/2026 on an option."""
    criteria_set = real_sets(regime)[number]
    guard = next(row for row in criteria_set.criteria.values() if row.name == "Sở hữu trí tuệ")
    answers = top_answers(criteria_set) | {guard.code: None}

    verdict = judge(criteria_set, [Sheet(answers)], MEAN)

    assert verdict.band == 5
    assert verdict.stars == (2 if guard.needed_for(3) else 3)


@pytest.mark.parametrize("regime", REGIMES)
def test_regime_has_all_the_sets_it_announces(regime):
    version = real_files(regime)["version.yaml"]
    missing = {row["number"] for row in version.get("missing_sets", [])}
    assert set(real_sets(regime)) == set(range(1, version["set_count"] + 1)) - missing


@pytest.mark.parametrize(("regime", "criteria", "options"), [
    ("qd148-2023", 795, 2632), ("qd148-2025", 795, 2632), ("qd26-2026", 787, 2557), ("qd781-2020", 751, 2688),
])  # fmt: skip
def test_nothing_is_lost_on_the_way_into_the_engine(regime, criteria, options):
    rows = [row for each in real_sets(regime).values() for row in each.criteria.values()]
    assert (len(rows), sum(len(row.options) for row in rows)) == (criteria, options)


@pytest.mark.parametrize("regime", REGIMES)
def test_option_keys_are_unique_in_their_set(regime):
    for criteria_set in real_sets(regime).values():
        keys = [option.key for row in criteria_set.criteria.values() for option in row.options]
        assert len(keys) == len(set(keys))


def test_story_that_is_not_documented_leaves_local_identity_uncounted():
    criteria_set = real_sets("qd148-2023")[22]
    answers = top_answers(criteria_set) | {"5.1": "5.1:1"}

    verdict = judge(criteria_set, [Sheet(answers)], MEAN)

    assert [row.criterion for row in verdict.uncounted] == ["5.2", "5.3"]
    assert (verdict.total, verdict.stars) == (89, 2)  # 100 - 4 - 5 - 2; the gate of 3 stars at 5.2 is missed
