"""`manage.py score` against sheets worked out by hand from the printed criteria, without environment or database.

A case says what differs from the sheet with the top box everywhere (100 points), and the outcome as a person adds it
up: total, parts, star of the total, star, gates missed as (criterion, star), and the way to the next star.
"""

import json
import os
import subprocess
import sys
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from foundation.regimes.criteria import Condition, CriteriaSet, Criterion, Option, Part, RegimeError, Section
from foundation.regimes.files import set_from_files
from foundation.regimes.offline import answers_of, outcome, outcomes, read_sheets
from tests.regimes.test_climb import BANDS

ROOT = Path(__file__).resolve().parents[2]
T148, T2026, TOUR = ("qd148-2023", "22"), ("qd26-2026", "22-vai-may-mac"), ("qd26-2026", "26")
ZEROS = dict.fromkeys(set_from_files(*T148).criteria, 0)
AT_70 = {"4.1": 0, "4.2": 0, "4.3": 0, "6.1": 0, "6.3": 0, "6.4": 0, "3.5": 0, "1.6": 0}
AT_50 = AT_70 | {"8": 0, "7": 0, "6.5": 0, "6.2": 0}
AT_30 = AT_50 | {"2.1": 0, "1.1": 0, "2.2": 0, "1.2": 0, "3.1": 0}
ALL = (3, 4, 5)


def way(star, *steps):
    """The next star with its improvements."""
    return {
        "star": star,
        "improvements": [dict(zip(("criterion", "from", "to"), step, strict=True)) for step in steps],
    }


def missed(criterion, *stars):
    return [(criterion, star) for star in stars]


# where, what differs, total, parts A B C, star of the total, star, gates missed, next star
CASES = [
    (T148, {}, 100, (40, 25, 35), 5, 5, [], None),
    (T148, {"1.6": 0}, 99, (39, 25, 35), 5, 5, [], None),
    (T148, {"8": 1, "6.3": 0, "1.6": 0}, 90, (39, 25, 26), 5, 5, [], None),
    (T148, {"8": 1, "6.3": 0, "1.6": 0, "3.5": 0}, 89, (38, 25, 26), 4, 4, [], way(5, ("1.6", 0, 1))),
    (T148, {"1.4": 1}, 98, (38, 25, 35), 5, 3, missed("1.4", 4, 5), way(4, ("1.4", 1, 2))),
    (T148, {"1.4": 2}, 99, (39, 25, 35), 5, 4, missed("1.4", 5), way(5, ("1.4", 2, 3))),
    (T148, {"5.2": 1}, 96, (40, 21, 35), 5, 2, missed("5.2", *ALL), way(3, ("5.2", 1, 3))),
    (T148, {"5.2": 3}, 98, (40, 23, 35), 5, 3, missed("5.2", 4, 5), way(4, ("5.2", 3, 5))),
    (
        T148, {"5.1": 1, "5.2": 0, "5.3": 0}, 89, (40, 14, 35), 4, 2, [*missed("5.2", *ALL), ("5.3", 5)],
        way(3, ("5.1", 1, 2), ("5.2", 0, 3)),
    ),
    (T148, {"3.6": 0}, 98, (38, 25, 35), 5, 3, missed("3.6", 4, 5), way(4, ("3.6", 0, 1))),
    (T148, {"1.1": 0}, 95, (35, 25, 35), 5, 2, missed("1.1", *ALL), way(3, ("1.1", 0, 1))),
    (T148, {"2.1": 3}, 98, (38, 25, 35), 5, 3, missed("2.1", 4, 5), way(4, ("2.1", 3, 5))),
    (T148, {"2.2": 3}, 99, (39, 25, 35), 5, 4, missed("2.2", 5), way(5, ("2.2", 3, 4))),
    (T148, {"1.3": 2, "7": 3}, 97, (39, 25, 33), 5, 4, [("1.3", 5), ("7", 5)], way(5, ("1.3", 2, 3), ("7", 3, 5))),
    (
        T148, AT_70, 70, (38, 12, 20), 4, 4, missed("6.1", 5),
        way(5, ("4.1", 0, 5), ("6.1", 0, 5), ("6.3", 0, 5), ("6.4", 0, 5)),
    ),
    (T148, AT_70 | {"3.2": 0}, 69, (37, 12, 20), 3, 3, missed("6.1", 5), way(4, ("1.6", 0, 1))),
    (
        T148, AT_50, 50, (38, 12, 0), 3, 3, [("6.1", 5), ("6.2", 5), ("7", 5)],
        way(4, ("4.1", 0, 5), ("6.1", 0, 5), ("6.2", 0, 5), ("6.3", 0, 5)),
    ),
    (T148, AT_50 | {"3.2": 0}, 49, (37, 12, 0), 2, 2, [("6.1", 5), ("6.2", 5), ("7", 5)], way(3, ("1.6", 0, 1))),
    (
        T148, AT_30, 30, (18, 12, 0), 2, 2,
        [("1.1", 3), ("1.1", 4), ("2.1", 4), ("2.2", 4), ("1.1", 5), ("2.1", 5), ("2.2", 5), ("6.1", 5), ("6.2", 5),
         ("7", 5)],
        way(3, ("1.1", 0, 5), ("2.1", 0, 5), ("4.1", 0, 5), ("6.1", 0, 5)),
    ),
    (
        T148, AT_30 | {"3.2": 0}, 29, (17, 12, 0), 1, 1,
        [("1.1", 3), ("1.1", 4), ("2.1", 4), ("2.2", 4), ("1.1", 5), ("2.1", 5), ("2.2", 5), ("6.1", 5), ("6.2", 5),
         ("7", 5)],
        way(2, ("1.1", 0, 1)),
    ),
    (("qd148-2025", "22-vai-may-mac"), {"5.2": 3}, 98, (40, 23, 35), 5, 3, missed("5.2", 4, 5), way(4, ("5.2", 3, 5))),
    (T2026, {}, 100, (40, 25, 35), 5, 5, [], None),
    (T2026, {"3.5": 0}, 97, (37, 25, 35), 5, 2, missed("3.5", *ALL), way(3, ("3.5", 0, 1))),
    (T2026, {"3.5": 1}, 98, (38, 25, 35), 5, 3, missed("3.5", 4, 5), way(4, ("3.5", 1, 2))),
    (T2026, {"4.1": 1}, 96, (40, 21, 35), 5, 2, missed("4.1", *ALL), way(3, ("4.1", 1, 2))),
    (T2026, {"4.1": 2}, 97, (40, 22, 35), 5, 3, missed("4.1", 4, 5), way(4, ("4.1", 2, 3))),
    (T2026, {"4.1": 3}, 98, (40, 23, 35), 5, 4, missed("4.1", 5), way(5, ("4.1", 3, 5))),
    (T2026, {"5.1": 0, "5.2": 0}, 93, (40, 18, 35), 5, 3, missed("5.1", 4, 5), way(4, ("5.1", 0, 5))),
    (T2026, {"2.3": 0}, 99, (39, 25, 35), 5, 5, [], None),  # no box ticked where the lowest gives 1
    (T2026, {"1.4": 2, "6.1": 3}, 96, (38, 25, 33), 5, 4, [("1.4", 5), ("6.1", 5)],
     way(5, ("1.4", 2, 4), ("6.1", 3, 5))),
    (T2026, {"7": 0, "3.4": 1}, 96, (39, 25, 32), 5, 2, [("7", 3), ("3.4", 4), ("7", 4), ("3.4", 5), ("7", 5)],
     way(3, ("7", 0, 1))),
    (TOUR, {}, 100, (40, 25, 35), 5, 5, [], None),
    (TOUR, {"8": {"case": 2, "points": 1}}, 98, (40, 25, 33), 5, 5, [], None),
    (TOUR, {"8": 0, "15": {"case": 1, "points": 1}}, 95, (40, 25, 30), 5, 5, [], None),
    (TOUR, {"3.4": 1}, 98, (38, 25, 35), 5, 3, missed("3.4", 4, 5), way(4, ("3.4", 1, 3))),
    (TOUR, {"3.5": 0}, 97, (37, 25, 35), 5, 2, missed("3.5", *ALL), way(3, ("3.5", 0, 1))),
]  # fmt: skip


@cache
def law(where):
    return set_from_files(*where)


def sheet(where, changes):
    """The top box everywhere but for the changes; of alternatives the first."""
    top = {
        row.code: {"case": row.cases[0].id, "points": row.max_points} if row.cases else row.max_points
        for row in law(where).criteria.values()
    }
    return top | changes


def scored(where, data, tmp_path):
    """The lines that the command prints, and its exit code."""
    path = tmp_path / "phieu.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    out, code = StringIO(), 0
    try:
        call_command("score", str(path), regime=where[0], code=where[1], stdout=out)
    except SystemExit as stop:
        code = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def test_at_least_thirty_cases_with_gates_conditions_and_cases():
    assert len(CASES) >= 30
    assert sum(bool(case[6]) for case in CASES) >= 15


@pytest.mark.parametrize(
    ("where", "changes", "total", "parts", "by_total", "star", "gates", "following"), CASES
)
def test_sheet_worked_out_by_hand(where, changes, total, parts, by_total, star, gates, following, tmp_path):
    (row,), code = scored(where, {"answers": sheet(where, changes)}, tmp_path)

    assert code == 0
    assert (row["total"], tuple(row["parts"].values())) == (total, parts)
    assert (row["star_by_total"], row["star"]) == (by_total, star)
    assert [(gate["criterion"], gate["star"]) for gate in row["gates"] if not gate["met"]] == gates
    assert row["knockouts"] == []
    assert row["next_star"] == following


def test_nothing_ticked_is_one_star_and_thirty_points_away_from_two(tmp_path):
    (row,), code = scored(T148, ZEROS, tmp_path)

    assert (row["total"], row["star_by_total"], row["star"], code) == (0, 1, 1, 0)
    assert row["next_star"] == way(
        2, *((criterion, 0, 5) for criterion in ("1.1", "2.1", "4.1", "5.1", "5.2", "6.1"))
    )


def test_keys_of_a_line_and_of_its_gates(tmp_path):
    (row,), _ = scored(T148, sheet(T148, {"1.4": 1}), tmp_path)

    assert list(row) == ["total", "parts", "star_by_total", "star", "gates", "knockouts", "next_star"]
    assert {"criterion": "1.4", "star": 4, "needed": 2, "got": 1, "met": False} in row["gates"]
    assert {"criterion": "1.4", "star": 5, "needed": 3, "got": 1, "met": False} in row["gates"]
    assert {"criterion": "5.2", "star": 3, "needed": 3, "got": 5, "met": True} in row["gates"]


@pytest.mark.parametrize("places", [["6.2"], ["dossier"], ["6.2", "dossier"]])
def test_a_knockout_leaves_the_points_and_takes_the_star(places, tmp_path):
    (row,), code = scored(T2026, {"answers": sheet(T2026, {}), "knockouts": places}, tmp_path)
    assert (row["total"], row["star_by_total"], row["star"], row["next_star"], code) == (
        100,
        5,
        None,
        None,
        0,
    )
    assert sorted(row["knockouts"]) == sorted(places)


def test_bare_map_wrapped_sheet_and_lists_of_both_say_the_same(tmp_path):
    top = sheet(T148, {"1.4": 1})
    rows, code = scored(T148, [top, {"answers": top}, {"answers": top, "knockouts": []}], tmp_path)
    assert rows[0] == rows[1] == rows[2]
    assert (len(rows), code) == (3, 0)
    assert scored(T148, [], tmp_path) == ([], 0)


WRONG = [
    ({"5.1": 1}, "5.2 Trí tuệ/bản sắc địa phương không được tính vì tiêu chí 5.1 chưa đạt 2 điểm"),
    ({"1.1": 2}, "1.1 Nguồn nguyên liệu không có mức 2 điểm"),
    ({"1.1": -1}, "không có mức -1 điểm"),
    ({"1.1": 31}, "không có mức 31 điểm"),
    ({"1.1": 10**30}, "không có mức 1000000000000000000… điểm"),
    ({"1.1": 3.0}, "điểm phải là một số nguyên"),
    ({"1.1": "3"}, "điểm phải là một số nguyên"),
    ({"1.1": "29,5"}, "điểm phải là một số nguyên"),
    ({"1.1": 1.00000000001}, "điểm phải là một số nguyên"),
    ({"1.1": 1e400}, "Infinity không phải là điểm"),
    ({"1.1": float("nan")}, "NaN không phải là điểm"),
    ({"1.1": True}, "điểm phải là một số nguyên"),
    ({"1.1": None}, "điểm phải là một số nguyên"),
    ({"1.1": [3]}, "điểm phải là một số nguyên"),
    ({"1.1": {"points": 3, "x": 1}}, "có khóa lạ: x"),
    ({"1.1": {"case": 1, "points": 3}}, "không có trường hợp 1"),
    ({"9.9": 3}, "không có tiêu chí “9.9”"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_what_is_no_answer_is_an_error_on_its_line(changes, sentence, tmp_path):
    rows, code = scored(T148, sheet(T148, changes), tmp_path)
    assert code == 1
    assert list(rows[0]) == ["error"]
    assert sentence in rows[0]["error"]


def test_an_error_spoils_only_its_own_line(tmp_path):
    rows, code = scored(T148, [sheet(T148, {}), sheet(T148, {"1.1": 2}), sheet(T148, {"1.6": 0})], tmp_path)
    assert [row.get("total") for row in rows] == [100, None, 99]
    assert code == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("{", "Không đọc được tệp"),
        ('{"1.1": 3, "1.1": 5}', "một khóa được ghi hai lần"),
        ("[" * 100_000, "Không đọc được tệp"),
        ('{"1.1": ' + "9" * 5000 + "}", "Không đọc được tệp"),
        ("[3]", "Mỗi phiếu phải là một đối tượng JSON"),
        ('{"answers": 3}', "“answers” phải là một đối tượng JSON"),
        ('{"answers": {}, "total": 100}', "Phiếu có khóa lạ: total"),
    ],
)
def test_file_that_makes_no_sense_is_an_error(data, sentence, tmp_path):
    rows, code = scored(T148, data, tmp_path)
    assert (len(rows), code) == (1, 1)
    assert sentence in rows[0]["error"]


def test_missing_criteria_are_named(tmp_path):
    some = sheet(T148, {})
    del some["1.4"], some["7"]
    rows, code = scored(T148, some, tmp_path)
    assert (rows, code) == ([{"error": "Phiếu thiếu tiêu chí 1.4, 7."}], 1)


@pytest.mark.parametrize(
    ("knockouts", "sentence"), [(["1.1"], "tại “1.1”"), ("6.2", "danh sách mã"), ([6.2], "danh sách mã")]
)
def test_knockout_where_the_law_has_none_is_an_error(knockouts, sentence, tmp_path):
    rows, code = scored(T148, {"answers": sheet(T148, {}), "knockouts": knockouts}, tmp_path)
    assert code == 1
    assert sentence in rows[0]["error"]


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (("qd1-1999", "22"), "Không có quy định “qd1-1999”"),
        (("../qd148-2023", "22"), "Không có quy định"),
        (("qd148-2023", "99"), "không có bộ tiêu chí “99”"),
        (("qd781-2020", "16"), "thiếu điểm trong nguồn"),
    ],
)
def test_set_that_cannot_judge_is_an_error(where, sentence, tmp_path):
    rows, code = scored(where, {}, tmp_path)
    assert code == 1
    assert sentence in rows[0]["error"]


def test_file_that_is_not_there_or_no_text_is_an_error(tmp_path, monkeypatch):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("score", str(tmp_path / "none.json"), regime=T148[0], code=T148[1], stdout=out)
    assert "Không đọc được tệp" in out.getvalue()
    (tmp_path / "x.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SystemExit):
        call_command("score", str(tmp_path / "x.json"), regime=T148[0], code=T148[1], stdout=StringIO())
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps(sheet(T148, {}))))
    out = StringIO()
    call_command("score", "-", regime=T148[0], code=T148[1], stdout=out)
    assert json.loads(out.getvalue())["star"] == 5


def test_nought_where_the_form_offers_none_and_asks_for_a_box_is_refused():
    boxes = (Option("1:1", 1, "a"), Option("1:2", 2, "b"))
    must = Criterion("1", "Phải chọn", 2, boxes)
    may = Criterion(
        "2", "Có thể", 2, (Option("2:1", 1, "a"), Option("2:2", 2, "b")), applies_if=Condition("1", 2)
    )
    small = CriteriaSet(
        "thu", "luật", "thu", 1, "Thử", "I", "Ngành", BANDS,
        (Part("A", "Phần", 4, (Section("1", "Mục", 4, (must, may)),)),),
    )  # fmt: skip
    with pytest.raises(RegimeError, match="không có mức 0 điểm"):
        answers_of(small, {"1": 0, "2": 0})
    assert answers_of(small, {"1": 1, "2": 0}) == ({"1": "1:1", "2": None}, ())
    assert outcome(small, {"1": "1:1", "2": None}, improvements=False)["next_star"] is None


def test_sheets_are_read_and_scored_one_by_one():
    assert read_sheets("[1, 2]") == [1, 2]
    assert next(outcomes(law(T148), [3])) == {"error": "Mỗi phiếu phải là một đối tượng JSON."}


def test_the_command_needs_no_environment_and_no_database(tmp_path):
    path = tmp_path / "phieu.json"
    path.write_text(json.dumps([sheet(T148, {"1.4": 1}), {}]), encoding="utf-8")
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "score",
        "--regime",
        "qd148-2023",
        "--set",
        "22-vai-may-mac",
    ]
    done = subprocess.run(
        [*command, str(path)], cwd=tmp_path, env={}, capture_output=True, text=True, check=False
    )

    first, second = done.stdout.splitlines()
    assert (json.loads(first)["star"], done.returncode) == (3, 1), done.stderr
    assert "Phiếu thiếu tiêu chí" in json.loads(second)["error"]


def test_control_other_commands_do_need_their_settings(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "load_regimes"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "is not set" in done.stderr
