"""What the reader says of cells, and T89: what leaves the portal as text comes back as the same text."""

import datetime as dt
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.imports import Column, compare, guess, read_cell, shown
from accounts.tables import find_head, is_caption, is_numbering, joined
from foundation.sheets.opening import rows_of
from foundation.ui.exports import Sheet, write_xlsx
from foundation.ui.text import tidy
from tests.imports.books import Formula, master_book, master_row, plain_book, repacked

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    '=cmd|" /C calc"!A0',
    "=1+1",
    "@SUM(A1)",
    "+84",
    "-1",
]
RISKY = [f"{start}HTX {number}" for number in range(32) for start in STARTS]


def read(tmp_path, content):
    """Every row of a workbook as it is read."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    return [row.cells for row in rows_of(path)]


def test_t89_five_hundred_risky_texts_go_out_and_come_back_as_text(tmp_path):
    out = io.BytesIO()
    write_xlsx(Sheet("thu", ["Tên"], [[text] for text in RISKY]), out)

    rows = read(tmp_path, out.getvalue())

    assert len(RISKY) >= 500
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert [row[0] for row in rows[1:]] == [tidy(text) for text in RISKY]


def test_t89_control_a_formula_is_told_from_text(tmp_path):
    rows = read(tmp_path, plain_book(["A"], [[Formula("=1+1")], ["=1+1"]]))

    assert rows[1:] == [[{"formula": 7}], ["=1+1"]]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40),
        min_size=1,
        max_size=20,
    )
)
def test_any_text_comes_back_tidied_and_never_as_a_formula(tmp_path_factory, texts):
    out = io.BytesIO()
    write_xlsx(Sheet("thu", ["Tên"], [[f"x{text}"] for text in texts]), out)

    rows = read(tmp_path_factory.mktemp("t"), out.getvalue())

    assert all(isinstance(row[0], str) for row in rows[1:])
    assert len(rows) == len(texts) + 1


def test_merged_cells_say_the_same_everywhere(tmp_path):
    rows = [master_row(1, "A", "HTX Một"), master_row(2, "B", None)]

    read_rows = read(tmp_path, master_book(rows, merges=[(0, 1, 4)]))

    assert [row[4] for row in read_rows[-2:]] == ["HTX Một", "HTX Một"]


def test_errors_formulas_days_and_numbers_are_told_apart(tmp_path):
    day = dt.date(2024, 2, 29)

    rows = read(tmp_path, plain_book(["A", "B", "C", "D"], [[Formula("#REF!"), day, 1.5, 3]]))

    assert rows[1] == [{"error": "#REF!"}, {"day": "2024-02-29"}, 1.5, 3]


def test_text_is_tidied(tmp_path):
    spread = unicodedata.normalize("NFD", "Hợp tác xã\u200b")

    assert read(tmp_path, plain_book(["A"], [[spread]]))[1] == ["Hợp tác xã"]


def test_prefixed_elements_hide_no_formula(tmp_path):
    def prefixed(name, data):
        if name != "xl/worksheets/sheet1.xml":
            return data
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return (
            b'<x:worksheet xmlns:x="' + main + b'"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>1+1</x:f>'
            b"<x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        )

    assert read(tmp_path, repacked(plain_book(["A"], [[1]]), prefixed)) == [[{"formula": 2}]]


# ------------------------------------------------------------ cells by the kind of their column
@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", "  HTX \n Nha  Xá ", "HTX Nha Xá"),
        ("text", 912345678, "912345678"),
        ("day", {"day": "2024-10-15"}, dt.date(2024, 10, 15)),
        ("day", "15/10/2024", dt.date(2024, 10, 15)),
        ("day", "5.1.2024", dt.date(2024, 1, 5)),
        ("day", "2024-10-15", dt.date(2024, 10, 15)),
        ("day", "–", None),
        ("number", "2.024", 2024),
        ("number", 2024, 2024),
        ("stars", "4 sao", 4),
        ("stars", "4*", 4),
        ("stars", "****", 4),
        ("stars", 3, 3),
        ("stars", "không", None),
    ],
)
def test_cells_are_read_as_offices_write_them(kind, cell, value):
    assert read_cell(cell, Column("a", "A", kind=kind)) == (value, "")


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("day", "31/02/2024", "không phải ngày"),
        ("day", 45000, "không phải ngày"),
        ("number", "hai", "không phải số nguyên"),
        ("stars", "6", "không phải hạng sao"),
        ("text", "x" * 201, "tối đa 200"),
        ("text", {"error": "#N/A"}, "ô lỗi #N/A"),
        ("text", {"formula": "HTX"}, "công thức"),
    ],
)
def test_what_cannot_be_read_is_said(kind, cell, said):
    value, trouble = read_cell(cell, Column("a", "A", kind=kind))

    assert value is None
    assert said in trouble


def test_cells_are_shown_as_people_write_them():
    cells = [None, "a", 1, 1.5, {"day": "2024-10-05"}, {"error": "#REF!"}, {"formula": {"day": "2024-10-05"}}]

    assert [shown(cell) for cell in cells] == ["", "a", "1", "1,5", "05/10/2024", "#REF!", "05/10/2024"]


# ------------------------------------------------------------ heads
def test_heads_of_two_lines_are_read_as_one():
    rows = [
        (1, ["DANH SÁCH"] * 3),
        (3, ["Tên", "Lần 1", "Lần 1"]),
        (4, ["Tên", "Sao", "Ngày"]),
        (5, ["a", "b", "c"]),
    ]

    head, heads = find_head(
        rows, lambda line: sum(text in {"Tên", "Lần 1 Sao", "Lần 1 Ngày"} for text in line)
    )

    assert (head, heads) == (4, ["Tên", "Lần 1 Sao", "Lần 1 Ngày"])


def test_without_any_known_head_the_first_line_is_taken():
    assert find_head([(2, ["a"]), (3, ["b"])], lambda line: 0) == (2, ["a"])


def test_numbering_and_captions_are_no_rows():
    assert is_numbering(["(1)", "(2)", "(3)", ""])
    assert not is_numbering(["1", "HTX", "3"])
    assert is_caption(["I. Huyện"] * 5)
    assert not is_caption(["", "HTX", ""])
    assert joined(["a", "b"], ["a", "", "c"]) == ["a", "b", "c"]


def test_columns_are_guessed_without_accents_and_each_head_serves_once():
    columns = (
        Column("name", "Tên chủ thể", ("Chủ thể",)),
        Column("kind", "Loại hình"),
        Column("other", "Chủ thể"),
    )

    assert guess(columns, ["stt", "CHU THE", "loại  hình"]) == {"name": 1, "kind": 2}
    assert guess(columns, ["Đơn vị", "Loại hình"], {"name": "Đơn vị"}) == {"name": 0, "kind": 1}
    assert compare("Xã/Phường: ") == "xa phuong"
