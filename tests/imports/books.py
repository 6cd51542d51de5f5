"""Workbooks as offices keep them, made by the tests."""

import datetime as dt
import io
import zipfile

import xlsxwriter

ABOVE = [
    ("TT", 1),
    ("Tên sản phẩm", 1),
    ("Nhóm", 1),
    ("Loại hình", 1),
    ("Chủ thể", 1),
    ("Xã/phường", 1),
    ("Địa chỉ", 1),
    ("Người đại diện", 1),
    ("Điện thoại", 1),
    ("Hạng sao hiện tại", 1),
    ("Ngày hết hạn", 1),
    ("Lần 1", 5),
    ("Lần 2/nâng hạng", 5),
    ("Ghi chú", 1),
]
BELOW = ["Sao", "Ngày", "Năm", "Số QĐ", "Cơ quan"]
WIDTH = sum(count for _, count in ABOVE)
DAY1, DAY2 = dt.date(2021, 12, 20), dt.date(2024, 6, 12)
OFFICE = "UBND tỉnh Hà Nam"


def master_row(number, product, maker, commune="Xã Chuyên Ngoại", **more):
    """One row of the 22 columns, right unless said otherwise."""
    row = {
        "tt": number,
        "product": product,
        "group": "IV",
        "kind": "HTX",
        "maker": maker,
        "commune": commune,
        "address": "Thôn Nha Xá",
        "person": "Người Thử Nghiệm",
        "phone": "0912 345 678",
        "stars": 3,
        "end": dt.date(2024, 12, 20),
        "s1": 3,
        "d1": DAY1,
        "y1": 2021,
        "n1": "1520/QĐ-UBND",
        "o1": OFFICE,
        "s2": None,
        "d2": None,
        "y2": None,
        "n2": None,
        "o2": None,
        "note": None,
    }
    return list((row | more).values())


class Formula(str):
    """A cell that computes."""

    __slots__ = ()


def put(sheet, line, column, value, day_format):
    """One cell, by the kind of its value."""
    if value is None:
        return
    if isinstance(value, Formula):
        shown, formula = ("#REF!", "=#REF!") if value == "#REF!" else (7, str(value))
        sheet.write_formula(line, column, formula, None, shown)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), day_format)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, value)


def master_book(rows, *, merges=()):
    """The 22-column list: title, two lines of heads, numbering, caption; ``merges`` are (first, last, column)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range(0, 0, 0, WIDTH - 1, "DANH SÁCH SẢN PHẨM OCOP TỈNH HÀ NAM")
    column = 0
    for head, count in ABOVE:
        if count == 1:
            sheet.merge_range(2, column, 3, column, head)
        else:
            sheet.merge_range(2, column, 2, column + count - 1, head)
            for offset, name in enumerate(BELOW):
                sheet.write_string(3, column + offset, name)
        column += count
    for column in range(WIDTH):
        sheet.write_number(4, column, column + 1)
    sheet.merge_range(5, 0, 5, WIDTH - 1, "I. Thị xã Duy Tiên")
    for line, row in enumerate(rows, start=6):
        for column, value in enumerate(row):
            put(sheet, line, column, value, day)
    for first, last, column in merges:
        sheet.merge_range(6 + first, column, 6 + last, column, rows[first][column])
    book.close()
    return out.getvalue()


def plain_book(heads, rows):
    """One line of heads and the rows below it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("Trang 1"), book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate([heads, *rows]):
        for column, value in enumerate(row):
            put(sheet, line, column, value, day)
    book.close()
    return out.getvalue()


def repacked(content, change=None, more=(), **options):
    """The same archive with parts changed by ``change(name, data)`` (None: left out) and ``more`` added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            data = change(part.filename, data) if change else data
            if data is not None:
                new.writestr(part.filename, data)
        for name, data in more:
            new.writestr(name, data)
    return out.getvalue()
