"""Importers: each app names what it takes from a workbook; this module gathers them and knows rows, columns and fates.

``settings.IMPORTERS`` names modules with a list ``IMPORTERS``. An importer only says its columns and opens a session;
the session plans what becomes of each batch of rows, and writes a plan. Preview and storing ask the same plan, so that
what was shown is what is done.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.ui.text import plain, tidy

SPACES = re.compile(r"\s+")
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DASHES = frozenset(map(plain, ("-", "–", "—", "x", "không", "không có", "chưa", "chưa có")))


@dataclass(frozen=True)
class Column:
    """One thing that an importer takes. ``aliases`` are heads under which offices write it.

    ``kind`` is text, day, number or stars; ``longest`` the length that the database keeps.
    """

    key: str
    label: str
    aliases: tuple = ()
    required: bool = False
    kind: str = "text"
    longest: int = 200

    @property
    def words(self):
        """Every way of writing its head, ready to compare."""
        return {compare(text) for text in (self.label, *self.aliases)}


@dataclass
class Line:
    """One row of the workbook, read by the columns that were chosen; ``troubles`` are sentences on what is wrong."""

    number: int
    cells: list
    values: dict = field(default_factory=dict)
    troubles: list = field(default_factory=list)

    def __getitem__(self, key):
        return self.values.get(key)


@dataclass
class Outcome:
    """What becomes of a line: one of ``models.imports.Fate``. ``changes`` are (label, old, new).

    ``work`` is the session's own: what it needs to write this line.
    """

    line: Line
    fate: str
    title: str = ""
    reason: str = ""
    changes: list = field(default_factory=list)
    work: object = None


@dataclass(frozen=True)
class Importer:
    """What an app takes from workbooks. ``open(by, run)`` begins a session.

    A session has ``plan(lines) -> [Outcome]``, which writes nothing and keeps in mind what earlier batches brought, and
    ``write(outcomes)``, which is given those of a plan that hold.
    """

    name: str
    title: str
    help: str
    columns: tuple
    roles: frozenset
    open: Callable

    def column(self, key):
        """One column by its key."""
        return next(column for column in self.columns if column.key == key)


def importers():
    """Every importer by name."""
    found = [one for name in settings.IMPORTERS for one in import_string(f"{name}.IMPORTERS")]
    return {one.name: one for one in found}


# ---------------------------------------------------------------- heads
def compare(text):
    """A head as it is compared: without accents, signs and spaces around."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(text)))


def guess(columns, heads, remembered=None):
    """Column key → position of the head that fits best: as last time, else by label and aliases; each head once."""
    taken, found = set(), {}
    by_text = {compare(head): position for position, head in reversed(list(enumerate(heads))) if head}
    for column in columns:
        last = (remembered or {}).get(column.key)
        choices = [compare(last)] if last else sorted(column.words, key=len, reverse=True)
        position = next(
            (by_text[word] for word in choices if by_text.get(word, -1) not in {-1, *taken}), None
        )
        if position is not None:
            found[column.key] = position
            taken.add(position)
    return found


# ---------------------------------------------------------------- cells
def shown(cell):
    """A cell as people see it; also what the file of wrong rows repeats."""
    if isinstance(cell, dict):
        if "day" in cell:
            return dt.date.fromisoformat(cell["day"]).strftime("%d/%m/%Y")
        if "error" in cell:
            return cell["error"]
        return shown(cell["formula"])
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def read_line(number, cells, columns, mapping):
    """The row's values by the chosen columns; what cannot be read becomes a trouble."""
    line = Line(number, cells)
    for column in columns:
        position = mapping.get(column.key)
        cell = cells[position] if position is not None and position < len(cells) else None
        value, trouble = read_cell(cell, column)
        if trouble:
            line.troubles.append(f"{column.label}: {trouble}.")
        elif value is None and column.required:
            line.troubles.append(f"{column.label}: còn trống.")
        line.values[column.key] = value
    return line


def read_cell(cell, column):
    """(value, trouble) of one cell."""
    if isinstance(cell, dict) and "error" in cell:
        return None, f"ô lỗi {cell['error']}"
    if isinstance(cell, dict) and "formula" in cell:
        return None, f"ô là công thức (đang hiện “{shown(cell)[:60]}”), hãy thay bằng giá trị"
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None, ""
    return READERS[column.kind](cell, column)


def read_text(cell, column):
    """Text on one line, as long as the database keeps."""
    text = SPACES.sub(" ", tidy(shown(cell))).strip()
    if len(text) > column.longest:
        return None, f"dài {len(text)} ký tự, tối đa {column.longest}"
    return text or None, ""


def read_day(cell, column):
    """A day: a date of Excel, or dd/mm/yyyy as text."""
    if isinstance(cell, dict):
        return dt.date.fromisoformat(cell["day"]), ""
    text = str(cell).strip()
    if plain(text) in DASHES:
        return None, ""
    parts = None
    if found := DAY.fullmatch(text):
        parts = (int(found[3]), int(found[2]), int(found[1]))
    elif found := ISO_DAY.fullmatch(text):
        parts = tuple(int(part) for part in found.groups())
    try:
        return dt.date(*parts), ""
    except (TypeError, ValueError):
        return None, f"“{text[:40]}” không phải ngày (viết như 15/10/2024)"


def read_number(cell, column):
    """A whole number."""
    text = shown(cell).strip()
    if plain(text) in DASHES:
        return None, ""
    digits = text.replace(".", "").replace(" ", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:
        return int(digits), ""
    return None, f"“{text[:40]}” không phải số nguyên"


def read_stars(cell, column):
    """1 to 5: 4, 4*, 4 sao, ****."""
    text = plain(shown(cell)).strip()
    if text in DASHES:
        return None, ""
    if text and set(text) <= {"*", "★"}:
        text = str(len(text))
    found = re.fullmatch(r"([1-5])\s*(sao|\*|★)?", text)
    return (int(found[1]), "") if found else (None, f"“{text[:40]}” không phải hạng sao từ 1 đến 5")


READERS = {"text": read_text, "day": read_day, "number": read_number, "stars": read_stars}
