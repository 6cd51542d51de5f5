"""Producers from workbooks: tax codes and telephones are checked, merged records are history, new ones have a spell."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.imports import read_line
from accounts.models import Fate
from entities import imports, producer_books, taxcodes
from entities.models import CraftVillage, Entity, EntityKind, EntityStatus, Spell
from foundation import clock
from foundation.trail.models import Entry
from products.models import Rating
from tests.factories.entities import EntityFactory
from tests.imports.books import DAY2, OFFICE, master_book, master_row, plain_book
from tests.imports.conftest import checked, imported, reasons

HEADS = ["Tên chủ thể", "Loại hình", "Xã/phường", "Địa chỉ", "Người đại diện", "Điện thoại", "MST"]
TAKEN = "Mã số thuế này đã được ghi cho một chủ thể khác."


def code_of(number):
    """A right tax code; ``number`` tells them apart."""
    nine = next(nine for n in range(99) if taxcodes.check_digit(nine := f"07{number:05d}{n:02d}") < 10)
    return f"{nine}{taxcodes.check_digit(nine)}"


ONE, TWO = code_of(1), code_of(2)


def row(name, code=None, phone="0226 385 1234", commune="Chuyên Ngoại"):
    return [name, "HTX", commune, "Thôn Nha Xá", "Người Thử Nghiệm", phone, code]


def book(*rows):
    return plain_book(HEADS, rows)


@pytest.fixture
def officer(people):
    return people["commune_officer"]


# ------------------------------------------------------------ facts
def test_a_new_producer_has_its_facts_and_is_a_candidate_from_today(officer):
    imported(book(row("HTX Một", f"{ONE[:4]} {ONE[4:]}-001")), officer, "producers")

    maker = Entity.objects.get(name="HTX Một")
    assert (maker.tax_code, maker.tax_code_checked, maker.phone) == (f"{ONE}-001", True, "0226 385 1234")
    assert (maker.representative, maker.address) == ("Người Thử Nghiệm", "Thôn Nha Xá")
    spell = maker.spells.get()
    assert (spell.status, spell.since, spell.seen_on, spell.until) == (
        EntityStatus.CANDIDATE,
        clock.today(),
        clock.today(),
        None,
    )
    assert spell.note == "Thêm từ tệp Excel: danh-sach.xlsx, dòng 2"


def test_a_producer_without_a_kind_has_none_that_the_source_states(officer):
    imported(plain_book(["Tên chủ thể", "Xã"], [["HTX Một", "Chuyên Ngoại"]]), officer, "producers")

    assert Entity.objects.get(name="HTX Một").kind == EntityKind.UNKNOWN


BAD = [
    (row("HTX A", ONE[:-1] + str((int(ONE[-1]) + 1) % 10)), "sai chữ số kiểm tra"),
    (row("HTX B", "07001"), "Mã số thuế có 10 chữ số"),
    (row("HTX C", "035088001234"), "số định danh cá nhân"),
    (row("HTX D", "..."), "Mã số thuế có 10 chữ số"),
    (row("HTX Đ", phone="gọi ông Ba"), "Điện thoại: Số điện thoại gồm 8 đến 15 chữ số"),
    (row("HTX E", phone="0912 345 678 - 0912 345 679"), "tối đa 20"),
    (row("HTX G" + "x" * 200), "tối đa 200"),
]


def test_wrong_facts_keep_their_row_outside_and_the_right_ones_come_in(officer):
    run = imported(book(row("HTX Một", ONE), *(bad for bad, _ in BAD)), officer, "producers")

    assert run.counts == {Fate.NEW: 1, Fate.ERROR: len(BAD)}
    for number, (_, reason) in enumerate(BAD, start=3):
        assert reason in reasons(run)[number], number
    assert list(Entity.objects.filter(name__startswith="HTX ").values_list("name", flat=True)) == ["HTX Một"]


def test_without_the_readers_wrong_facts_would_come_in(officer, monkeypatch):
    free = tuple(
        imports.Fact(fact.key, fact.field, fact.label) if fact.key in {"phone", "tax_code"} else fact
        for fact in imports.PRODUCER_FACTS
    )
    monkeypatch.setattr(imports, "PRODUCER_FACTS", free)

    imported(book(BAD[1][0], BAD[4][0]), officer, "producers")

    assert set(Entity.objects.filter(name__startswith="HTX ").values_list("tax_code", "phone")) == {
        ("07001", "0226 385 1234"),
        ("", "gọi ông Ba"),
    }


def test_a_village_has_a_kind_of_the_data_file(officer):
    heads = ["Tên làng nghề", "Nghề", "Xã", "Danh hiệu"]
    rows = [
        [f"Làng {n}", "dệt", "Chuyên Ngoại", kind]
        for n, kind in enumerate(("Làng nghề truyền thống", "Làng vui"))
    ]

    run = imported(plain_book(heads, rows), officer, "villages")

    assert CraftVillage.objects.get(name="Làng 0").kind == "traditional"
    assert "không phải loại làng nghề" in reasons(run)[3]


# ------------------------------------------------------------ tax codes stand once
def test_a_taken_code_keeps_its_row_outside_and_tells_nothing_of_who_has_it(officer, other_commune):
    EntityFactory(area=other_commune, name="HTX Xa Lạ", tax_code=ONE)

    run = imported(book(row("HTX Một", ONE), row("HTX Hai", TWO)), officer, "producers")

    assert run.counts == {Fate.NEW: 1, Fate.ERROR: 1}
    assert reasons(run) == {2: TAKEN}
    assert not Entity.objects.filter(name="HTX Một").exists()


def test_of_two_rows_with_one_code_the_first_comes_in(officer):
    run = imported(book(row("HTX Một", ONE), row("HTX Hai", f" {ONE[:5]}.{ONE[5:]}")), officer, "producers")

    assert reasons(run) == {3: TAKEN}
    assert Entity.objects.get(tax_code=ONE).name == "HTX Một"


@pytest.mark.parametrize("elsewhere", [True, False])
def test_without_the_guard_the_database_refuses_and_nothing_is_half_saved(
    officer, other_commune, monkeypatch, elsewhere
):
    monkeypatch.setattr(producer_books.ProducerBook, "slot", producer_books.Book.slot)
    rows = [row("HTX Ba", TWO), row("HTX Một", ONE)]
    if elsewhere:
        EntityFactory(area=other_commune, tax_code=ONE)
    else:
        rows.append(row("HTX Hai", ONE))
    run = checked(book(*rows), officer, "producers")
    session = imports.open_producers(officer, run)
    lines = [as_read(number, cells) for number, cells in enumerate(rows, start=2)]

    with pytest.raises(IntegrityError, match="entity_tax_code_once"), transaction.atomic():
        session.write(session.plan(lines))

    assert not Entity.objects.filter(name__in=["HTX Một", "HTX Hai", "HTX Ba"]).exists()


def as_read(number, cells):
    """A row as the importer of producers reads it, columns in the order of HEADS."""
    keys = ["name", "kind", "commune", "address", "representative", "phone", "tax_code"]
    return read_line(number, cells, imports.PRODUCER_COLUMNS, {key: n for n, key in enumerate(keys)})


@pytest.mark.parametrize("status", ["merged", "unchecked"])
def test_a_code_of_a_merged_record_or_one_that_was_only_typed_is_not_taken(officer, other_commune, status):
    other = EntityFactory(area=other_commune)
    facts = {"merged": {"status": "merged", "merged_into": other}, "unchecked": {"tax_code_checked": False}}
    EntityFactory(area=other_commune, tax_code=ONE, **facts[status])

    assert imported(book(row("HTX Một", ONE)), officer, "producers").counts == {Fate.NEW: 1}


def test_a_code_that_the_producer_typed_is_checked_once_an_officer_brings_it(officer, commune):
    maker = EntityFactory(area=commune, name="HTX Một", tax_code=ONE, tax_code_checked=False)
    content = plain_book(["Tên chủ thể", "Xã", "MST"], [["HTX Một", "Chuyên Ngoại", ONE]])

    run = imported(content, officer, "producers")

    maker.refresh_from_db()
    assert maker.tax_code_checked
    assert run.rows.get().changes == [["Mã số thuế đã đối chiếu", "Không", "Có"]]
    assert checked(content, officer, "producers").counts == {Fate.SAME: 1}


def test_the_same_file_twice_changes_nothing(officer):
    content = book(row("HTX Một", ONE), row("HTX Hai", TWO))
    imported(content, officer, "producers")

    assert checked(content, officer, "producers").counts == {Fate.SAME: 2}
    assert Spell.objects.count() == 2


def test_codes_are_asked_once_for_a_batch(officer):
    asked = []
    for count in (5, 60):
        rows = [row(f"HTX {count} {n}", code_of(count * 100 + n)) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            checked(book(*rows), officer, "producers")
        asked.append(len(queries))

    assert asked[1] <= asked[0] + 1


# ------------------------------------------------------------ merged records
def test_a_line_never_finds_a_record_that_was_merged(officer, commune):
    EntityFactory(
        area=commune, name="HTX Một", status="merged", merged_into=EntityFactory(area=commune, name="HTX Mới")
    )

    assert imported(book(row("HTX Một", ONE)), officer, "producers").counts == {Fate.NEW: 1}


def test_without_the_question_it_would(officer, commune, monkeypatch):
    monkeypatch.setattr(producer_books.ProducerBook, "known", producer_books.Book.known)
    EntityFactory(
        area=commune, name="HTX Một", status="merged", merged_into=EntityFactory(area=commune, name="HTX Mới")
    )

    assert checked(book(row("HTX Một", ONE)), officer, "producers").counts == {Fate.CHANGE: 1}


# ------------------------------------------------------------ the list of 22 columns
RUNS = {"s2": 4, "d2": DAY2, "y2": 2024, "n2": "88/QĐ-UBND", "o2": OFFICE, "stars": 4, "end": None}


def standing(name):
    """(status of the record, its spells)."""
    maker = Entity.objects.get(name=name)
    return maker.status, list(maker.spells.order_by("pk").values_list("status", "since", "seen_on", "until"))


def test_producers_with_stars_in_force_take_part_since_a_day_that_nobody_states(office):
    today = clock.today()
    old = master_row(2, "Mật", "HTX Cũ", d1=dt.date(2021, 1, 4), y1=2021, end=dt.date(2024, 1, 4))
    imported(master_book([master_row(1, "Khăn", "HTX Mới", **RUNS), old]), office)

    assert standing("HTX Mới") == ("participating", [("participating", None, today, None)])
    assert set(Rating.objects.in_force().values_list("product__entity__name", flat=True)) == {"HTX Mới"}
    assert standing("HTX Cũ") == ("candidate", [("candidate", today, today, None)])


def test_a_candidate_of_the_portal_takes_part_once_a_list_shows_its_stars(office, commune):
    today = clock.today()
    makers = {
        status: EntityFactory(area=commune, name=f"HTX {status}", status=status)
        for status in ("candidate", "left")
    }
    since = dt.date(2024, 1, 1)
    for status, maker in makers.items():
        Spell.objects.create(entity=maker, status=status, since=since, seen_on=since)
    rows = [
        master_row(n, f"Khăn {n}", f"HTX {status}", **RUNS)
        for n, status in enumerate(("candidate", "candidate", "left"))
    ]

    run = imported(master_book(rows), office)

    told = [
        change
        for row in run.rows.order_by("number")
        for change in row.changes
        if change[0].startswith("Tình")
    ]
    assert told == [["Tình trạng chủ thể", "Tiềm năng", "Đang tham gia"]]
    assert standing("HTX candidate") == (
        "participating",
        [("candidate", since, since, today), ("participating", None, today, None)],
    )
    assert standing("HTX left") == ("left", [("left", since, since, None)])
    assert "Đang tham gia" in [entry.act for entry in Entry.objects.about(makers["candidate"])]
    assert checked(master_book(rows), office).counts == {Fate.SAME: 3}
