"""The report as a workbook: summary, districts, list of products, list of producers, reports from below.

Sums are formulas, so that whoever mends a cell sees what follows. Rows are written one after the other and kept in a
file: memory stays flat however long the lists are.
"""

import datetime as dt
import io
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from targets.counting import between
from targets.papers.figures import PARTS
from targets.papers.paper import FILES

TOP = 3  # the line of the heads, counted from nought; rows follow
WIDTHS = {
    "Tổng hợp": (44, 14, 18, 18, 20, 70),
    "Theo huyện": (26, 14, 14, 14, 14),
    "Danh sách": (34, 44, 52, 8, 20, 14),
    "Chủ thể": (44, 26, 52, 60),
    "Báo cáo huyện": (26, 22, 14, 26, 16, 16),
}


@dataclass(frozen=True)
class Formula:
    """A cell that sums others, with the value it has now: for readers that do not reckon."""

    text: str
    value: object


def workbook(figures, *, digest, code, moment=None, annex=(), failures=(), **_words):
    """The bytes of an XLSX file; text is never a formula nor a link. Words of the paper do not stand in it."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # A fixed moment: the same figures give the same bytes.
        book.set_properties(
            {"title": _title(figures), "created": dt.datetime.fromisoformat(figures["as_of"])}
        )
        styles = _styles(book)
        _sheet(book, styles, "Tổng hợp", figures, _summary(figures, digest, code, moment, failures))
        _sheet(book, styles, "Theo huyện", figures, _districts(figures))
        _sheet(book, styles, "Danh sách", figures, _list(figures))
        _sheet(book, styles, "Chủ thể", figures, _producers(figures))
        if annex:
            _sheet(book, styles, "Báo cáo huyện", figures, _below(annex))
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
    for line, row in enumerate(rows, start=TOP):
        for column, value in enumerate(row):
            _write(paper, line, column, value, styles["head" if line == TOP else "cell"])


def _write(paper, line, column, value, style):
    if isinstance(value, Formula):
        paper.write_formula(line, column, value.text, style, value.value)
    elif isinstance(value, int):
        paper.write_number(line, column, value, style)
    else:
        paper.write_string(line, column, value or "", style)


def _value(figure):
    """A number where it is one, so that it can be summed; a range, a part or nothing as text."""
    return figure["low"] if figure["text"] == str(figure["low"]) else figure["text"]


def _span(column, rows):
    """The cells of a column that hold the first so many rows."""
    name = xl_col_to_name(column)
    return f"{name}{TOP + 2}:{name}{TOP + 1 + max(rows, 1)}"


def _summary(figures, digest, code, moment, failures):
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
    if missing := [*(PARTS[key] for key in figures.get("failed", ())), *(FILES[kind] for kind in failures)]:
        yield ("Phần chưa lập được", "; ".join(missing))
    yield ("Mã báo cáo", code)
    if moment:
        yield ("Số liệu đọc lúc", f"{moment:%d/%m/%Y %H:%M}")
    yield ("Mã băm số liệu (SHA-256)", digest)


def _districts(figures):
    heads = [f"{row['stars']} sao" for row in figures["stars"]]
    yield ("Địa bàn", "Tổng số", *heads)
    for row in figures["districts"]:
        yield (row["name"], _value(row["total"]), *(_value(figure) for figure in row["stars"]))
    total = next((row for row in figures["targets"] if row["indicator"] == "total_products"), None)
    own = [_value(total), *(_value(figure) for figure in figures["stars"])] if total else []
    if total:
        yield (figures["area"]["name"], *own)
    if figures["districts"]:
        columns = [
            [_value(row["total"]), *(_value(figure) for figure in row["stars"])]
            for row in figures["districts"]
        ]
        yield from _sums(list(zip(*columns, strict=True)), own)


def _sums(columns, own):
    """The districts added up, and how far the unit's own figures lie from that; text is not added."""
    rows = len(columns[0])
    added = [sum(value for value in column if isinstance(value, int)) for column in columns]
    yield (
        "Cộng các huyện",
        *(Formula(f"=SUM({_span(at, rows)})", value) for at, value in enumerate(added, start=1)),
    )
    if own:
        yield (
            "Chênh lệch",
            *(_apart(at, rows, *pair) for at, pair in enumerate(zip(own, added, strict=True), 1)),
        )


def _apart(column, rows, own, added):
    name = xl_col_to_name(column)
    mine, theirs = f"{name}{TOP + 2 + rows}", f"{name}{TOP + 3 + rows}"
    apart = own - added if isinstance(own, int) else ""
    return Formula(f'=IF(ISNUMBER({mine}),{mine}-{theirs},"")', apart)


def _list(figures):
    yield ("Sản phẩm", "Chủ thể", "Địa bàn", "Hạng sao", "Số quyết định", "Ngày ký")
    for row in figures["new"]:
        name = f"{row['product']} (dữ liệu trình diễn)" if row["is_demo"] else row["product"]
        decided = dt.date.fromisoformat(row["decided_on"])
        yield (name, row["entity"], row["place"], row["stars"], row["decision"], f"{decided:%d/%m/%Y}")
    rows, held = len(figures["new"]), [row["stars"] for row in figures["new"]]
    yield ()
    yield ("Tổng số sản phẩm", Formula(f"=COUNTA({_span(0, rows)})", rows))
    for stars in sorted(set(held), reverse=True):
        yield (f"{stars} sao", Formula(f"=COUNTIF({_span(3, rows)},{stars})", held.count(stars)))


def _producers(figures):
    yield ("Chủ thể phát triển mới, củng cố", "Loại hình", "Địa bàn", "Căn cứ")
    for row in figures["developed"]:
        name = f"{row['entity']} (dữ liệu trình diễn)" if row["is_demo"] else row["entity"]
        yield (name, row["kind"], row["place"], row["why"])
    rows, kinds = len(figures["developed"]), [row["kind"] for row in figures["developed"]]
    yield ()
    yield ("Tổng số trong danh sách", Formula(f"=COUNTA({_span(0, rows)})", rows))
    for kind in sorted(set(kinds)):
        yield (kind, Formula(f'=COUNTIF({_span(1, rows)},"{kind}")', kinds.count(kind)))


def _below(annex):
    yield ("Địa bàn", "Tình trạng", "Gửi ngày", "Báo cáo", "Tổng số theo huyện", "Theo cổng")
    for row in annex:
        sent = f"{dt.date.fromisoformat(row['sent_on']):%d/%m/%Y}" if row["sent_on"] else ""
        yield (row["name"], row["state"], sent, row["report"], _number(row["theirs"]), _number(row["ours"]))
    columns = [[_number(row[name]) for row in annex] for name in ("theirs", "ours")]
    sums = (sum(value for value in column if isinstance(value, int)) for column in columns)
    cells = (Formula(f"=SUM({_span(at, len(annex))})", value) for at, value in enumerate(sums, start=4))
    yield ("Cộng", "", "", "", *cells)


def _number(text):
    """A number where the text is one."""
    return int(text) if text.isdigit() else text
