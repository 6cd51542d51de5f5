"""The even division of cases among judges."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.balance import divided

CASES, JUDGES = range(12), range(7)
BARRED = st.sets(st.tuples(st.sampled_from(CASES), st.sampled_from(JUDGES)), max_size=40)


def may(judge, barred):
    """The cases that this judge may score."""
    return frozenset(case for case in CASES if (case, judge) not in barred)


CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault


@CALM
@given(BARRED, st.integers(1, 7), st.permutations(CASES))
def test_no_judge_has_two_more_cases_than_another_with_the_same_eligibility(barred, wanted, order):
    division = divided(order, JUDGES, barred, set(), wanted)
    load = Counter(judge for _, judge in division.pairs)

    for one in JUDGES:
        for other in JUDGES:
            if may(one, barred) == may(other, barred):
                assert abs(load[one] - load[other]) < 2


@CALM
@given(BARRED, st.integers(1, 7))
def test_each_case_gets_its_judges_or_is_named(barred, wanted):
    division = divided(CASES, JUDGES, barred, set(), wanted)
    given_to = Counter(case for case, _ in division.pairs)

    assert not barred & set(division.pairs)
    assert len(set(division.pairs)) == len(division.pairs)
    for case in CASES:
        able = sum((case, judge) not in barred for judge in JUDGES)
        assert given_to[case] == (0 if able < wanted else wanted)
        assert (case in division.short) == (able < wanted)


def test_what_is_taken_counts():
    division = divided([1, 2], ["a", "b", "c"], set(), {(1, "a"), (9, "a"), (9, "b")}, 2)

    assert division.pairs == ((1, "c"), (2, "b"), (2, "c"))
    assert divided([1], ["a"], set(), {(1, "a")}, 1).pairs == ()
