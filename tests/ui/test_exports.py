"""Rows to files."""

import datetime as dt
import io
import weakref
from decimal import Decimal

import pytest
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from foundation.ui.exports import Sheet, respond

DANGEROUS = ["=1+1", "+84912", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]


def content(sheet, kind):
    return b"".join(answer(sheet, kind).streaming_content)


def answer(sheet, kind, address="/"):
    return respond(RequestFactory().get(address), sheet, kind)


def workbook(sheet):
    return CalamineWorkbook.from_filelike(io.BytesIO(content(sheet, "xlsx"))).get_sheet_by_index(0)


@pytest.mark.parametrize("cell", DANGEROUS)
def test_csv_cells_never_begin_a_formula(cell):
    lines = content(Sheet("a", ["Tên"], [[cell]]), "csv").decode("utf-8-sig").split("\r\n")
    assert lines[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", DANGEROUS)
def test_xlsx_cells_are_text_not_formulas(cell):
    made = content(Sheet("a", ["Tên"], [[cell]]), "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.get_sheet_by_index(0).to_python()[1] == [cell]


def test_heads_are_as_safe_as_cells():
    assert content(Sheet("a", ["=1"], []), "csv").decode("utf-8-sig").startswith("'=1")


def test_csv_opens_in_excel_with_vietnamese_letters():
    made = content(Sheet("a", ["Tên", "Điểm"], [["Chè Đặng; ngon", Decimal("-87.5")]]), "csv")
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").split("\r\n")[1] == '"Chè Đặng; ngon";-87,5'


def test_values_are_written_as_people_read_them():
    day, moment = dt.date(2024, 10, 15), dt.datetime(2024, 10, 15, 7, 3, tzinfo=dt.UTC)
    made = workbook(
        Sheet("a", list("abcdef"), [[day, moment, None, True, Decimal("12.5"), 7]], title="Danh sách")
    )
    rows = made.to_python()
    assert rows[0][0] == "Danh sách"
    assert rows[3] == ["15/10/2024", "15/10/2024 14:03", "", "Có", 12.5, 7]


@pytest.mark.django_db  # closing an answer ends a request, which looks after connections
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_are_taken_one_by_one_and_never_held(kind):
    """Rows are counted by the garbage they become: none is alive when the next one is asked for."""
    alive = []

    class Cell(str):
        __slots__ = ("__weakref__",)

    def rows():
        for number in range(300):
            cell = Cell(number)
            alive.append(weakref.ref(cell))
            yield [cell]
            del cell

    taken = answer(Sheet("a", ["x"], rows()), kind)

    assert sum(ref() is not None for ref in alive) <= 2
    assert (taken.taken.rows, taken.taken.name, taken.taken.kind) == (300, "a", kind)
    taken.close()


@pytest.mark.django_db
def test_an_answer_says_how_the_list_was_narrowed():
    taken = answer(Sheet("a", ["x"], []), "csv", "/?q=l%E1%BB%A5a&tep=csv")
    assert taken.taken.filters == "q=l%E1%BB%A5a&tep=csv"
    taken.close()


def test_the_file_has_its_vietnamese_name():
    named = answer(Sheet("Sản phẩm 2024", ["x"], []), "xlsx")
    assert "filename*=utf-8''S%E1%BA%A3n" in named["Content-Disposition"]
    assert named["X-Content-Type-Options"] == "nosniff"
