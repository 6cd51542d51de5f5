"""Rows to files that office people open in Excel: CSV and XLSX, through a file so that memory stays flat."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Number

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
CELL_LIMIT = 32_767  # characters Excel keeps in one cell
WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """What an export writes: the file's name without its ending, the heads of the columns, and the rows.

    ``rows`` may be a generator and may hold text, numbers, dates, None. ``title`` stands above the heads in
    XLSX.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence]
    title: str = ""


@dataclass(frozen=True)
class Taken:
    """What an answer takes out of the portal: which list, as which kind of file, how narrowed, how many rows."""

    name: str
    kind: str
    filters: str
    rows: int


class Counted:
    """Rows that know afterwards how many they were."""

    def __init__(self, rows):
        self.rows, self.count = rows, 0

    def __iter__(self):
        for row in self.rows:
            self.count += 1
            yield row


class Echo:
    """A file that hands back what is written into it."""

    def write(self, value):
        return value


def as_text(value):
    """One cell as text: dates dd/mm/yyyy, yes and no in words, nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return str(value).replace("\x00", "")[:CELL_LIMIT]


def safe_text(value):
    """A cell that no spreadsheet reads as a formula; numbers stay numbers."""
    text = as_text(value)
    if isinstance(value, Number):
        return text.replace(".", ",")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(sheet):
    """The file line by line: UTF-8 with a mark for Excel, semicolons as Vietnamese Excel expects."""
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([safe_text(head) for head in sheet.header])
    for row in sheet.rows:
        yield writer.writerow([safe_text(cell) for cell in row])


def write_xlsx(sheet, file):
    """Write the workbook row by row; text is never a formula nor a link."""
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    paper = book.add_worksheet("Dữ liệu")
    bold, head = (
        book.add_format({"bold": True, "font_size": 13}),
        book.add_format({"bold": True, "bottom": 1}),
    )
    line = 0
    if sheet.title:
        paper.write_string(0, 0, sheet.title, bold)
        line = 2
    for column, name in enumerate(sheet.header):
        paper.set_column(column, column, min(max(len(name) + 4, 12), WIDEST))
        paper.write_string(line, column, name, head)
    paper.freeze_panes(line + 1, 0)
    for number, row in enumerate(sheet.rows, start=line + 1):
        for column, value in enumerate(row):
            write_cell(paper, number, column, value)
    book.close()


def write_cell(paper, line, column, value):
    """Numbers as numbers, so that they can be summed; all the rest as text."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        paper.write_number(line, column, value)
    else:
        paper.write_string(line, column, as_text(value))


def csv_response(sheet):
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it, and it is gone
    file.writelines(line.encode() for line in csv_lines(sheet))
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{sheet.name}.csv", content_type="text/csv; charset=utf-8"
    )


def xlsx_response(sheet):
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it, and it is gone
    write_xlsx(sheet, file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{sheet.name}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


def respond(request, sheet, kind):
    """The sheet as a download; ``kind`` is one of WRITERS.

    ``response.taken`` says what leaves the portal: the middleware that keeps the trail of exports reads it.
    """
    rows = Counted(sheet.rows)
    response = WRITERS[kind](replace(sheet, rows=rows))
    response.taken = Taken(sheet.name, kind, request.GET.urlencode(), rows.count)
    response["X-Content-Type-Options"] = "nosniff"
    return response
