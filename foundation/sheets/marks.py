"""What the usual reader does not tell of a sheet: formulas, errors, merged cells, and how large it really is.

Read as a stream, part by part, and stopped at the first row or column too many.
"""

import functools
import re
from xml.parsers import expat

from foundation.inspection.words import Unfit

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_100, 100, 1_500_000
MAX_MERGES, MAX_SPREAD = 40_000, 400_000
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


@functools.lru_cache(maxsize=4_096)
def column_of(letters):
    """The number, from 0, of a column: B → 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place(text):
    """Row and column, from 0, of a cell's name: B5 → (4, 1)."""
    found = PLACE.fullmatch(text or "")
    if not found:
        raise Unfit("damaged")
    return int(found[2]) - 1, column_of(found[1].upper())


def local(name):
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def parse(stream, start, end=None, text=None):
    """Run a stream through the parser; whatever is not plain XML is damage."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as damage:
        raise Unfit("damaged") from damage


def first_sheet(archive):
    """Name and part of the first sheet that is not hidden."""
    sheets, targets = [], {}

    def sheet(name, facts):
        if local(name) == "sheet":
            key = next((value for label, value in facts.items() if label.endswith(":id")), "")
            sheets.append((facts.get("name", ""), key, facts.get("state", "visible")))

    def relation(name, facts):
        if local(name) == "Relationship":
            targets[facts.get("Id")] = (facts.get("Target", ""), facts.get("TargetMode", ""))

    with archive.open("xl/workbook.xml") as stream:
        parse(stream, sheet)
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        parse(stream, relation)
    for name, key, state in sheets:
        target, mode = targets.get(key, ("", ""))
        if state == "visible" and "worksheets/" in target and mode != "External":
            return name, target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise Unfit("empty")


class Marks:
    """Formulas and errors by place, merged ranges, and the size; filled by ``read``."""

    def __init__(self):
        self.formulas, self.errors, self.merges = set(), {}, []
        self.rows = self.cells = self.spread = 0
        self._row, self._column, self._kind, self._text = -1, -1, "", None

    def read(self, stream):
        """Go through one sheet."""
        parse(stream, self._start, None, self._said)
        return self

    def _start(self, name, facts):
        name = name.rpartition(":")[2]
        if name == "c":
            self._text = None
            self._cell(facts)
        elif name == "v":
            self._text = None
            if self._kind == "e":
                self._text = self.errors[self._row, self._column] = ""
        elif name == "row":
            self._begin_row(facts)
        elif name == "f":
            self.formulas.add((self._row, self._column))
        elif name == "mergeCell":
            self._merge(facts.get("ref", ""))

    def _begin_row(self, facts):
        number = facts.get("r")
        self._row = int(number) - 1 if number and number.isdigit() else self._row + 1
        self._column, self.rows = -1, self.rows + 1
        if self._row >= MAX_ROWS or self.rows > MAX_ROWS:
            raise Unfit("rows")

    def _cell(self, facts):
        row, self._column = place(facts["r"]) if "r" in facts else (self._row, self._column + 1)
        self._kind, self.cells = facts.get("t", ""), self.cells + 1
        if row >= MAX_ROWS:
            raise Unfit("rows")
        if row != self._row:
            raise Unfit("damaged")
        if self._column >= MAX_COLUMNS:
            raise Unfit("columns")
        if self.cells > MAX_CELLS:
            raise Unfit("rows")

    def _said(self, text):
        if self._text is not None and (text := text.strip()):
            self.errors[self._row, self._column] += text[:20]

    def _merge(self, ref):
        top, bottom = (place(end) for end in (ref.split(":") * 2)[:2])
        if bottom[1] >= MAX_COLUMNS:
            bottom = (bottom[0], MAX_COLUMNS - 1)
        bottom = (min(bottom[0], MAX_ROWS - 1), bottom[1])
        self.spread += max(bottom[0] - top[0] + 1, 0) * max(bottom[1] - top[1] + 1, 0)
        self.merges.append((*top, *bottom))
        if len(self.merges) > MAX_MERGES or self.spread > MAX_SPREAD:
            raise Unfit("merges")
