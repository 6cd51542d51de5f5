"""Reference data are files in the repository; they become rows once, and a second time changes nothing."""

import csv
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Loaded:
    """What loading one kind of row did: how many are new, changed, and as they were."""

    what: str
    new: int
    changed: int
    kept: int

    @classmethod
    def together(cls, what, parts):
        """Several of them as one."""
        return cls(what, *(sum(getattr(part, name) for part in parts) for name in ("new", "changed", "kept")))

    def __str__(self):
        if not (self.new or self.changed):
            return f"{self.kept} {self.what}, không đổi"
        return f"{self.new + self.changed + self.kept} {self.what} ({self.new} mới, {self.changed} đổi)"


def read(path):
    """The rows of a CSV file as dictionaries of text; an empty cell is an empty text. Codes keep leading zeros."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_below(folder):
    """Every file below the folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def digest(paths, *, after=""):
    """SHA-256 over names and contents of the files, and over what was loaded before them."""
    found = hashlib.sha256(after.encode())
    for path in paths:
        raw = path.read_bytes()
        found.update(f"{path.name}\0{len(raw)}\0".encode() + raw)
    return found.hexdigest()


def store(queryset, rows, *, key, fields, what):
    """Bring the table in line with these unsaved rows, found again by ``key``; both name columns.

    Only ``fields`` are compared and written: what people add to a row (a photo, a revocation) stays, and so do rows
    that no file mentions. Returns the rows as stored, by key, and a Loaded.
    """
    held = {_key(row, key): row for row in queryset}
    new, changed = [], []
    for row in rows:
        old = held.get(_key(row, key))
        if old is None:
            new.append(row)
        elif _key(old, fields) != _key(row, fields):
            row.pk = old.pk
            changed.append(row)
    queryset.bulk_create(new)
    if changed:
        queryset.bulk_update(changed, fields)
    stored = held | {_key(row, key): row for row in [*new, *changed]}
    kept = len(rows) - len(new) - len(changed)
    return stored, Loaded(what, len(new), len(changed), kept)


def _key(row, names):
    return tuple(getattr(row, name) for name in names)
