"""The star engine on small sets, and one case of the real law worked out by hand."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from foundation.regimes import engine
from foundation.regimes.engine import DOSSIER, Rules, Sheet, Strike, Verdict, judge, score_sheet
from tests.regimes.builders import MEAN, ladder, made_up, marked, real_sets, sheet

EACH = Rules(gates_on="each_sheet", rounding=None, knockout_by="any")
MAJORITY = Rules(gates_on="mean", rounding=None, knockout_by="majority")


def hundredths(total):
    """A hundred sheets whose exact mean is ``total`` with two decimals."""
    whole, rest = divmod(int(Decimal(total) * 100), 100)
    return [sheet(whole + 1)] * rest + [sheet(whole)] * (100 - rest)


# ---------------------------------------------------------------- bands
@pytest.mark.parametrize(
    ("total", "stars", "certified"),
    [
        ("0.00", 1, False), ("0.01", 1, False),
        ("29.99", 1, False), ("30.00", 2, False), ("30.01", 2, False),
        ("49.99", 2, False), ("50.00", 3, True), ("50.01", 3, True),
        ("69.99", 3, True), ("70.00", 4, True), ("70.01", 4, True),
        ("89.99", 4, True), ("90.00", 5, True), ("90.01", 5, True),
        ("99.99", 5, True), ("100.00", 5, True),
    ],
)  # fmt: skip
def test_borders_of_the_bands(total, stars, certified):
    verdict = judge(made_up(), hundredths(total), MEAN)

    assert verdict.total == Fraction(total)
    assert (verdict.band, verdict.stars, verdict.certified) == (stars, stars, certified)


def test_mean_just_below_a_band_is_never_shown_as_its_floor():
    verdict = judge(made_up(), [sheet(90)] * 999 + [sheet(89)], MEAN)

    assert verdict.total == Fraction(89999, 1000)
    assert verdict.stars == 4
    assert verdict.total_shown == Decimal("89.99")
    assert verdict.reasons[0] == "Tổng điểm trung bình 89,99 đạt khung 4 sao (70 – dưới 90)."


def test_other_means_are_shown_half_up():
    assert judge(made_up(), [sheet(83), sheet(83), sheet(85)], MEAN).total_shown == Decimal("83.67")


def test_rounding_happens_only_as_the_council_says():
    sheets = [sheet(90)] * 19 + [sheet(89)]  # 89.95
    rounded = Rules(gates_on="mean", rounding=1, knockout_by="any")

    exact, by_rule = judge(made_up(), sheets, MEAN), judge(made_up(), sheets, rounded)

    assert (exact.compared, exact.stars) == (Fraction("89.95"), 4)
    assert (by_rule.total, by_rule.compared, by_rule.stars) == (Fraction("89.95"), 90, 5)
    assert (
        "Tổng điểm trung bình 89,95, làm tròn 1 chữ số thập phân là 90, đạt khung 5 sao" in by_rule.reasons[0]
    )


def test_rounding_a_half_goes_up_also_to_whole_points():
    whole = Rules(gates_on="mean", rounding=0, knockout_by="any")
    assert judge(made_up(), [sheet(49), sheet(50)], whole).stars == 3


# ---------------------------------------------------------------- gates
def gated():
    """1.1 needs 2 points for 3 stars, 5 for 4 stars and 9 for 5 stars."""
    return made_up(c11=marked(ladder("1.1", 20), s3=2, s4=5, s5=9))


def with_1_1(points):
    """A sheet with 80 points besides criterion 1.1."""
    return sheet(c11=points, c12=20, c21=25, c31=30, c32=5)


@pytest.mark.parametrize(("points", "stars"), [(0, 2), (1, 2), (2, 3), (4, 3), (5, 4), (8, 4), (10, 5)])
def test_missed_gate_lets_the_product_fall_to_the_highest_open_star(points, stars):
    criteria_set = gated()
    assert judge(criteria_set, [with_1_1(points)], MEAN).stars == stars


def test_control_without_gates_the_total_alone_decides():
    assert judge(made_up(), [with_1_1(0)], MEAN).stars == 4
    assert judge(gated(), [with_1_1(0)], MEAN).stars == 2


def test_verdict_tells_what_each_gate_needed_and_got():
    verdict = judge(gated(), [with_1_1(10), with_1_1(1), with_1_1(2)], MEAN)  # mean of 1.1: 13/3

    assert verdict.band == 4
    assert verdict.stars == 3
    four = next(row for row in verdict.gates if row.stars == 4)
    assert [(row.criterion, row.needed, row.got) for row in four.missed] == [("1.1", 5, Fraction(13, 3))]
    assert [row.criterion for row in verdict.gates[0].met] == ["1.1"]
    assert verdict.reasons == (
        "Tổng điểm trung bình 84,33 đạt khung 4 sao (70 – dưới 90).",
        "Chưa đạt mức tối thiểu 4 sao ở tiêu chí 1.1 Tiêu chí 1.1: cần 5, được 4,33.",
        "Kết quả: 3 sao.",
    )


def test_gates_may_be_held_against_each_sheet():
    sheets = [with_1_1(9), with_1_1(9), with_1_1(4)]  # mean 22/3 ≥ 5, lowest 4 < 5

    assert judge(gated(), sheets, MEAN).stars == 4
    verdict = judge(gated(), sheets, EACH)

    assert verdict.stars == 3
    assert "cần 5, được 4 ở phiếu thấp nhất." in verdict.reasons[1]


def test_gate_is_met_by_exactly_what_it_needs():
    result = score_sheet(gated(), with_1_1(5).answers)
    assert {row.stars: [gate.criterion for gate in row.met] for row in result.gates} == {
        3: ["1.1"],
        4: ["1.1"],
        5: [],
    }


def test_missed_gates_are_told_from_the_highest_star_down():
    criteria_set = made_up(c32=marked(ladder("3.2", 5), s3=1, s4=3, s5=5))

    verdict = judge(criteria_set, [sheet(94)], MEAN)  # nothing left for 3.2

    assert (verdict.band, verdict.stars) == (5, 2)
    assert [line.split(" ở ")[0] for line in verdict.reasons[1:-1]] == [
        "Chưa đạt mức tối thiểu 5 sao",
        "Chưa đạt mức tối thiểu 4 sao",
        "Chưa đạt mức tối thiểu 3 sao",
    ]


def test_two_stars_are_not_recognised_and_the_verdict_says_so():
    assert judge(made_up(), [sheet(40)], MEAN).reasons[-1] == "Kết quả: 2 sao, không được công nhận."


def test_gates_of_lower_stars_count_for_higher_ones():
    criterion = made_up(c11=ladder("1.1", 20, min_points_for_star={"3": 7, "5": 4})).criterion("1.1")
    assert [criterion.needed_for(stars) for stars in (1, 2, 3, 4, 5)] == [0, 0, 7, 7, 7]


# ---------------------------------------------------------------- conditions, blanks, alternatives
def conditional():
    """1.2 counts only with at least 3 points in 1.1."""
    return made_up(c12=ladder("1.2", 20, applies_if={"criterion": "1.1", "min_points": 3}))


def test_criterion_whose_condition_is_not_met_counts_nothing_and_is_reported_by_sheet():
    verdict = judge(conditional(), [sheet(c11=3, c12=9), sheet(c11=2, c12=9)], MEAN)

    assert verdict.sheets == (12, 2)
    assert [(row.sheet, row.criterion, row.depends_on, row.needed) for row in verdict.uncounted] == [
        (2, "1.2", "1.1", 3)
    ]
    assert (
        "Phiếu số 2: không tính tiêu chí 1.2 Tiêu chí 1.2 vì tiêu chí 1.1 chưa đạt 3 điểm." in verdict.reasons
    )


def test_criterion_that_cannot_count_needs_no_answer():
    answers = dict(sheet(c11=2).answers)
    del answers["1.2"]
    assert engine.completeness(conditional(), answers) == ()
    answers["1.2"] = None
    assert score_sheet(conditional(), answers).total == 2


def test_criterion_waits_for_an_answer_while_its_condition_is_open():
    result = score_sheet(conditional(), {"1.2": "1.2:9"})

    assert result.total == 0
    assert result.uncounted == ()
    assert result.unanswered == ("1.1", "2.1", "3.1", "3.2")
    assert engine.completeness(conditional(), {}) == ("1.1", "1.2", "2.1", "3.1", "3.2")


def from_one():
    options = [{"points": 1, "text": "Một"}, {"points": 5, "text": "Năm"}]
    return made_up(c32=ladder("3.2", 5) | {"options": options, "none_allowed": True})


def test_no_box_ticked_gives_nothing_where_the_form_starts_above_zero():
    answers = dict(sheet(10).answers) | {"3.2": None}
    result = score_sheet(from_one(), answers)
    assert (result.total, result.unanswered) == (10, ())


def test_no_box_ticked_is_refused_where_the_form_has_a_zero():
    with pytest.raises(engine.BadAnswer, match=r"Tiêu chí 3\.2 Tiêu chí 3\.2 phải chọn một mức"):
        score_sheet(made_up(), {"3.2": None})


def test_alternatives_give_the_points_of_the_case_that_was_chosen():
    criteria_set = real_sets("qd26-2026")[26]
    keys = [option.key for option in criteria_set.criterion("8").options]

    assert keys == ["8:1:1", "8:1:3", "8:2:1", "8:2:3"]
    assert [case.name for case in criteria_set.criterion("8").cases][1] == "Điểm dịch vụ du lịch"
    assert score_sheet(criteria_set, {"8": "8:2:3"}).total == 3


# ---------------------------------------------------------------- striking out
def strikable():
    return made_up(
        c11=ladder("1.1", 20, knockout="Loại nếu nguyên liệu không rõ nguồn gốc."),
        c31=ladder("3.1", 30, stop_if="Dừng nếu có tạp chất."),
    )


def struck(total, where="3.1", reason="Có sạn."):
    return Sheet(sheet(total).answers, [Strike(where, reason)])


def test_one_strike_is_enough_where_any_judge_may_strike_out():
    verdict = judge(strikable(), [sheet(95), struck(95), sheet(95)], MEAN)

    assert verdict.stars is None
    assert verdict.struck_out
    assert not verdict.certified
    assert verdict.total == 95
    assert verdict.reasons[0] == "Hồ sơ bị loại tại tiêu chí 3.1 Tiêu chí 3.1: Có sạn (1/3 phiếu)."
    assert verdict.reasons[-1] == "Kết quả: hồ sơ bị loại, không xếp hạng."


def test_control_without_a_strike_the_same_sheets_give_five_stars():
    verdict = judge(strikable(), [sheet(95)] * 3, MEAN)
    assert (verdict.stars, verdict.struck_out, verdict.knockouts) == (5, False, ())


@pytest.mark.parametrize(
    ("strikes", "judges", "stars"), [(1, 3, 5), (2, 3, None), (2, 4, 5), (3, 4, None), (1, 1, None)]
)
def test_majority_means_more_than_half_of_the_sheets(strikes, judges, stars):
    sheets = [struck(95)] * strikes + [sheet(95)] * (judges - strikes)
    assert judge(strikable(), sheets, MAJORITY).stars == stars


def test_strike_that_finds_no_majority_is_told_all_the_same():
    verdict = judge(strikable(), [sheet(95), struck(95, DOSSIER, "Giả mạo."), struck(95)], MAJORITY)

    assert verdict.stars == 5
    assert [(row.where, row.votes, row.upheld) for row in verdict.knockouts] == [
        (DOSSIER, 1, False),
        ("3.1", 1, False),
    ]
    assert verdict.reasons[0] == "Đề nghị loại tại hồ sơ không đủ quá nửa số phiếu (1/3): Giả mạo."


def test_one_judge_with_two_reasons_at_one_place_has_one_vote():
    twice = Sheet(sheet(95).answers, [Strike("1.1", "Nhập khẩu"), Strike("1.1", "Không hóa đơn")])
    verdict = judge(strikable(), [twice, sheet(95), sheet(95)], MAJORITY)
    assert [(row.votes, row.reasons) for row in verdict.knockouts] == [(1, ("Không hóa đơn", "Nhập khẩu"))]


def test_sheet_broken_off_by_an_upheld_strike_leaves_no_total():
    broken_off = Sheet({"1.1": "1.1:5"}, [Strike("3.1", "Có sạn")])
    verdict = judge(strikable(), [sheet(95), broken_off], MEAN)

    assert (verdict.total, verdict.total_shown, verdict.compared, verdict.band) == (None, None, None, None)
    assert verdict.stars is None
    assert "Có phiếu dừng chấm khi loại hồ sơ nên không tính tổng điểm." in verdict.reasons


def test_sheet_broken_off_must_be_finished_when_the_strike_is_not_upheld():
    broken_off = Sheet({"1.1": "1.1:5"}, [Strike("3.1", "Có sạn")])
    with pytest.raises(engine.IncompleteSheet, match=r"Phiếu số 3 chưa chấm tiêu chí 1\.2, 2\.1"):
        judge(strikable(), [sheet(95), sheet(95), broken_off], MAJORITY)


def test_colleague_without_a_strike_must_finish_the_sheet_anyway():
    with pytest.raises(engine.IncompleteSheet, match="Phiếu số 2"):
        judge(strikable(), [struck(95), Sheet({})], MEAN)


@pytest.mark.parametrize("where", ["1.2", "9.9", ""])
def test_strike_where_the_law_knows_no_ground_is_refused(where):
    with pytest.raises(engine.BadAnswer, match="Không có điều kiện loại"):
        judge(strikable(), [struck(95, where)], MEAN)


@pytest.mark.parametrize("reasons", [[" "], ["Có sạn", ""]])
def test_strike_without_a_reason_is_refused(reasons):
    sheets = [struck(95, reason=reason) for reason in reasons]
    with pytest.raises(engine.BadAnswer, match="phải nêu lý do"):
        judge(strikable(), sheets, MEAN)


# ---------------------------------------------------------------- one sheet
def test_sheet_result_shows_points_star_and_missed_gates_as_it_fills_up():
    result = score_sheet(gated(), {"1.1": "1.1:3", "2.1": "2.1:25", "3.1": "3.1:30"})

    assert [(part.code, part.points, part.max_points) for part in result.parts] == [
        ("A", 3, 40),
        ("B", 25, 25),
        ("C", 30, 35),
    ]
    assert result.parts[2].sections[0].points == 30
    assert (result.total, result.band, result.stars, result.certified) == (58, 3, 3, True)
    assert {row.stars: [gate.criterion for gate in row.missed] for row in result.gates} == {
        3: [],
        4: ["1.1"],
        5: ["1.1"],
    }
    assert result.points["1.1"] == 3
    assert result.unanswered == ("1.2", "3.2")


def test_sheet_result_falls_with_its_gates():
    result = score_sheet(gated(), with_1_1(0).answers)
    assert (result.total, result.band, result.stars, result.certified) == (80, 4, 2, False)


# ---------------------------------------------------------------- frozen
def eventful():
    """A verdict with something in every field."""
    criteria_set = made_up(
        c11=marked(ladder("1.1", 20, knockout="Loại."), s3=2, s4=5),
        c12=ladder("1.2", 20, applies_if={"criterion": "1.1", "min_points": 3}),
    )
    sheets = [
        sheet(c11=2, c12=1, c21=25),
        sheet(c11=5, c21=25, c31=30),
        Sheet(sheet(70).answers, [Strike("1.1", "x")]),
    ]
    return judge(criteria_set, sheets, MAJORITY)


@pytest.mark.parametrize(
    "make",
    [
        eventful,
        lambda: judge(strikable(), [sheet(95), struck(95)], MEAN),
        lambda: judge(strikable(), [Sheet({}, [Strike(DOSSIER, "Giả mạo")])], MEAN),
    ],
)
def test_verdict_survives_being_frozen_as_json(make):
    verdict = make()
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict


def test_frozen_verdict_keeps_thirds_exactly():
    frozen = judge(made_up(), [sheet(83), sheet(83), sheet(85)], MEAN).to_dict()
    assert (frozen["total"], frozen["schema"]) == ("251/3", "ocop-verdict/1")


def test_writing_of_another_kind_is_refused():
    with pytest.raises(engine.RegimeError, match="Không đọc được kết quả"):
        Verdict.from_dict({"schema": "ocop-verdict/0"})


def test_law_is_cited_with_number_and_day():
    verdict = judge(made_up(), [sheet(5)], MEAN)
    assert verdict.law == "Phụ lục I, Quyết định 1/QĐ-TTg ngày 03/02/2001"
