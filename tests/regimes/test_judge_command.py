"""The auditor's tool explains a verdict from a file of sheets."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.regimes.loading import load
from tests.regimes.builders import files, ladder, sheet, write

pytestmark = pytest.mark.django_db
RULES = {"gates_on": "mean", "rounding": None, "knockout_by": "any"}


@pytest.fixture
def law(tmp_path):
    load(write(tmp_path, files(c31=ladder("3.1", 30, stop_if="Dừng nếu có tạp chất."))))


def score(tmp_path, data, number="1"):
    path = tmp_path / "phieu.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    out = StringIO()
    call_command("judge_sheets", "qd1-2001", number, sheet=path, stdout=out)
    return out.getvalue().splitlines()


def test_verdict_is_explained_line_by_line(law, tmp_path):
    sheets = [{"answers": sheet(84).answers}, {"answers": sheet(83).answers}]
    assert score(tmp_path, {"rules": RULES, "sheets": sheets}) == [
        "Bộ tiêu chí: Hàng thử (01-thu)",
        "Căn cứ: Phụ lục I, Quyết định 1/QĐ-TTg ngày 03/02/2001",
        "Điểm từng phiếu: 84, 83",
        "Phần A Phần A: 40.00/40",
        "Phần B Phần B: 25.00/25",
        "Phần C Phần C: 18.50/35",
        "Tổng điểm trung bình 83,50 đạt khung 4 sao (70 – dưới 90).",
        "Kết quả: 4 sao.",
    ]


def test_strikes_are_read_from_the_file(law, tmp_path):
    sheets = [{"answers": sheet(84).answers, "struck": [["3.1", "Có sạn"]]}]
    assert (
        score(tmp_path, {"rules": RULES, "sheets": sheets})[-1] == "Kết quả: hồ sơ bị loại, không xếp hạng."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "Không đọc được phiếu"),
        ({"rules": RULES}, "Không đọc được phiếu"),
        ({"rules": {}, "sheets": []}, "Không đọc được phiếu"),
        ({"rules": RULES | {"gates_on": "x"}, "sheets": []}, "Quy chế"),
        ({"rules": RULES, "sheets": []}, "Chưa có phiếu chấm nào"),
        ({"rules": RULES, "sheets": [{"answers": {"9": "9:1"}}]}, "không có tiêu chí “9”"),
    ],
)
def test_file_that_makes_no_sense_is_refused(law, tmp_path, data, message):
    with pytest.raises(CommandError, match=message):
        score(tmp_path, data)


def test_unknown_set_is_refused(law, tmp_path):
    with pytest.raises(CommandError, match="Quy định qd1-2001 không có bộ tiêu chí số 9"):
        score(tmp_path, {}, number="9")
