"""Located records that come from workbooks: found by name and commune, compared column by column, written in bulk."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.imports import Outcome
from accounts.models import Fate
from accounts.units import Units
from foundation.trail.moves import write_all
from foundation.ui.text import plain

ADDED, CHANGED = "Thêm từ tệp Excel", "Sửa theo tệp Excel"


def same(text):
    """A name as it is compared: without accents, spaces and case."""
    return " ".join(plain(text).split())


def as_it_is(value):
    """A value that needs no reading: (value, trouble)."""
    return value, ""


@dataclass(frozen=True)
class Fact:
    """A column of the workbook that is a column of the record. ``read`` gives (value, trouble)."""

    key: str
    field: str
    label: str
    read: Callable = as_it_is


@dataclass
class Slot:
    """One record of a line: there already, or to be made; what the line changes about it."""

    record: object
    changes: list = field(default_factory=list)
    values: dict = field(default_factory=dict)

    @property
    def is_new(self):
        return self.record.pk is None


class Book:
    """Records of one model inside a person's area, by name and unit of today. Empty columns change nothing."""

    with_facts = ()  # columns that are written along with the facts

    def __init__(self, model, facts, by, roles, *, prefix):
        self.model, self.by, self.prefix = model, by, prefix
        kept = {column.name for column in model._meta.concrete_fields}
        self.facts = [fact for fact in facts if fact.field in kept]
        self.units = Units(by, roles)
        self.keys, self.twice, self.fresh, self.stated, self.held = {}, set(), {}, {}, {}
        rows = self.known().located_in(self.units.areas).order_by("pk")
        for pk, name, area in rows.values_list("pk", "name", "area").iterator(chunk_size=5_000):
            key = (same(name), self.units.now(area))
            if key in self.keys:
                self.twice.add(key)
            self.keys.setdefault(key, pk)

    def known(self):
        """The records among which lines find theirs."""
        return self.model.objects.all()

    def prepare(self, lines):
        """Ask at once what the lines of a batch need beside their records."""

    def key(self, name, unit):
        """Under which key the record is known: its commune, or the larger unit that a source stated."""
        keys = [(same(name), pk) for pk in self.units.chain_today(unit)]
        return next((key for key in keys if key in self.keys), keys[0])

    def load(self, keys):
        """Read the records of a batch at once."""
        wanted = [self.keys[key] for key in keys if key in self.keys]
        rows = self.model.objects.filter(pk__in=wanted).select_related("area__parent__parent")
        self.held = {row.pk: row for row in rows}

    def read(self, line):
        """({field: value}, troubles) of a line; what is empty or not kept is left out."""
        values, troubles = {}, []
        for fact in self.facts:
            if line[fact.key] is None:
                continue
            value, trouble = fact.read(line[fact.key])
            if trouble:
                troubles.append(f"{fact.label}: {trouble}.")
            else:
                values[fact.field] = value
        return values, troubles

    def slot(self, key, name, unit, values, number):
        """(slot, trouble) for the record of a line; an earlier line of the file must not say otherwise."""
        if key in self.twice:
            return None, f"Trong cổng có nhiều {self.model._meta.verbose_name} tên “{name}” tại {unit}."
        first, said = self.stated.setdefault(key, (number, dict(values)))
        for fact in self.facts:
            if fact.field in values and values[fact.field] != said.setdefault(fact.field, values[fact.field]):
                return None, f"{fact.label} khác với dòng {first} của cùng {self.model._meta.verbose_name}."
        if key not in self.keys:
            record = self.fresh.get(key) or self.model(name=name, area=unit, code=self.new_code())
            self.fresh[key] = record
            if record.pk is None:
                for column, value in values.items():
                    setattr(record, column, value)
            return Slot(record, values=values), ""
        record = self.held.get(self.keys[key]) or self.fresh[key]
        return Slot(record, self.differences(record, values), values), ""

    def differences(self, record, values):
        """(label, old, new) of every column that the line states otherwise."""
        found = []
        for fact in self.facts:
            if fact.field in values and (old := getattr(record, fact.field)) != values[fact.field]:
                found.append([fact.label, self.words(fact, old), self.words(fact, values[fact.field])])
        return found

    def words(self, fact, value):
        """A value as people read it."""
        choices = dict(self.model._meta.get_field(fact.field).flatchoices)
        return str(choices.get(value, value if value is not None else ""))

    def new_code(self):
        """A code that no counter gives away."""
        return f"{self.prefix}-{secrets.token_hex(6)}"

    def write(self, slots, note):
        """Make what is new and change what differs; one entry of the trail for each. ``note`` is asked for a slot."""
        new = list({id(slot.record): slot for slot in slots if slot.is_new}.values())
        changed = list({slot.record.pk: slot for slot in slots if not slot.is_new and slot.changes}.values())
        self.model.objects.bulk_create([slot.record for slot in new], batch_size=1_000)
        for slot in changed:
            for column, value in slot.values.items():
                setattr(slot.record, column, value)
        fields = [*(fact.field for fact in self.facts), *self.with_facts]
        if fields:
            self.model.objects.bulk_update([slot.record for slot in changed], fields, batch_size=500)
        for slot in new:
            self.keys[same(slot.record.name), slot.record.area_id] = slot.record.pk
        acts = [(slot.record, ADDED, note(slot)) for slot in new]
        acts += [(slot.record, CHANGED, note(slot)) for slot in changed]
        write_all(acts, by=self.by)


class BookSession:
    """An import whose lines are records of one book: columns ``name`` and ``commune``, and the book's facts."""

    def __init__(self, book, run):
        self.book, self.run, self.seen = book, run, {}

    def plan(self, lines):
        """What becomes of each line."""
        places = [self.place(line) for line in lines]
        keys = [
            self.book.key(line["name"], unit) if line["name"] and unit else None
            for line, unit in zip(lines, places, strict=True)
        ]
        self.book.load([key for key in keys if key])
        self.book.prepare(lines)
        return [self.judge(*parts) for parts in zip(lines, places, keys, strict=True)]

    def place(self, line):
        """The line's commune; a trouble when it is none of the person's."""
        if line["commune"] is None:
            return None
        unit, trouble = self.book.units.find(line["commune"])
        if trouble:
            line.troubles.append(f"Xã, phường: {trouble}.")
        return unit

    def judge(self, line, unit, key):
        """One line's outcome."""
        title = ", ".join(filter(None, (line["name"], line["commune"])))
        values, troubles = self.book.read(line)
        line.troubles += troubles
        if key and (first := self.seen.setdefault(key, line.number)) != line.number:
            line.troubles.append(f"Trùng với dòng {first} của tệp.")
        slot = None
        if not line.troubles:
            slot, trouble = self.book.slot(key, line["name"], unit, values, line.number)
            line.troubles += [trouble] if trouble else []
        if line.troubles:
            return Outcome(line, Fate.ERROR, title, " ".join(line.troubles))
        fate = Fate.NEW if slot.is_new else Fate.CHANGE if slot.changes else Fate.SAME
        return Outcome(line, fate, title, changes=slot.changes, work=(slot, line.number))

    def write(self, outcomes):
        """Write the plan."""
        lines = {id(outcome.work[0]): outcome.line.number for outcome in outcomes}
        self.book.write(
            [outcome.work[0] for outcome in outcomes],
            lambda slot: f"{self.run.file_name}, dòng {lines[id(slot)]}",
        )
