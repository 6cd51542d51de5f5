"""The list that a provincial office keeps, 22 columns: producers, products, and what was recognised first and last."""

from accounts.imports import Column, Importer, Outcome, compare
from accounts.models import Fate, Role
from entities.actions.producers import found_taking_part
from entities.books import ADDED, CHANGED, same
from entities.imports import ADDRESS, COMMUNE, PHONE, PRODUCER_FACTS, REPRESENTATIVE, kept
from entities.models import Entity, EntityStatus
from entities.producer_books import ProducerBook
from foundation import clock
from foundation.regimes.models import Regime
from foundation.trail.moves import write_all
from products.actions import record_past_ratings
from products.books import ProductBook
from products.past import Laws
from products.recognitions import read_recognitions, trouble_with_today

OFFICES = frozenset({Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER})
FACTS = tuple(fact for fact in PRODUCER_FACTS if fact.key in {"kind", "address", "representative", "phone"})


def heads(turn, *names):
    """A head of one of the two recognitions, as offices write it below or beside "Lần 1"."""
    said = ("Lần 1", "Lần đầu") if turn == 1 else ("Lần 2", "Lần 2/nâng hạng", "Nâng hạng", "Lần 2 nâng hạng")
    forms = [(f"{word} {name}", f"{name} {word}", f"{word}: {name}") for word in said for name in names]
    return tuple(form for group in forms for form in group)


def recognition(turn):
    """The five columns of one recognition."""
    label, prefix = f"Lần {turn}", f"r{turn}_"
    return (
        Column(f"{prefix}stars", f"{label}: hạng sao", heads(turn, "sao", "hạng sao", "số sao"), kind="stars"),
        Column(f"{prefix}day", f"{label}: ngày", heads(turn, "ngày", "ngày quyết định", "ngày công nhận"), kind="day"),
        Column(f"{prefix}year", f"{label}: năm", heads(turn, "năm", "năm công nhận"), kind="number"),
        Column(f"{prefix}number", f"{label}: số QĐ", heads(turn, "số QĐ", "số quyết định", "QĐ số"), longest=40),
        Column(
            f"{prefix}issuer",
            f"{label}: cơ quan ban hành",
            heads(turn, "cơ quan", "cơ quan ban hành"),
            longest=120,
        ),
    )  # fmt: skip


COLUMNS = kept(
    Entity,
    FACTS,
    (
        Column("product", "Tên sản phẩm", ("Sản phẩm", "Tên sản phẩm OCOP"), True, longest=160),
        Column("group", "Nhóm", ("Nhóm sản phẩm", "Ngành", "Ngành hàng", "Nhóm ngành"), True, longest=120),
        Column("kind", "Loại hình", ("Loại hình chủ thể",), longest=80),
        Column("name", "Chủ thể", ("Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất"), True),
        COMMUNE,
        ADDRESS,
        REPRESENTATIVE,
        PHONE,
        Column("stars", "Hạng sao hiện tại", ("Hạng sao", "Xếp hạng", "Sao hiện tại"), kind="stars"),
        Column("ends_on", "Ngày hết hạn", ("Hết hạn", "Thời hạn đến"), kind="day"),
        *recognition(1),
        *recognition(2),
        Column("note", "Ghi chú", (), longest=2000),
    ),
)


class MasterSession:
    """One import of the list. A line is one product; it brings its producer and its recognitions along."""

    def __init__(self, by, run):
        self.by, self.run, self.laws, self.seen = by, run, Laws(), {}
        self.entities, self.joined = ProducerBook(FACTS, by, OFFICES), {}
        self.products = ProductBook(self.entities.units)
        groups = Regime.objects.industries(clock.today())
        self.groups = {
            compare(text): code for code, name in groups for text in (code, name, f"{code} {name}")
        }

    # ------------------------------------------------------------ planning
    def plan(self, lines):
        """What becomes of each line; the records of the batch are read at once."""
        units = [self.place(line) for line in lines]
        keys = [
            self.entities.key(line["name"], unit) if line["name"] and unit else None
            for line, unit in zip(lines, units, strict=True)
        ]
        self.entities.load([key for key in keys if key])
        self.entities.prepare(lines)
        known = [
            (self.entities.keys.get(key), line["product"])
            for key, line in zip(keys, lines, strict=True)
            if key and line["product"]
        ]
        self.products.load(known)
        return [self.judge(*parts) for parts in zip(lines, units, keys, strict=True)]

    def place(self, line):
        """The line's commune; a trouble when it is none of the person's."""
        if line["commune"] is None:
            return None
        unit, trouble = self.entities.units.find(line["commune"])
        line.troubles += [f"Xã, phường: {trouble}."] if trouble else []
        return unit

    def judge(self, line, unit, key):
        """One line's outcome: every trouble is named, not only the first."""
        title = " – ".join(filter(None, (line["product"], line["name"], line["commune"])))
        values, troubles = self.entities.read(line)
        line.troubles += troubles
        group = self.group(line)
        pasts = read_recognitions(line, self.laws)
        line.troubles += trouble_with_today(line, pasts, self.laws)
        self.note_twice(line, key)
        if line.troubles:
            return Outcome(line, Fate.ERROR, title, " ".join(line.troubles))
        maker, trouble = self.entities.slot(key, line["name"], unit, values, line.number)
        if trouble:
            return Outcome(line, Fate.ERROR, title, trouble)
        made, trouble = self.products.slot(maker, line["product"], unit, group, pasts)
        if trouble:
            return Outcome(line, Fate.ERROR, title, trouble)
        joins = self.products.has_stars_today(made, pasts, self.laws)
        changes = [*maker.changes, *made.changes, *self.joining(line, key, maker, joins)]
        fate = Fate.NEW if made.is_new else Fate.CHANGE if changes else Fate.SAME
        return Outcome(line, fate, title, changes=changes, work=(maker, made, joins))

    def joining(self, line, key, maker, joins):
        """A candidate with stars in force takes part; told on the first line of the file that shows it."""
        candidate = not maker.is_new and maker.record.status == EntityStatus.CANDIDATE
        if not joins or not candidate or self.joined.setdefault(key, line.number) != line.number:
            return []
        return [["Tình trạng chủ thể", EntityStatus.CANDIDATE.label, EntityStatus.PARTICIPATING.label]]

    def group(self, line):
        """The product group's code, by number or by name."""
        if line["group"] is None:
            return None
        code = self.groups.get(compare(line["group"])) or self.groups.get(
            compare(line["group"].split(".")[0])
        )
        if code is None:
            line.troubles.append(f"Nhóm: “{line['group'][:60]}” không phải nhóm sản phẩm của Chương trình.")
        return code

    def note_twice(self, line, key):
        """A product stands once in the list."""
        if key is None or line["product"] is None:
            return
        whole = (*key, same(line["product"]))
        if (first := self.seen.setdefault(whole, line.number)) != line.number:
            line.troubles.append(f"Trùng sản phẩm với dòng {first} của tệp.")

    # ------------------------------------------------------------ writing
    def write(self, outcomes):
        """Producers first, then products, then what was decided about them."""
        place = {id(outcome.work[0]): outcome.line.number for outcome in outcomes}
        joining = {}
        for outcome in outcomes:
            maker, _, joins = outcome.work
            if joins and maker.is_new:
                maker.record.status = EntityStatus.PARTICIPATING
            elif joins and maker.record.status == EntityStatus.CANDIDATE:
                joining.setdefault(maker.record.pk, (maker.record, self.source(outcome.line.number)))
        self.entities.write(
            [outcome.work[0] for outcome in outcomes], lambda slot: self.source(place[id(slot)])
        )
        found_taking_part(joining.values(), by=self.by)
        made = [outcome.work[1] for outcome in outcomes]
        self.products.write(made)
        sources, acts = {}, []
        for outcome, slot in zip(outcomes, made, strict=True):
            said = self.source(outcome.line.number, outcome.line["note"])
            if slot.pasts:
                sources[slot.record.pk] = f"Thêm sản phẩm. {said}" if slot.was_new else said
            elif slot.was_new or slot.changes:
                acts.append((slot.record, ADDED if slot.was_new else CHANGED, said))
        write_all(acts, by=self.by)
        facts = [(slot.record, past) for slot in made for past in slot.pasts]
        if facts:
            record_past_ratings(facts, by=self.by, laws=self.laws, sources=sources)

    def source(self, number, note=None):
        """From which line of which file, and what the list noted there."""
        said = f"{self.run.file_name}, dòng {number}"
        return f"{said}. Ghi chú trong danh sách: {note}" if note else said


IMPORTERS = [
    Importer(
        "master-list",
        "Danh sách sản phẩm OCOP của tỉnh (22 cột)",
        "Mỗi dòng một sản phẩm, kèm chủ thể và hai lần công nhận. Nhận ra theo tên sản phẩm, tên chủ thể và xã.",
        COLUMNS,
        OFFICES,
        MasterSession,
    )
]
