"""Public pages of craft villages."""

import pytest
from django.urls import reverse

from tests.factories.entities import CraftVillageFactory

pytestmark = pytest.mark.django_db
LIST = "entities:villages"


def page(client, code):
    return client.get(reverse("entities:village", args=[code])).content.decode()


def test_the_list_names_all_villages(client, real_data):
    text = client.get(reverse(LIST)).content.decode()

    assert "<strong>12</strong>" in text
    assert "Làng nghề truyền thống trống Đọi Tam" in text
    assert "nguồn chưa nêu" in text


@pytest.mark.parametrize("words", ["nha xa", "NHA XÁ", "Nha Xá"])
def test_search_needs_no_accents(client, real_data, words):
    text = client.get(reverse(LIST), {"q": words}).content.decode()

    assert "dệt lụa Nha Xá" in text
    assert "Đọi Tam" not in text


def test_search_that_finds_nothing_says_so(client, real_data):
    assert "Không có mục nào khớp" in client.get(reverse(LIST), {"q": "xyzxyz"}).content.decode()


def test_a_village_shows_products_number_and_sources(client, real_data):
    text = page(client, "hn-v02")

    assert "9 sản phẩm, tính đến 31/12/2024" in text
    assert "Khăn lụa thêu tay cao cấp" in text
    assert "nguồn nêu 8 sản phẩm" in text.lower()
    assert "doanhnghiepkinhtexanh.vn" in text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("hn-v04", "nhập toàn bộ vào Xã Liêm Hà, Tỉnh Ninh Bình"),
        ("hn-v03", "nhập một phần vào Phường Duy Hà, Tỉnh Ninh Bình"),
        ("hn-v07", "đổi thành Phường Quế"),
        ("hn-v02", "thôi tồn tại; nguồn chưa nêu đơn vị nhận"),
    ],
)
def test_a_village_says_what_becomes_of_its_commune(client, real_data, code, sentence):
    assert sentence in page(client, code)


def test_what_no_source_states_is_said_to_be_unknown(client, real_data):
    assert page(client, "hn-v05").count("Nguồn chưa nêu") == 3


def test_an_unknown_village_is_404(client, real_data):
    assert client.get("/lang-nghe/khong-co/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_a_fixed_number_of_queries(client, commune, django_assert_num_queries, count):
    CraftVillageFactory.create_batch(count, area=commune)

    with django_assert_num_queries(2):
        client.get(reverse(LIST))
