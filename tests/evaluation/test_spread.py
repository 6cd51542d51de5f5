"""How far sheets may lie apart, the limit itself included or not."""

from decimal import Decimal

import pytest

from evaluation.spread import Spread, beyond, differences, heat


@pytest.mark.parametrize(
    ("totals", "limit", "counts", "allowed"),
    [
        ((80, 70), "10", True, True),
        ((80, 70), "10", False, False),
        ((81, 70), "10", True, False),
        ((79, 70), "10", False, True),
        ((80, 75, 70), "10.5", False, True),
        ((70,), "0", True, True),
        ((), "0", True, True),
    ],
)
def test_the_rule_says_whether_the_limit_itself_is_allowed(totals, limit, counts, allowed):
    assert Spread(totals, Decimal(limit), counts, "Quy chế").allowed is allowed


def test_the_refusal_names_the_rule_and_the_sheets():
    text = Spread((82, 70, 75), Decimal(10), True, "Quy chế số 5").refusal

    assert "82" in text
    assert "70" in text
    assert "chênh 12 điểm" in text
    assert "không quá 10 điểm (Quy chế số 5)" in text
    assert "phải dưới 7,50 điểm" in Spread((), Decimal("7.5"), False, "").rule


def test_differences_keep_the_order_of_the_form_and_leave_out_agreement():
    rows = differences([{"1.1": 3, "1.2": 2, "1.3": 1}, {"1.1": 1, "1.2": 2, "1.3": 3}])

    assert [(row.code, row.points, row.spread) for row in rows] == [("1.1", (3, 1), 2), ("1.3", (1, 3), 2)]
    assert differences([]) == []


def spread_of(*totals, limit="10"):
    return Spread(totals, Decimal(limit), True, "Quy chế")


@pytest.mark.parametrize(
    ("totals", "outside"),
    [
        ((80, 75, 70), ()),
        ((80, 78, 60), (2,)),
        ((60, 80, 95, 82), (0, 2)),
        ((80, 60), (0, 1)),  # nobody can say which of two is the odd one
        ((80, 81, 60, 61), (0, 1, 2, 3)),
        ((), ()),
    ],
)
def test_beyond_the_limit_is_who_stands_outside_a_largest_group(totals, outside):
    assert beyond(spread_of(*totals)) == outside


def test_heat_tells_how_far_and_to_which_side():
    cells = heat([5, 5, 1, 5], 5)

    assert [cell.level for cell in cells] == [2, 2, 4, 2]
    assert cells[2].in_words == "thấp hơn trung bình 3"
    assert cells[0].in_words == "cao hơn trung bình 1"
    assert [cell.level for cell in heat([3, 3], 5)] == [0, 0]
    assert heat([3], 5)[0].in_words == "bằng hoặc gần trung bình"
