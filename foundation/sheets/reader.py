"""Read one workbook in a process of its own, with limits on time and memory, and print its rows as JSON lines.

Started by ``opening.rows_of`` as ``python -m foundation.sheets.reader <file>``; knows neither Django nor the database.
The first line is ``{"sheet": name}`` or ``{"refused": word}``; each later one ``[row number, cells]``; the last is
``{"end": rows}``. A cell is None, text, a number, ``{"day": …}``, ``{"error": …}`` or ``{"formula": value}``.
"""

import datetime as dt
import json
import sys
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from foundation.inspection.archives import judged
from foundation.inspection.limits import confine
from foundation.inspection.words import Unfit
from foundation.sheets.marks import Marks, first_sheet
from foundation.ui.text import tidy

MEMORY = 640  # megabytes of address space; what is really used stays far below
CPU_SECONDS = 15
OUTPUT = 256  # megabytes
CELL_LENGTH = 5_000


def plain(value):
    """A cell's value as JSON: tidied text, number, day."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.date):  # a moment is a day too
        return {"day": value.strftime("%Y-%m-%d")}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, int | float):
        return value
    return tidy("" if value is None else str(value))[:CELL_LENGTH] or None


class Spread:
    """Gives every cell of a merged range what its first cell says, row after row."""

    def __init__(self, merges):
        self.coming = sorted(merges, reverse=True)
        self.open = []

    def fill(self, number, cells):
        """The row with the merged ranges that reach into it filled in."""
        while self.coming and self.coming[-1][0] <= number:
            top, left, bottom, right = self.coming.pop()
            said = cells[left] if top == number and left < len(cells) else None
            self.open.append((bottom, left, right, said))
        for bottom, left, right, said in self.open:
            if bottom >= number:
                cells[left : right + 1] = [said] * len(cells[left : right + 1])
        self.open = [one for one in self.open if one[0] > number]
        return cells


def rows(path):
    """The header line, then every row that says something."""
    judged(path)
    with zipfile.ZipFile(path) as archive:
        name, part = first_sheet(archive)
        with archive.open(part) as stream:
            marks = Marks().read(stream)
    yield {"sheet": tidy(name)}
    spread, count = Spread(marks.merges), 0
    with CalamineWorkbook.from_path(path) as book:
        for number, values in enumerate(lines(book.get_sheet_by_name(name), marks)):
            cells = spread.fill(number, values)
            if any(cell is not None for cell in cells):
                count += 1
                yield [number + 1, cells]
    if not count:
        raise Unfit("empty")
    yield {"end": count}


def lines(sheet, marks):
    """The rows of the sheet from its very first, with formulas and errors marked."""
    width = max((column for _, column in (*marks.formulas, *marks.errors)), default=-1) + 1
    for number, values in enumerate(sheet.iter_rows()):  # counts from the first row and column of the sheet
        cells = [plain(value) for value in values]
        cells += [None] * (width - len(cells))
        yield [marked(marks, (number, column), cell) for column, cell in enumerate(cells)]


def marked(marks, where, cell):
    """Errors before formulas: a formula that failed has no value."""
    if where in marks.errors:
        return {"error": marks.errors[where]}
    return {"formula": cell} if where in marks.formulas else cell


def main():
    confine(memory=MEMORY, cpu=CPU_SECONDS, output=OUTPUT)
    say = sys.stdout.write
    try:
        for line in rows(sys.argv[1]):
            say(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    except Unfit as refusal:
        say(json.dumps({"refused": refusal.args[0]}) + "\n")
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, EOFError):
        say(json.dumps({"refused": "damaged"}) + "\n")
    except MemoryError:
        say(json.dumps({"refused": "heavy"}) + "\n")


if __name__ == "__main__":
    main()
