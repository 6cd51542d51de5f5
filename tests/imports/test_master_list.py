"""Shows 2: the list of an office, with its dirt: the right rows come in, the wrong ones go back with their reasons."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Fate, ImportStatus
from entities.models import Entity, EntityKind
from foundation.sheets.opening import rows_of
from foundation.sources import loading as sources_loading
from foundation.trail.models import Entry
from products.actions import record_past_rating
from products.models import Certificate, Product, Rating
from products.past import PastRating
from targets import loading as targets_loading
from targets import progress
from targets.models import Indicator, YearPlan
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory
from tests.imports.books import DAY1, DAY2, OFFICE, Formula, master_book, master_row, plain_book
from tests.imports.conftest import checked, imported, reasons

END1, END2, EARLY = dt.date(2024, 12, 19), dt.date(2027, 6, 12), dt.date(2020, 12, 30)
AGAIN = {"s2": 4, "d2": DAY2, "y2": 2024, "n2": "88/QĐ-UBND", "o2": OFFICE, "stars": 4, "end": END2}
CLEAN = [
    master_row(1, "Khăn lụa", "HTX Dệt Nha Xá"),
    master_row(2, "Áo lụa", "HTX Dệt Nha Xá", **AGAIN),
    master_row(3, "Trà sen", "Cơ sở Hoa Sen", "Trác Văn", group="Thực phẩm", kind="Hộ kinh doanh", end=END1),
]  # fmt: skip
DIRT = [
    (master_row(4, "Mật ong", "HTX Ong", end=Formula("#REF!")), "ô lỗi #REF!"),
    (master_row(5, "Bún khô", "HTX Bún", y1=2022), "năm 2022 không khớp ngày 20/12/2021"),
    (master_row(6, "Nón lá", "HTX Nón", stars=4), "Hạng sao hiện tại 4 sao nhưng lần công nhận gần nhất là 3 sao"),
    (master_row(7, "Rượu nếp", "HTX Rượu", "Xã Không Có"), "không có xã, phường, thị trấn nào tên"),
    (master_row(8, "Cá kho", "HTX Cá", "Xã Phù Vân"), "ngoài địa bàn của bạn"),
    (master_row(9, "KHĂN  LỤA", "HTX Dệt Nha Xá"), "Trùng sản phẩm với dòng 7 của tệp"),
    (master_row(10, "Trứng gà", "HTX Gà", s1=Formula("=1+2")), "là công thức"),
    (master_row(11, None, "HTX Trống"), "Tên sản phẩm: còn trống"),
    (master_row(12, "Gạo nếp", "HTX Gạo", d1="31/02/2021"), "không phải ngày"),
    (master_row(13, "Sữa", "HTX Sữa", end=dt.date(2026, 1, 1)), "không khớp: theo quyết định gần nhất là 20/12/2024"),
    (master_row(14, "Chè", "HTX Chè", n1=None), "Lần 1: thiếu số QĐ"),
    (master_row(15, "Miến", "HTX Miến", s1=2, stars=2), "không công nhận 2 sao"),
    (master_row(16, "Tương", "HTX Tương", kind="Tập đoàn"), "không phải loại hình"),
    (master_row(17, "Giò", "HTX Giò", group="Xe máy"), "không phải nhóm sản phẩm"),
    (master_row(18, "Đậu", "HTX Đậu", **(AGAIN | {"d2": EARLY, "y2": 2020})), "không sau ngày của lần 1"),
    (master_row(19, "Nấm", "HTX Nấm", d1=dt.date(2025, 1, 5), y1=2025), "chưa tới"),
]  # fmt: skip


@pytest.fixture
def list_of_office():
    """Three right rows, then sixteen kinds of dirt; two rows share a merged producer."""
    return master_book([*CLEAN, *(row for row, _ in DIRT)], merges=[(0, 1, 4)])


def count():
    return {model: model.objects.count() for model in (Entity, Product, Rating, Entry)}


def test_right_rows_come_in_and_each_wrong_row_says_why(office, list_of_office):
    run = imported(list_of_office, office)

    assert run.status == ImportStatus.DONE
    assert run.counts == {Fate.NEW: 3, Fate.ERROR: len(DIRT)}
    said = reasons(run)
    for number, (_, reason) in enumerate(DIRT, start=10):
        assert reason in said[number], number
    assert set(Product.objects.values_list("name", flat=True)) == {"Khăn lụa", "Áo lụa", "Trà sen"}


def test_products_have_their_producer_and_both_recognitions(office, commune, list_of_office):
    imported(list_of_office, office)

    shirt = Product.objects.select_related("entity").get(name="Áo lụa")
    first, last = shirt.ratings.select_related("decision").order_by("starts_on")
    assert (shirt.entity.name, shirt.entity.kind, shirt.area) == (
        "HTX Dệt Nha Xá",
        EntityKind.COOPERATIVE,
        commune,
    )
    assert (first.stars, first.starts_on, first.ends_on) == (3, DAY1, dt.date(2024, 12, 20))
    assert (last.stars, last.decision.number, last.decision.issuer) == (4, "88/QĐ-UBND", OFFICE)
    assert (first.regime_id, last.regime_id) == ("qd781-2020", "qd148-2023")
    assert (last.dossier, last.total, Certificate.objects.count()) == (None, None, 0)
    assert shirt.entity.products.count() == 2
    told = Entry.objects.about(shirt).get()
    assert told.act == "Ghi hạng đã công nhận"
    assert told.note.startswith("Thêm sản phẩm. danh-sach.xlsx, dòng 8; 3 sao theo quyết định 1520/QĐ-UBND")


def test_the_same_file_a_second_time_changes_nothing(office, list_of_office):
    imported(list_of_office, office)
    before = count()

    run = checked(list_of_office, office)

    assert run.counts == {Fate.SAME: 3, Fate.ERROR: len(DIRT)}
    assert not run.to_write
    assert {model: number for model, number in count().items() if model is not Entry} == {
        model: number for model, number in before.items() if model is not Entry
    }


def test_a_preview_writes_nothing(office, list_of_office):
    before = (Entity.objects.count(), Product.objects.count(), Rating.objects.count())

    run = checked(list_of_office, office)

    assert run.status == ImportStatus.READY
    assert (Entity.objects.count(), Product.objects.count(), Rating.objects.count()) == before


def test_wrong_rows_come_back_as_a_workbook_and_are_accepted_once_corrected(
    client, office, list_of_office, tmp_path
):
    run = imported(list_of_office, office)
    client.force_login(office)

    answer = client.get(reverse("accounts:import_wrong_rows", args=[run.code]))

    path = tmp_path / "loi.xlsx"
    path.write_bytes(answer.getvalue())
    rows = [row.cells for row in rows_of(path)]
    assert rows[0][-1] == "Lý do chưa nhập được"
    assert len(rows) == len(DIRT) + 1
    assert all(isinstance(cell, str | None.__class__) for row in rows for cell in row)
    fixed = next(row for row in rows if "Bún khô" in row)
    fixed[fixed.index("2022")] = "2021"
    again = imported(plain_book(rows[0], [fixed]), office)
    assert again.counts == {Fate.NEW: 1}
    assert Rating.objects.get(product__name="Bún khô").starts_on == DAY1


def test_an_empty_cell_erases_nothing_and_a_known_producer_is_found_without_accents(office, commune):
    maker = EntityFactory(name="HTX Dệt Nha Xá", area=commune, note="giữ nguyên")
    ProductFactory(name="Khăn lụa", entity=maker, area=commune, industry="IV")

    run = imported(master_book([master_row(1, "khan lua", "htx  det nha xa", kind=None)]), office)

    maker.refresh_from_db()
    assert run.counts == {Fate.CHANGE: 1}
    assert (Entity.objects.filter(area=commune, name__startswith="HTX").count(), maker.note) == (
        1,
        "giữ nguyên",
    )
    assert Rating.objects.get().product.name == "Khăn lụa"


def test_a_rating_that_the_portal_has_otherwise_is_never_overwritten(office, list_of_office):
    imported(list_of_office, office)

    run = checked(master_book([master_row(1, "Khăn lụa", "HTX Dệt Nha Xá", n1="9/QĐ-UBND")]), office)

    assert "Cổng đã có quyết định 1520/QĐ-UBND" in reasons(run)[7]


def test_two_lines_of_one_producer_must_not_contradict_each_other(office):
    rows = [master_row(1, "A", "HTX Một"), master_row(2, "B", "HTX Một", kind="DN")]

    run = checked(master_book(rows), office)

    assert run.counts == {Fate.NEW: 1, Fate.ERROR: 1}
    assert "Loại hình khác với dòng 7" in reasons(run)[8]


# ------------------------------------------------------------ the deed behind it
PAST = PastRating(3, DAY1, "1520/QĐ-UBND", OFFICE)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("district_officer", True),
        ("province_officer", True),
        ("commune_officer", False),
        ("other_district_officer", False),
        ("department_officer", False),
        ("producer", False),
        ("administrator", False),
    ],
)
def test_who_may_record_a_past_rating(people, entity, who, allowed):
    product = ProductFactory(entity=entity)

    if allowed:
        assert record_past_rating(product, PAST, by=people[who]).stars == 3
    else:
        with pytest.raises(PermissionDenied):
            record_past_rating(product, PAST, by=people[who])
        assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (PastRating(3, dt.date(2025, 1, 5), "1", OFFICE), "chưa tới"),
        (PastRating(3, dt.date(2001, 1, 5), "1", OFFICE), "không có quy định"),
        (PastRating(2, DAY1, "1", OFFICE), "không công nhận 2 sao"),
    ],
)
def test_a_past_rating_is_judged_by_the_law_of_its_day(office, entity, past, said):
    with pytest.raises(ValidationError, match=said):
        record_past_rating(ProductFactory(entity=entity), past, by=office)


def test_the_database_refuses_a_second_rating_of_a_day(office, entity):
    product = ProductFactory(entity=entity)
    record_past_rating(product, PAST, by=office)

    with pytest.raises(IntegrityError), transaction.atomic():
        record_past_rating(product, PAST, by=office)


def total_on(day):
    """The whole province's products, as the plan's page counts them."""
    plan = YearPlan.objects.select_related("area__parent__parent").get(year=2024)
    return progress.measure(Indicator.TOTAL_PRODUCTS, progress.open_books(plan, day))


@pytest.fixture
def before(office, law):
    """The figure of 15 October 2024 before anything is recorded."""
    sources_loading.load()
    targets_loading.load()
    return total_on(dt.date(2024, 10, 15))


def test_what_counted_on_the_day_of_a_balance_is_part_of_it_and_is_not_added_again(office, entity, before):
    record_past_rating(ProductFactory(entity=entity), PAST, by=office)

    after = total_on(dt.date(2024, 10, 15))

    assert PAST.decided_on < before.balance.day
    assert (after.low, after.high) == (before.low, before.high)
    assert len(after.included) == len(before.included) + 1


def test_control_what_was_decided_after_the_balance_is_added(office, entity, before):
    later = PastRating(3, before.balance.day + dt.timedelta(days=3), "7/QĐ-UBND", OFFICE)
    record_past_rating(ProductFactory(entity=entity), later, by=office)

    assert total_on(dt.date(2024, 10, 15)).low == before.low + 1
