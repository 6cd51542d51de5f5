"""Shows 2: the list of an office, with its dirt: the right rows come in, the wrong ones go back with their reasons."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Fate, ImportStatus
from entities.models import Entity, EntityKind
from foundation.sheets.opening import rows_of
from foundation.trail.models import Entry
from products.models import Certificate, Product, Rating
from tests.imports.books import DAY1, DAY2, OFFICE, Formula, master_book, master_row
from tests.imports.conftest import checked, imported, reasons

AGAIN = {"s2": 4, "d2": DAY2, "y2": 2024, "n2": "88/QĐ-UBND", "o2": OFFICE, "stars": 4, "end": dt.date(2027, 6, 12)}  # fmt: skip
CLEAN = [
    master_row(1, "Khăn lụa", "HTX Dệt Nha Xá"),
    master_row(2, "Áo lụa", "HTX Dệt Nha Xá", **AGAIN),
    master_row(3, "Trà sen", "Cơ sở Hoa Sen", "Trác Văn", group="Thực phẩm", kind="Hộ kinh doanh", end=dt.date(2024, 12, 19)),
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
    (master_row(18, "Đậu", "HTX Đậu", **(AGAIN | {"d2": dt.date(2020, 12, 30), "y2": 2020})), "không sau ngày của lần 1"),
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
    again = imported(plain(rows[0], [fixed]), office)
    assert again.counts == {Fate.NEW: 1}
    assert Rating.objects.get(product__name="Bún khô").starts_on == DAY1


def plain(heads, rows):
    from tests.imports.books import plain_book

    return plain_book(heads, rows)
