"""The public catalogue: what it shows, how it is searched and narrowed."""

import datetime as dt
import unicodedata

import pytest
from django.urls import reverse

from products.filters import CatalogueFilter
from products.models import Product
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory, RatingFactory, StatedStandingFactory

pytestmark = pytest.mark.django_db
LIST = "products:catalogue"


@pytest.fixture
def shown(client):
    """Texts of the catalogue by filter."""
    return lambda **filters: client.get(reverse(LIST), filters).content.decode()


def names(**filters):
    form = CatalogueFilter(filters)
    return [product.name for product in form.narrow(Product.objects.public().for_list())]


def test_anybody_may_read_it_and_it_works_without_scripts(client, real_data):
    response = client.get(reverse(LIST))
    text = response.content.decode()

    assert response.status_code == 200
    assert "<strong>49</strong>" in text
    assert '<form class="filters" method="get"' in text
    assert "?trang=3" not in text
    assert "?trang=2" in text


def test_a_rating_in_force_shows_its_stars_and_end(shown, real_data):
    text = shown(q="khan lua theu tay")

    assert 'aria-label="4 sao"' in text
    assert "đến 19/09/2026" in text


def test_without_a_decision_the_source_speaks(shown, real_data):
    text = shown(q="khay tròn")

    assert "Theo nguồn: 4 sao, năm 2019, chưa thấy quyết định" in text
    assert 'aria-label="4 sao"' not in text


def test_a_common_name_says_for_how_many_it_stands(shown, real_data):
    assert "Nguồn nêu 5 sản phẩm, không nêu tên từng sản phẩm" in shown(q="sữa bò tươi")


@pytest.mark.parametrize(
    "words",
    [
        "hoang tra",
        "HOÀNG TRÀ",
        "Hoàng Trà",
        unicodedata.normalize("NFD", "hoàng trà"),
        "  hoàng   tr",
        "trà hoàng",
    ],
)
def test_search_finds_a_producer_in_whatever_letters(real_data, words):
    found = names(q=words)

    assert sorted(found) == sorted(names(q="hoang tra"))
    assert len(found) == 5
    assert "Rượu sen" in found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("banh da nuong", ["Bánh đa nướng"]),
        ("đa kiện", ["Bánh đa Kiện Khê"]),
        ("kien da", ["Bánh đa Kiện Khê"]),
        ("banh da nuo", ["Bánh đa nướng"]),
        ("nuo banh", []),  # only the last word may be unfinished
        ("khong co that", []),
        ("!!! ' & | :*", []),
        ("ca' & !kho", ["Cá kho", "Cá kho Nhân Hậu"]),
    ],
)
def test_all_words_must_be_found_and_the_last_may_be_unfinished(real_data, words, found):
    assert sorted(names(q=words)) == found


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 49),
        ({"nhom": "IV"}, 8),
        ({"nhom": "V"}, 0),
        ({"huyen": "349"}, 10),
        ({"huyen": "350"}, 6),
        ({"sao": "4"}, 12),
        ({"sao": "5"}, 0),
        ({"sao": "hieu-luc"}, 1),
        ({"nhom": "IV", "huyen": "347", "sao": "3"}, 1),
        ({"nhom": "XX", "huyen": "000", "sao": "abc", "sx": "?"}, 49),
    ],
)
def test_filters_narrow_and_unreadable_ones_do_not(real_data, filters, count):
    assert len(names(**filters)) == count


def test_stars_in_force_come_first(real_data):
    found = names()

    assert found[0] == "Khăn lụa thêu tay cao cấp"
    assert Product.objects.public().featured()[0].name == "Khăn lụa thêu tay cao cấp"


def test_names_are_sorted_without_regard_to_marks(commune):
    entity = EntityFactory(area=commune)
    for name in ("Zưa", "Ấm chén", "Bánh", "Đũa tre", "Ốc"):
        StatedStandingFactory(product=ProductFactory(name=name, entity=entity))

    assert names(sx="ten") == ["Ấm chén", "Bánh", "Đũa tre", "Ốc", "Zưa"]


def test_a_product_on_its_way_is_not_shown(shown, commune):
    ProductFactory(name="Chưa công nhận", entity=EntityFactory(area=commune))

    assert "Chưa công nhận" not in shown()


def test_an_invented_product_carries_its_mark(shown, commune):
    product = ProductFactory(name="Khăn trình diễn", entity=EntityFactory(area=commune), is_demo=True)
    RatingFactory(product=product)

    assert "Dữ liệu trình diễn" in shown(q="khan trinh dien")


def test_an_expired_rating_leaves_the_catalogue(commune):
    product = ProductFactory(name="Hết hạn", entity=EntityFactory(area=commune))
    RatingFactory(product=product, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2023, 1, 1))

    assert names() == []
    assert Product.objects.known_to_public().get() == product


def test_nothing_at_all_is_said_calmly(shown, law):
    assert "Chưa có sản phẩm nào" in shown()


@pytest.mark.parametrize("count", [1, 20])
def test_the_catalogue_asks_a_fixed_number_of_queries(client, commune, django_assert_num_queries, count):
    entity = EntityFactory(area=commune)
    for _ in range(count):
        RatingFactory(product=ProductFactory(entity=entity))

    with django_assert_num_queries(9):
        client.get(reverse(LIST), {"q": "khan", "nhom": "IV"})
