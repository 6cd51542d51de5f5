"""One case of the real law, worked out by hand."""

from fractions import Fraction

from foundation.regimes.engine import Sheet, judge
from tests.regimes.builders import MEAN, real_sets

# ---------------------------------------------------------------- by hand: set 22 (Vải, may mặc) of QĐ 148
#                      1.1 1.2 1.3 1.4 1.5 1.6 | 2.1 2.2 | 3.1 3.2 3.3 3.4 3.5 3.6 |   A
# judge 1               5   3   3   2   2   1  |  5   4  |  3   1   3   2   1   2  |  37   (16 + 9 + 12)
# judge 2               5   3   3   1   2   1  |  5   4  |  3   1   3   2   1   2  |  36   (15 + 9 + 12)
# judge 3               5   3   3   2   2   1  |  5   4  |  3   1   3   2   1   2  |  37
#                      4.1 4.2 4.3 | 5.1 5.2 5.3 |   B
# all three             3   3   3  |  4   5   2  |  20   (9 + 11)
#                      6.1 6.2 6.3 6.4 6.5 |  7  |  8  |   C
# judge 1               5   5   3   3   3  |  5  |  3  |  27   (19 + 5 + 3)    total 84
# judge 2               3   5   3   3   3  |  5  |  1  |  23   (17 + 5 + 1)    total 79
# judge 3               5   5   5   3   3  |  5  |  5  |  31   (21 + 5 + 5)    total 88
#
# mean total (84 + 79 + 88) / 3 = 251/3 = 83.67: the band of 4 stars (70 to under 90).
# gate of 4 stars at 1.4 (value chain under contract): 2 points; mean (2 + 1 + 2) / 3 = 5/3 = 1.67: missed.
# gates of 3 stars: 1.1 needs 1 (got 5), 5.2 needs 3 (got 5): met. So 3 stars, which the district recognises.
JUDGE_1 = [5, 3, 3, 2, 2, 1, 5, 4, 3, 1, 3, 2, 1, 2, 3, 3, 3, 4, 5, 2, 5, 5, 3, 3, 3, 5, 3]
JUDGE_2 = [5, 3, 3, 1, 2, 1, 5, 4, 3, 1, 3, 2, 1, 2, 3, 3, 3, 4, 5, 2, 3, 5, 3, 3, 3, 5, 1]
JUDGE_3 = [5, 3, 3, 2, 2, 1, 5, 4, 3, 1, 3, 2, 1, 2, 3, 3, 3, 4, 5, 2, 5, 5, 5, 3, 3, 5, 5]


def by_hand(points):
    codes = real_sets("qd148-2023")[22].criteria
    return Sheet({code: f"{code}:{value}" for code, value in zip(codes, points, strict=True)})


def test_golden_silk_scarf_misses_four_stars_by_one_judge():
    verdict = judge(
        real_sets("qd148-2023")[22], [by_hand(each) for each in (JUDGE_1, JUDGE_2, JUDGE_3)], MEAN
    )

    assert verdict.sheets == (84, 79, 88)
    assert verdict.total == Fraction(251, 3)
    assert [part.points for part in verdict.parts] == [Fraction(110, 3), 20, 27]
    assert [section.points for section in verdict.parts[0].sections] == [Fraction(47, 3), 9, 12]
    assert (verdict.band, verdict.stars, verdict.certified) == (4, 3, True)
    assert verdict.reasons == (
        "Tổng điểm trung bình 83,67 đạt khung 4 sao (70 – dưới 90).",
        "Chưa đạt mức tối thiểu 4 sao ở tiêu chí 1.4 Liên kết chuỗi trong sản xuất: cần 2, được 1,67.",
        "Kết quả: 3 sao.",
    )
    assert verdict.law == "Phụ lục III, Quyết định 148/QĐ-TTg ngày 24/02/2023"


def test_golden_silk_scarf_gets_four_stars_once_the_chain_is_agreed_on():
    agreed = [*JUDGE_2[:3], 2, *JUDGE_2[4:]]
    verdict = judge(real_sets("qd148-2023")[22], [by_hand(each) for each in (JUDGE_1, agreed, JUDGE_3)], MEAN)
    assert (verdict.total, verdict.stars) == (84, 4)
