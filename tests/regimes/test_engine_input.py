"""What the star engine answers to input that cannot be right."""

import pytest

from foundation.regimes import engine
from foundation.regimes.engine import Rules, Sheet, judge, score_sheet
from tests.regimes.builders import MEAN, VERSION, content, made_up, sheet


def test_unknown_criterion_is_refused():
    with pytest.raises(engine.BadAnswer, match=r"không có tiêu chí “9\.9”"):
        score_sheet(made_up(), {"9.9": "9.9:1"})


@pytest.mark.parametrize("key", ["1.1:21", "1.2:1", "", "1"])
def test_unknown_option_is_refused(key):
    with pytest.raises(engine.BadAnswer, match="không có mức"):
        score_sheet(made_up(), {"1.1": key})


def test_verdict_needs_a_sheet():
    with pytest.raises(engine.IncompleteSheet, match="Chưa có phiếu chấm nào"):
        judge(made_up(), [], MEAN)


def test_verdict_needs_complete_sheets():
    with pytest.raises(engine.IncompleteSheet, match=r"Phiếu số 2 chưa chấm tiêu chí 3\.2"):
        judge(
            made_up(),
            [sheet(5), Sheet({code: key for code, key in sheet(5).answers.items() if code != "3.2"})],
            MEAN,
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"gates_on": "median"},
        {"rounding": -1},
        {"rounding": 7},
        {"rounding": True},
        {"rounding": 1.0},
        {"knockout_by": ""},
    ],
)
def test_rules_nobody_knows_are_refused(wrong):
    with pytest.raises(engine.BadRules, match="Quy chế"):
        Rules(**{"gates_on": "mean", "rounding": None, "knockout_by": "any"} | wrong)


def test_rules_have_no_defaults():
    with pytest.raises(TypeError):
        Rules()


@pytest.mark.parametrize("spoil", [lambda row: row.pop("parts"), lambda row: row.update(parts=5)])
def test_set_without_its_shape_is_refused(spoil):
    row = content()
    spoil(row)
    with pytest.raises(engine.BrokenSet, match="Bộ tiêu chí 01-thu"):
        engine.CriteriaSet.from_dict(row, VERSION)


def test_set_that_is_no_mapping_is_refused():
    with pytest.raises(engine.BrokenSet):
        engine.CriteriaSet.from_dict(None, VERSION)
