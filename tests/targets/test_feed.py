"""The ministry's table PTNT_OCOP: its fields, its revenue, who takes it, and the trail of it."""

import csv
import datetime as dt
import io
import json

import pytest

from foundation.trail.models import Entry
from products.models import Product
from targets import feed
from tests.factories.targets import district
from tests.factories.tracking import YearlyReturnFactory

ADDRESS = "/bao-cao/ptnt-ocop/2024/{}/"
FIELDS = [
    "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang", "ChuTheSXKD", "DoanhThuNam",
    "TrangThai",
]  # fmt: skip


def body(response):
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def rating(plan, rate):
    """A product with a return of the year; one that ended before it and one that began after it stay out."""
    found = rate(dt.date(2024, 5, 1), stars=4)
    YearlyReturnFactory(product=found.product, year=2024, revenue="1234.50")
    assert rate(dt.date(2019, 1, 1)).ends_on.year < 2024
    rate(dt.date(2025, 1, 1))
    return found


def test_csv_and_json_hold_the_same_rows_with_the_fields_of_the_ministry(as_person, rating):
    client = as_person("province_officer")

    rows = list(csv.DictReader(io.StringIO(body(client.get(ADDRESS.format("csv"))).lstrip("\ufeff"))))
    table = json.loads(body(client.get(ADDRESS.format("json"))))

    assert list(rows[0]) == list(table["rows"][0]) == FIELDS
    assert len(rows) == len(table["rows"]) == 1
    assert (rows[0]["XepHang"], rows[0]["DoanhThuNam"], rows[0]["Ma_ThoiGian"]) == ("4*", "1234.50", "2024")
    assert table["rows"][0]["TenSanPham"] == rating.product.name
    assert table["table"] == "PTNT_OCOP"
    assert table["catalogues"]["Ma_SanPham"] == "DM_SanPham"


def test_a_year_without_a_return_leaves_revenue_empty(rating, plan):
    YearlyReturnFactory._meta.model.objects.all().delete()

    assert [row["DoanhThuNam"] for row in feed.rows(plan.area, 2024, dt.date(2024, 10, 15))] == [None]


def test_an_invented_row_says_so(rating, plan):
    Product.objects.filter(pk=rating.product_id).update(is_demo=True)

    (row,) = feed.rows(plan.area, 2024, dt.date(2024, 10, 15))

    assert row["TenSanPham"].endswith("(dữ liệu trình diễn)")


def test_a_table_without_rows_is_still_a_table(as_person, plan):
    table = json.loads(body(as_person("manager").get(ADDRESS.format("json"))))

    assert table["rows"] == []


def test_a_district_takes_its_own_rows_only(as_person, rating, commune):
    client = as_person("district_officer")

    assert rating.product.name in body(client.get(ADDRESS.format("csv"), {"dia-ban": commune.parent.code}))
    assert client.get(ADDRESS.format("csv"), {"dia-ban": district("347").code}).status_code == 403
    assert client.get(ADDRESS.format("csv")).status_code == 403


@pytest.mark.parametrize("person", ["commune_officer", "judge", "producer"])
def test_others_do_not_take_it(as_person, plan, person):
    assert as_person(person).get(ADDRESS.format("csv")).status_code == 403


def test_what_does_not_exist_is_unknown(as_person, plan):
    client = as_person("manager")

    for address in (
        ADDRESS.format("exe"),
        "/bao-cao/ptnt-ocop/1999/csv/",
        ADDRESS.format("csv") + "?dia-ban=999",
    ):
        assert client.get(address).status_code == 404


def test_taking_it_stands_in_the_trail(as_person, people, rating):
    body(as_person("manager").get(ADDRESS.format("csv")))

    assert Entry.objects.about(people["manager"]).filter(act="Tải danh sách").count() == 1
