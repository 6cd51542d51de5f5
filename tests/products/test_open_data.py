"""Open data: CSV, feed and the JSON interface; only what is public, counted, cached, and as the OpenAPI says."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse

from entities.models import EntityStatus
from products.models import Rating
from products.public_facts import COLUMNS
from products.views.api import DOCUMENT, after_cursor, cursor_after
from tests.factories.entities import CraftVillageFactory, EntityFactory
from tests.factories.products import CertificateFactory, DossierFactory, ProductFactory, RatingFactory
from tests.rights.places import routes

pytestmark = pytest.mark.django_db
SECRETS = {
    "phone": "0226 999 999",
    "email": "rieng@vi-du.vn",
    "representative": "Người Đại Diện",
    "address": "Ngõ 7",
}
HERE = settings.PORTAL_URL
LISTS = ("products:api_products", "products:api_producers", "products:api_villages", "products:api_ptnt_ocop")


@pytest.fixture
def shelf(commune):
    """Five rated products of two producers, one with a certificate; one product on its way."""
    village = CraftVillageFactory(area=commune, code="lang-thu")
    maker = EntityFactory(area=commune, code="ct-thu", status=EntityStatus.PARTICIPATING, **SECRETS)
    other = EntityFactory(area=commune, code="ct-khac")
    rows = [ProductFactory(code=f"sp-{n}", name=f"Lụa {n}", entity=maker, village=village) for n in range(4)]
    rows.append(ProductFactory(code="sp-9", name="=cmd|' /C calc'!A0", entity=other))
    for row in rows:
        RatingFactory(product=row)
    CertificateFactory(rating=rows[0].ratings.get())
    DossierFactory(product=ProductFactory(code="sp-kin", name="Chưa công nhận", entity=maker))
    return rows


def ask(client, name, *args, **query):
    return client.get(reverse(f"products:{name}", args=args), query)


def codes(response):
    return [row["code"] for row in response.json()["data"]]


# ---------------------------------------------------------------- what is said


def test_a_product_says_what_its_page_says(client, shelf):
    found = ask(client, "api_product", "sp-0").json()["data"]

    assert found["name"] == "Lụa 0"
    assert found["rating"]["stars"] == 3
    assert found["rating"]["certificate"]["number"] == shelf[0].ratings.get().certificate.number
    assert found["producer"] == {"code": "ct-thu", "name": shelf[0].entity.name, "kind": "cooperative"}
    assert found["place"]["district"]["code"] == "349"
    assert found["village"]["code"] == "lang-thu"


@pytest.mark.parametrize("name", [*LISTS, "products:products_csv", "products:feed"])
def test_nothing_that_is_not_public_leaves(client, shelf, name):
    response = client.get(reverse(name))
    text = (response.getvalue() if response.streaming else response.content).decode()

    assert not [word for word in SECRETS.values() if word in text]
    assert "Chưa công nhận" not in text
    assert "sp-kin" not in text


def test_a_product_on_its_way_is_not_there_for_machines_either(client, shelf):
    response = ask(client, "api_product", "sp-kin")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_producers_without_a_public_page_are_not_listed(client, shelf):
    assert codes(ask(client, "api_producers")) == ["ct-thu"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "lua"}, 4),
        ({"q": "LỤA"}, 4),
        ({"stars": "3"}, 5),
        ({"stars": "4"}, 0),
        ({"group": "IV"}, 5),
        ({"group": "I"}, 0),
        ({"district": "349"}, 5),
        ({"district": "000"}, 0),
        ({"village": "lang-thu"}, 4),
        ({"producer": "ct-thu"}, 4),
        ({"q": "& | !"}, 0),
        ({"la": "gi"}, 5),
    ],
)
def test_products_are_narrowed(client, shelf, query, found):
    assert len(codes(ask(client, "api_products", **query))) == found


def test_a_revoked_recognition_is_not_in_force_and_says_so_in_the_ministrys_table(client, shelf):
    rating = shelf[1].ratings.get()
    Rating.objects.filter(pk=rating.pk).update(revoked_on=rating.starts_on)

    assert "sp-1" not in codes(ask(client, "api_products"))
    row = next(r for r in ask(client, "api_ptnt_ocop").json()["data"] if r["Ma_SanPham"] == "sp-1")
    assert row["TrangThai"] == "Đã thu hồi"
    assert (row["XepHang"], row["Ma_DonViHanhChinh"], row["DoanhThuNam"]) == ("3*", "13345", None)


def test_the_ministrys_table_has_its_columns_and_its_years(client, shelf):
    rows = ask(client, "api_ptnt_ocop", year="2024").json()["data"]

    assert list(rows[0]) == [
        "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang", "ChuTheSXKD",
        "DoanhThuNam", "TrangThai",
    ]  # fmt: skip
    assert {row["Ma_ThoiGian"] for row in rows} == {"2024"}
    assert ask(client, "api_ptnt_ocop", year="2019").json()["data"] == []


def test_groups_have_english_names(client, law):
    found = ask(client, "api_groups").json()["data"]

    assert {"code": "I", "name": "Thực phẩm", "name_en": "Food"} in found


def test_the_index_leads_to_everything(client, law):
    links = ask(client, "api").json()["links"]

    assert all(client.get(link.removeprefix(HERE)).status_code == 200 for link in links.values())


# ---------------------------------------------------------------- pages of a list


def test_pages_follow_one_another_without_gap_or_double(client, shelf):
    seen, address = [], reverse("products:api_products") + "?limit=2"
    while address:
        response = client.get(address)
        seen += codes(response)
        address = (response.json()["next"] or "").removeprefix(HERE)
        assert (f"<{response.json()['next']}>" in response.get("Link", "")) == bool(address)

    assert seen == sorted(row.code for row in shelf)


def test_a_row_that_comes_between_two_pages_moves_nothing(client, shelf, commune):
    first = ask(client, "api_products", limit="2")
    RatingFactory(product=ProductFactory(code="sp-00", entity=EntityFactory(area=commune)))

    assert codes(client.get(first.json()["next"].removeprefix(HERE)))[0] == "sp-2"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("count", [1, 40])
def test_a_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client, commune, django_assert_max_num_queries, name, count
):
    for _ in range(count):
        RatingFactory(product=ProductFactory(entity=EntityFactory(area=commune)))
        CraftVillageFactory(area=commune)
    with django_assert_max_num_queries(5):
        client.get(reverse(name))


def test_a_cursor_is_its_code():
    assert after_cursor(cursor_after("sp-2024-0001")) == "sp-2024-0001"
    assert after_cursor("!!") is None
    assert after_cursor("61006") is None
    assert after_cursor("610062") == "ab"
    assert after_cursor("ff") == "\ufffd"


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "201"}, {"limit": "1e9"}, {"limit": "-1"}, {"limit": "٣"}, {"limit": ""},
        {"limit": "9" * 500}, {"stars": "6"}, {"stars": "x"}, {"stars": ["3", "4"]}, {"group": "i"},
        {"district": "a b"}, {"cursor": "?"}, {"cursor": "AAAA\n"}, {"q": ""}, {"q": "a" * 10_000},
        {"producer": "' or 1=1 --"},
    ],
)  # fmt: skip
def test_unreadable_questions_are_told_which_part_is_wrong(client, shelf, query):
    response = ask(client, "api_products", **query)

    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)
    assert "no-store" in response["Cache-Control"]


# ---------------------------------------------------------------- caches and limits


def test_an_answer_that_has_not_changed_is_not_sent_again(client, shelf):
    first = ask(client, "api_products")
    address = reverse("products:api_products")

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    shelf[0].name = "Lụa mới"
    shelf[0].save()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_other_sites_may_read_it_in_a_browser(client, shelf):
    assert ask(client, "api_products")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get(reverse("products:catalogue"))


@pytest.mark.parametrize("name", [*LISTS, "products:api", "products:products_csv"])
def test_who_asks_too_often_is_told_when_to_come_back(client, shelf, settings, name):
    settings.OPEN_DATA_PER_MINUTE = 3
    answers = [client.get(reverse(name)) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    settings.OPEN_DATA_PER_MINUTE = 9
    assert client.get(reverse(name)).status_code == 200  # the control: it was the limit


def test_papers_have_a_limit_of_their_own(client, shelf, settings):
    settings.PUBLIC_PAPERS_PER_MINUTE = 1
    statuses = [ask(client, "labels_paper", ma="sp-0").status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_nothing_can_be_written(client, shelf):
    for name, view in routes():
        if name.startswith("products:api"):
            assert view.methods == ("GET", "HEAD")
    assert client.post(reverse("products:api_products")).status_code == 405


# ---------------------------------------------------------------- files


def table(client):
    text = client.get(reverse("products:products_csv")).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_holds_the_catalogue_and_names_its_licence(client, shelf):
    rows = table(client)

    assert [row["ma"] for row in rows] == ["sp-0", "sp-1", "sp-2", "sp-3", "sp-9"]
    assert list(rows[0]) == [column.head for column in COLUMNS]
    assert (rows[0]["hang_sao"], rows[0]["tu_ngay"], rows[0]["ma_xa"]) == ("3", "2024-10-01", "13345")
    assert 'rel="license"' in client.get(reverse("products:products_csv"))["Link"]


def test_t89_no_cell_is_a_formula(client, shelf):
    assert table(client)[-1]["ten"] == "'=cmd|' /C calc'!A0"


def test_the_csv_of_real_data_can_be_read(client, real_data):
    assert len(table(client)) == 49


def test_the_feed_tells_of_new_recognitions(client, shelf):
    root = ElementTree.fromstring(client.get(reverse("products:feed")).content)
    space = "{http://www.w3.org/2005/Atom}"

    assert root.tag == f"{space}feed"
    assert len(root.findall(f"{space}entry")) == 5
    assert root.find(f"{space}entry/{space}link").get("href").startswith(f"{HERE}/san-pham/sp-")


def test_the_page_of_open_data_names_licence_and_ways(client, law):
    text = ask(client, "open_data").content.decode()

    assert "CC BY 4.0" in text
    assert reverse("products:api_document") in text


# ---------------------------------------------------------------- the document


def test_the_document_names_every_endpoint_and_no_other():
    written = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    served = {
        reverse(name, args=["x"] if name == "products:api_product" else []).replace("/x/", "/{code}/")
        for name, _ in routes()
        if name.startswith("products:api")
    }

    assert set(written["paths"]) == served
    assert written["openapi"] == "3.1.0"


def test_the_document_is_served_with_this_portals_address(client, law):
    document = json.loads(ask(client, "api_document").content)

    assert document["servers"] == [{"url": HERE}]


def test_a_photo_has_an_address(client, shelf):
    shelf[0].photo.save("a.jpg", ContentFile(b"jpeg"))

    assert ask(client, "api_product", "sp-0").json()["data"]["photo"].endswith("/san-pham/sp-0/anh/1280/")
