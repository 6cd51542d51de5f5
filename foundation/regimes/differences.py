"""What differs between two states of the law's files, place by place. No Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# What names a row of a list, so that it is found again elsewhere: the first of these that all rows have.
IDENTITIES = (("code",), ("case", "points"), ("points",), ("id",), ("stars",), ("level",), ("number",), ("from", "to"),
              ("from", "at"))  # fmt: skip
ABSENT = None


@dataclass(frozen=True)
class Difference:
    """One place that differs: the file, the way into it, before and after (``ABSENT`` where there is nothing)."""

    file: str
    place: str
    before: Any
    after: Any

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {shown(self.before)} → {shown(self.after)}"


def shown(value: Any) -> str:
    """A value in one short line."""
    if value is ABSENT:
        return "(không có)"
    text = "(…)" if isinstance(value, (Mapping, list)) else " ".join(str(value).split())
    return text if len(text) <= 90 else f"{text[:89]}…"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every place in which two sets of parsed files (by file name) differ, in the order of names."""
    return [
        Difference(file, place, old, new)
        for file in sorted({*before, *after})
        for place, old, new in _differ("", before.get(file, ABSENT), after.get(file, ABSENT))
    ]


def _differ(place: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if old == new:
        return
    old_rows, new_rows = _rows(old), _rows(new)
    if old_rows is None or new_rows is None:
        yield place, old, new
        return
    for key in dict.fromkeys([*old_rows, *new_rows]):
        yield from _differ(f"{place} › {key}" if place else key, old_rows.get(key), new_rows.get(key))


def _rows(value: Any) -> dict[str, Any] | None:
    """What can be looked into: a mapping by key, a list of mappings by what names its rows."""
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        return None
    for names in IDENTITIES:
        keys = [tuple(each.get(name) for name in names) for each in value]
        if all(None not in key for key in keys) and len(set(keys)) == len(keys):
            return {" ".join(map(str, key)): each for key, each in zip(keys, value, strict=True)}
    return None
