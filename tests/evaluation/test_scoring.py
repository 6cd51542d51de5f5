"""Where a verdict leads, by the data of real regimes; when a council may open its sheets."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from evaluation.scoring import Step, entry_level, next_step, quorum_reached
from foundation.regimes.models import Regime

pytestmark = pytest.mark.django_db


def verdict(total, stars):
    """What next_step reads of a verdict."""
    return SimpleNamespace(
        compared=Fraction(str(total)), stars=stars, certified=stars is not None and stars >= 3
    )


@pytest.fixture
def process(law):
    return Regime.objects.get(pk="qd148-2023").process


@pytest.mark.parametrize(
    ("total", "stars", "step", "recognised"),
    [
        ("69.99", 3, Step.RECOGNISE, 3),
        ("70", 4, Step.FORWARD, None),
        ("70", 3, Step.FORWARD, None),  # a missed gate of four stars: the total decides
        ("100", 5, Step.FORWARD, None),
        ("49.99", 2, Step.CLOSE, None),
        ("75", 2, Step.FORWARD, None),  # also of three stars: the level above scores anew
        ("80", None, Step.CLOSE, None),  # struck out
    ],
)
def test_the_district_recognises_forwards_or_closes(process, total, stars, step, recognised):
    found = next_step(verdict(total, stars), process, "district")

    assert (found.step, found.stars) == (step, recognised)


@pytest.mark.parametrize(
    ("total", "stars", "step", "recognised", "proposed"),
    [
        ("89.99", 4, Step.RECOGNISE, 4, False),
        ("90", 5, Step.RECOGNISE, 4, True),
        ("95", 3, Step.SEND_DOWN, 3, True),
        ("69", 3, Step.SEND_DOWN, 3, False),
        ("30", 2, Step.CLOSE, None, False),
    ],
)
def test_the_province_recognises_sends_down_or_closes(process, total, stars, step, recognised, proposed):
    found = next_step(verdict(total, stars), process, "province", below="district")

    assert (found.step, found.stars, found.onward is not None) == (step, recognised, proposed)


def test_without_a_level_below_there_is_nobody_to_send_down_to(process):
    assert next_step(verdict("69", 3), process, "province").step == Step.CLOSE


def test_another_regime_leads_elsewhere_without_other_code(law):
    newest = Regime.objects.get(pk="qd26-2026").process

    assert next_step(verdict("60", 3), newest, "province").stars == 3
    assert (entry_level(newest), entry_level(Regime.objects.get(pk="qd148-2023").process)) == (
        "province",
        "district",
    )


@pytest.mark.parametrize(
    ("handed_in", "seats", "percent", "enough"),
    [
        (3, 4, 75, True),
        (2, 4, 75, False),
        (5, 7, 75, False),
        (6, 7, 75, True),
        (0, 0, 1, False),
        (7, 7, 100, True),
    ],
)
def test_quorum_is_a_share_of_the_seats(handed_in, seats, percent, enough):
    assert quorum_reached(handed_in, seats, percent) is enough
