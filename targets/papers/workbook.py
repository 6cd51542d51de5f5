"""The report as a workbook: summary, districts, list of products, list of producers."""

import datetime as dt
import io

import xlsxwriter

from targets.counting import between

WIDTHS = {
    "Tổng hợp": (44, 14, 18, 18, 20, 70),
    "Theo huyện": (26, 14, 14, 14, 14),
    "Danh sách": (34, 44, 52, 8, 20, 14),
    "Chủ thể": (44, 26, 52, 60),
}


def workbook(figures, *, digest, code):
    """The bytes of an XLSX file; text is never a formula nor a link."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # A fixed moment: the same figures give the same bytes.
        book.set_properties(
            {"title": _title(figures), "created": dt.datetime.fromisoformat(figures["as_of"])}
        )
        styles = _styles(book)
        _sheet(book, styles, "Tổng hợp", figures, _summary(figures, digest, code))
        _sheet(book, styles, "Theo huyện", figures, _districts(figures))
        _sheet(book, styles, "Danh sách", figures, _list(figures))
        _sheet(book, styles, "Chủ thể", figures, _producers(figures))
    return file.getvalue()


def _styles(book):
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "demo": book.add_format({"bold": True, "font_color": "#5b3a86"}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _title(figures):
    day = dt.date.fromisoformat(figures["as_of"])
    return f"Tiến độ kế hoạch OCOP năm {figures['plan']['year']}, {figures['area']['name']}, đến ngày {day:%d/%m/%Y}"


def _sheet(book, styles, name, figures, rows):
    """One sheet: title, warning where invented records count, heads, rows."""
    paper = book.add_worksheet(name)
    paper.set_landscape()
    paper.set_paper(9)
    paper.fit_to_pages(1, 0)
    for column, width in enumerate(WIDTHS[name]):
        paper.set_column(column, column, width)
    paper.write_string(0, 0, _title(figures), styles["title"])
    if figures["demo"]:
        paper.write_string(1, 0, "DỮ LIỆU TRÌNH DIỄN – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC", styles["demo"])
    paper.freeze_panes(4, 0)
    for line, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            _write(paper, line, column, value, styles["head" if line == 3 else "cell"])


def _write(paper, line, column, value, style):
    if isinstance(value, int):
        paper.write_number(line, column, value, style)
    else:
        paper.write_string(line, column, value or "", style)


def _value(figure):
    """A number where it is one, so that it can be summed; a range, a part or nothing as text."""
    return figure["low"] if figure["text"] == str(figure["low"]) else figure["text"]


def _summary(figures, digest, code):
    yield ("Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "Đánh giá", "Ghi chú")
    for row in figures["targets"]:
        yield (row["label"], row["unit"], row["plan"], _value(row), row["word"], row["note"])
    yield ()
    for row in figures["balances"]:
        day = dt.date.fromisoformat(row["day"])
        held = _value({**row, "text": between(row["low"], row["high"])})
        yield (
            f"Số liệu đầu kỳ ngày {day:%d/%m/%Y}",
            "",
            "",
            held,
            "",
            f"{row['note']}. Nguồn: {'; '.join(row['sources'])}",
        )
    yield ()
    yield ("Mã báo cáo", code)
    yield ("Mã băm số liệu (SHA-256)", digest)


def _districts(figures):
    heads = [f"{row['stars']} sao" for row in figures["stars"]]
    yield ("Địa bàn", "Tổng số", *heads)
    for row in figures["districts"]:
        yield (row["name"], _value(row["total"]), *(_value(figure) for figure in row["stars"]))
    total = next((row for row in figures["targets"] if row["indicator"] == "total_products"), None)
    if total:
        yield (figures["area"]["name"], _value(total), *(_value(figure) for figure in figures["stars"]))


def _list(figures):
    yield ("Sản phẩm", "Chủ thể", "Địa bàn", "Hạng sao", "Số quyết định", "Ngày ký")
    for row in figures["new"]:
        name = f"{row['product']} (dữ liệu trình diễn)" if row["is_demo"] else row["product"]
        decided = dt.date.fromisoformat(row["decided_on"])
        yield (name, row["entity"], row["place"], row["stars"], row["decision"], f"{decided:%d/%m/%Y}")


def _producers(figures):
    yield ("Chủ thể phát triển mới, củng cố", "Loại hình", "Địa bàn", "Căn cứ")
    for row in figures["developed"]:
        name = f"{row['entity']} (dữ liệu trình diễn)" if row["is_demo"] else row["entity"]
        yield (name, row["kind"], row["place"], row["why"])
    yield ()
    for row in figures["kinds"]:
        yield (row["kind"], _value(row))
