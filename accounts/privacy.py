"""Personal data law and the portal's own rules, read from ``data/privacy.yaml``: purposes, consent texts, time limits,
retention. No Django.

A wrong file is refused as a whole; every problem names its place.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from foundation.working_days import calendar

DATA = Path(__file__).resolve().parent / "data" / "privacy.yaml"
SCHEMA = "ocop-privacy/1"
SURE = {"seen": "đã đọc nguồn", "recalled": "cần đối chiếu", "local": "quy tắc của cổng"}
KINDS = ("access", "correction", "deletion", "withdrawal", "restriction")
UNITS = {"hours": "giờ", "days": "ngày", "working_days": "ngày làm việc", "months": "tháng"}
SECTIONS = ("laws", "retention", "purposes", "never_asked", "rights", "deadlines", "texts")


class PrivacyError(ValueError):
    """The file cannot be the rules of this portal."""


@dataclass(frozen=True)
class Span:
    """A length of time as the law words it."""

    unit: str
    count: int

    def __str__(self):
        if self.unit == "months" and self.count % 12 == 0:
            return f"{self.count // 12} năm"
        return f"{self.count} {UNITS[self.unit]}"

    def from_moment(self, moment):
        """When a period that begins at this moment ends; days begin on the next day and end with their last second."""
        if self.unit == "hours":
            return moment + dt.timedelta(hours=self.count)
        if self.unit == "working_days":
            last = calendar().after(moment.date(), self.count)
        else:
            last = calendar().at_or_after(moment.date() + dt.timedelta(days=self.count))
        return moment.replace(
            year=last.year, month=last.month, day=last.day, hour=23, minute=59, second=59, microsecond=0
        )


@dataclass(frozen=True)
class Law:
    """A law with its time in force."""

    key: str
    title: str
    start: dt.date
    until: dt.date | None
    source: str
    sure: str


@dataclass(frozen=True)
class Retention:
    """How long a class of data is kept, and what happens then."""

    key: str
    title: str
    span: Span
    after: str
    then: str
    source: str
    sure: str

    @property
    def sure_in_words(self):
        return SURE[self.sure]


@dataclass(frozen=True)
class Purpose:
    """What is processed, of whom, why, on which ground, seen by whom, kept how long."""

    key: str
    title: str
    data: str
    of: str
    why: str
    basis: str
    seen_by: str
    retention: Retention
    consent: bool = False
    withdrawn: str = ""


@dataclass(frozen=True)
class Text:
    """What people are asked, from its day on."""

    version: str
    law: Law
    start: dt.date
    title: str
    paragraphs: tuple
    purposes: tuple


@dataclass(frozen=True)
class Deadlines:
    """Time limits of requests under one law: for the first answer, and for each kind of request."""

    law: Law
    answer: Span
    done: dict
    source: str
    sure: str

    @property
    def sure_in_words(self):
        return SURE[self.sure]


@dataclass(frozen=True)
class Rules:
    """The whole file."""

    controller: dict
    laws: dict
    retention: dict
    purposes: dict
    never_asked: tuple
    rights: tuple
    deadlines: tuple
    texts: tuple
    breach: dict = field(default_factory=dict)

    def law_on(self, day):
        """The law in force on that day, or None before the first."""
        held = [law for law in self.laws.values() if law.start <= day and (not law.until or day <= law.until)]
        return held[-1] if held else None

    def text_on(self, day):
        """The consent text in force on that day: the latest that has begun, or None."""
        begun = [text for text in self.texts if text.start <= day]
        return max(begun, key=lambda text: text.start, default=None)

    def text(self, version):
        """A consent text by its version, or None."""
        return next((text for text in self.texts if text.version == version), None)

    def deadlines_on(self, day):
        """The time limits of a request received on that day; before the first law, those of the first."""
        law = self.law_on(day)
        return next((limits for limits in self.deadlines if limits.law == law), self.deadlines[0])


@cache
def rules():
    """The rules of the file, read once."""
    return read(yaml.safe_load(DATA.read_text(encoding="utf-8")))


def read(data):
    """Rules out of the parsed file; raises PrivacyError with every problem found."""
    if problems := list(faults(data)):
        raise PrivacyError("\n".join(problems))
    laws = {row["key"]: _law(row) for row in data["laws"]}
    kept = {key: _retention(key, row) for key, row in data["retention"].items()}
    purposes = {
        row["key"]: Purpose(**row | {"retention": kept[row["retention"]]}) for row in data["purposes"]
    }
    return Rules(
        controller=data["controller"],
        laws=laws,
        retention=kept,
        purposes=purposes,
        never_asked=tuple(data["never_asked"]),
        rights=tuple(data["rights"]),
        deadlines=tuple(_deadlines(row, laws) for row in data["deadlines"]),
        texts=tuple(_text(row, laws, purposes) for row in data["texts"]),
        breach=data["breach"],
    )


def faults(data):
    """What is wrong with the file, one sentence each."""
    if data.get("schema") != SCHEMA:
        yield f"schema phải là {SCHEMA}"
    missing = [name for name in (*SECTIONS, "controller", "breach") if not data.get(name)]
    if missing:
        yield f"thiếu phần: {', '.join(missing)}"
        return
    rows = [*data["laws"], *data["retention"].values(), *data["deadlines"], *data["texts"], data["breach"]]
    for row in rows:
        if not row.get("source") or row.get("sure") not in SURE:
            name = row.get("key") or row.get("version") or row.get("title") or row.get("law") or "breach"
            yield f"{name}: cần source và sure ({', '.join(SURE)})"
    yield from _broken_links(data)
    yield from _unknown_spans(data)


def _broken_links(data):
    """Names that lead nowhere, and consents that nobody may withdraw."""
    laws, purposes = {row["key"] for row in data["laws"]}, {row["key"]: row for row in data["purposes"]}
    for row in [*data["deadlines"], *data["texts"]]:
        if row["law"] not in laws:
            yield f"luật {row['law']} không có trong danh mục"
    for key, row in purposes.items():
        if row["retention"] not in data["retention"]:
            yield f"mục đích {key}: không có thời hạn lưu {row['retention']}"
        if row.get("consent") and not row.get("withdrawn"):
            yield f"mục đích {key}: chưa nêu hệ quả khi rút lại sự đồng ý"
    for row in data["texts"]:
        for key in row["purposes"]:
            if not purposes.get(key, {}).get("consent"):
                yield f"văn bản {row['version']}: mục đích {key} không dựa trên sự đồng ý"
    versions = [row["version"] for row in data["texts"]]
    if len(set(versions)) != len(versions):
        yield "hai văn bản có cùng phiên bản"


def _unknown_spans(data):
    """Lengths of time that cannot be read, and kinds of request without a limit."""
    for row in data["deadlines"]:
        if set(row["done"]) != set(KINDS):
            yield f"thời hạn theo {row['law']}: phải có đủ {', '.join(KINDS)}"
        for span in [row["answer"], *row["done"].values()]:
            if len(span) != 1 or not set(span) <= UNITS.keys() or min(span.values()) < 1:
                yield f"thời hạn theo {row['law']}: không đọc được {span}"
    for key, row in data["retention"].items():
        if len(row.keys() & UNITS.keys()) != 1:
            yield f"thời hạn lưu {key}: cần đúng một trong {', '.join(UNITS)}"


def _span(facts):
    return Span(*next((unit, facts[unit]) for unit in UNITS if unit in facts))


def _law(row):
    return Law(row["key"], row["title"], row["from"], row.get("until"), row["source"], row["sure"])


def _retention(key, row):
    facts = {name: row[name] for name in ("title", "after", "then", "source", "sure")}
    return Retention(key=key, span=_span(row), **facts)


def _deadlines(row, laws):
    done = {kind: _span(span) for kind, span in row["done"].items()}
    return Deadlines(laws[row["law"]], _span(row["answer"]), done, row["source"], row["sure"])


def _text(row, laws, purposes):
    chosen = tuple(purposes[key] for key in row["purposes"])
    return Text(row["version"], laws[row["law"]], row["from"], row["title"], tuple(row["paragraphs"]), chosen)
