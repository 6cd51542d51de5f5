"""The report on paper and as a workbook: they say what was frozen, and warn of invented records."""

import datetime as dt
import io
import time
import zipfile

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from foundation import clock
from products.models import Product
from targets import papers, timetable

END = dt.date(2024, 12, 31)
MOMENT = dt.datetime(2024, 10, 15, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.fixture
def figures(books, plan):
    return lambda day=END: papers.frozen(books(day), plan.area)


def printed(figures, **facts):
    values = {"digest": "d" * 64, "code": "bc-thu", "author": "Người Thử", "moment": clock.now(), **facts}
    return papers.printed(figures, **values)


def sheets_of(figures):
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(papers.workbook(figures, digest="d" * 64, code="bc-thu"))
    )
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_paper_has_the_official_heading_and_the_golden_sum(figures):
    text = text_of(printed(figures()))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "UBND TỈNH HÀ NAM" in text
    assert "Tỉnh Hà Nam 157 140 17" in text
    assert "chưa có số liệu" in text
    assert "Doanh nghiệp Kinh tế xanh" in text


def test_invented_records_are_called_so_on_paper_and_sheet_and_real_ones_are_not(figures, rate):
    day = dt.date(2024, 10, 15)
    rating = rate(dt.date(2024, 5, 1))
    assert "DỮ LIỆU TRÌNH DIỄN" not in text_of(printed(figures(day)))

    Product.objects.filter(pk=rating.product_id).update(is_demo=True)

    assert "DỮ LIỆU TRÌNH DIỄN" in text_of(printed(figures(day)))
    rows = sheets_of(figures(day))
    assert all("DỮ LIỆU TRÌNH DIỄN" in str(sheet[1]) for sheet in rows.values())
    assert rows["Danh sách"][4][0].endswith("(dữ liệu trình diễn)")


def test_the_workbook_has_four_sheets_with_numbers_as_numbers(figures):
    sheets = sheets_of(figures())

    assert list(sheets) == ["Tổng hợp", "Theo huyện", "Danh sách", "Chủ thể"]
    assert [row[3] for row in sheets["Tổng hợp"][4:6]] == ["0 đã ghi", 157]
    assert sheets["Theo huyện"][10][:4] == ["Tỉnh Hà Nam", 157, 140, 17]


def test_new_products_stand_in_the_list_with_their_decision(figures, rate):
    rating = rate(dt.date(2024, 5, 1))
    day = dt.date(2024, 10, 15)

    row = sheets_of(figures(day))["Danh sách"][4]

    assert row[0] == rating.product.name
    assert row[3:] == [3, rating.decision.number, "01/05/2024"]
    assert rating.decision.number in text_of(printed(figures(day)))


def test_a_name_is_text_and_never_a_formula_nor_markup(figures, rate):
    rating = rate(dt.date(2024, 5, 1))
    Product.objects.filter(pk=rating.product_id).update(name="=1+1 #strong[x] *y*")
    frozen = figures(dt.date(2024, 10, 15))

    assert sheets_of(frozen)["Danh sách"][4][0] == "=1+1 #strong[x] *y*"
    assert "=1+1 #strong[x] *y*" in text_of(printed(frozen))


def test_the_same_figures_and_moment_give_the_same_bytes(figures):
    frozen, moment = figures(), clock.now()

    assert printed(frozen, moment=moment) == printed(frozen, moment=moment)
    assert papers.workbook(frozen, digest="", code="") == papers.workbook(frozen, digest="", code="")


def test_a_report_from_before_every_balance_says_so(figures):
    assert "Chưa có số liệu đầu kỳ có nguồn" in text_of(printed(figures(dt.date(2018, 1, 1))))


def test_the_digest_depends_on_the_content_and_not_on_the_order_of_keys():
    assert papers.digest({"a": 1, "b": 2}) == papers.digest({"b": 2, "a": 1})
    assert papers.digest({"a": 1}) != papers.digest({"a": 2})


# ------------------------------------------------------------ Word, sums
def test_the_word_file_is_the_same_byte_for_byte(figures):
    frozen, facts = figures(), {"digest": "d" * 64, "code": "bc-thu", "author": "Người Thử"}

    first = papers.MAKERS["docx"](frozen, moment=clock.now().replace(microsecond=0), **facts)
    time.sleep(2.1)  # packed files know seconds in pairs
    second = papers.MAKERS["docx"](frozen, moment=clock.on_demo_day(MOMENT), **facts)
    third = papers.MAKERS["docx"](frozen, moment=clock.on_demo_day(MOMENT), **facts)

    assert second == third
    assert first != second  # the control: another moment


def test_sums_are_formulas_that_know_their_value(figures):
    sheets = sheets_of(figures())

    rows = sheets["Theo huyện"]
    assert rows[11][:4] == ["Cộng các huyện", 157, 140, 17]
    assert rows[12][:4] == ["Chênh lệch", 0, 0, 0]
    content = papers.workbook(figures(), digest="", code="")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>SUM(B5:B10)</f><v>157</v>" in sheet


def test_the_sheets_of_lists_count_their_rows(figures, rate):
    rate(dt.date(2024, 5, 1))
    rate(dt.date(2024, 6, 1), stars=4)

    rows = sheets_of(figures(dt.date(2024, 10, 15)))["Danh sách"]

    assert [row[:2] for row in rows[-3:]] == [["Tổng số sản phẩm", 2], ["4 sao", 1], ["3 sao", 1]]


def test_a_long_list_stops_on_paper_and_goes_on_in_the_workbook(figures, rate, monkeypatch):
    rate(dt.date(2024, 5, 1))
    rate(dt.date(2024, 6, 1))
    frozen = figures(dt.date(2024, 10, 15))
    assert "trong phụ lục Excel" not in text_of(printed(frozen))

    monkeypatch.setattr(timetable, "rules", lambda: {"rows_on_paper": 1})

    assert "Còn 1 sản phẩm nữa trong phụ lục Excel kèm theo." in text_of(printed(frozen))
    assert len(sheets_of(frozen)["Danh sách"]) == 9
