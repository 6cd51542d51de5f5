"""Where the records of a unit are found: the arithmetic, without a database."""

import datetime as dt

import pytest

from foundation.areas.whereabouts import Step, Unit, Whereabouts

D1, D2 = dt.date(2025, 1, 1), dt.date(2025, 7, 1)
E1, E2 = dt.date(2024, 12, 31), dt.date(2025, 6, 30)
PROVINCE, NEW_PROVINCE, DISTRICT, OLD, MIDDLE, NEW, OTHER = range(1, 8)
UNITS = [
    Unit(PROVINCE, None, None, E2),
    Unit(NEW_PROVINCE, None, D2, None),
    Unit(DISTRICT, PROVINCE, None, E2),
    Unit(OLD, DISTRICT, None, E1),
    Unit(MIDDLE, DISTRICT, D1, E2),
    Unit(NEW, NEW_PROVINCE, D2, None),
    Unit(OTHER, NEW_PROVINCE, D2, None),
]
WHOLE_PROVINCE = Step(PROVINCE, NEW_PROVINCE, whole=True)


def trail(pk, *steps, units=UNITS):
    """Place, first day and whether records wait there, stay by stay."""
    stays = Whereabouts(units, [WHOLE_PROVINCE, *steps]).of(pk)
    return [(stay.place, stay.first, stay.last, stay.pending) for stay in stays]


def test_a_living_unit_keeps_its_records():
    assert trail(NEW) == [(NEW, D2, None, False)]


def test_records_follow_whole_successions_step_by_step():
    steps = Step(OLD, MIDDLE, whole=True, same=True), Step(MIDDLE, NEW, whole=True)

    assert trail(OLD, *steps) == [(OLD, None, E1, False), (MIDDLE, D1, E2, False), (NEW, D2, None, False)]


def test_a_renamed_unit_goes_on_and_a_merged_one_does_not():
    stays = Whereabouts(
        UNITS,
        [WHOLE_PROVINCE, Step(OLD, MIDDLE, whole=True, same=True), Step(MIDDLE, NEW, whole=True)],
    ).of(OLD)

    assert [stay.same for stay in stays] == [True, True, False]


@pytest.mark.parametrize(
    "steps",
    [
        (Step(MIDDLE, NEW, whole=False), Step(MIDDLE, OTHER, whole=False)),
        (Step(MIDDLE, NEW, whole=False),),
        (Step(MIDDLE, NEW, whole=True), Step(MIDDLE, OTHER, whole=True)),
        (Step(MIDDLE, None, whole=False),),
        (Step(MIDDLE, None, whole=True),),
        (Step(MIDDLE, OLD, whole=True),),
        (),
    ],
    ids=["split", "part", "two wholes", "withdrawn", "nobody", "into one that is gone", "no row"],
)
def test_records_wait_at_the_unit_above_when_nobody_knows(steps):
    found = trail(MIDDLE, *steps)

    assert found == [(MIDDLE, D1, E2, False), (NEW_PROVINCE, D2, None, True)]


def test_the_unit_above_follows_its_own_succession_while_records_wait():
    assert trail(OLD, Step(OLD, None, whole=False)) == [
        (OLD, None, E1, False),
        (DISTRICT, D1, E2, True),
        (NEW_PROVINCE, D2, None, True),
    ]


def test_waiting_records_remember_the_last_unit_that_is_known_for_sure():
    steps = [WHOLE_PROVINCE, Step(OLD, MIDDLE, whole=True), Step(MIDDLE, None, whole=False)]
    stays = Whereabouts(UNITS, steps).of(OLD)

    assert [stay.left for stay in stays] == [None, None, MIDDLE]


def test_a_unit_without_anything_above_waits_where_it_was():
    alone = [Unit(1, None, None, E1)]

    assert trail(1, units=alone + UNITS[1:])[-1] == (1, D1, None, True)
