"""Public pages of events."""

import pytest
from django.urls import reverse

from promotion.models import Event
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory
from tests.factories.promotion import EventFactory, EventProductFactory

pytestmark = pytest.mark.django_db
LIST = "promotion:events"


def page(client, code):
    return client.get(reverse("promotion:event", args=[code])).content.decode()


def test_the_latest_event_comes_first_and_undated_ones_last_in_their_year(real_data):
    codes = list(Event.objects.for_list().values_list("code", flat=True))

    assert codes[0] == "hn-ev08"
    assert codes[-2:] == ["hn-ev02", "hn-ev05"]


def test_the_list_is_narrowed_by_the_province_s_part(client, real_data):
    text = client.get(reverse(LIST), {"phan": "confirmed"}).content.decode()

    assert "<strong>2</strong>" in text
    assert "Thái Nguyên" in text


@pytest.mark.parametrize("words", ["thai nguyen", "THÁI NGUYÊN", "Thái Nguyên"])
def test_search_needs_no_accents(client, real_data, words):
    text = client.get(reverse(LIST), {"q": words}).content.decode()

    assert "Công Thương" in text
    assert "<strong>1</strong>" in text


def test_an_event_shows_its_products_and_sources(client, real_data):
    text = page(client, "hn-ev05")

    assert "Chả cá rô phi" in text
    assert "HTX Thủy sản sông trong ao Hải Đăng" in text
    assert "congnghieptieudung.vn" in text


def test_what_no_source_states_is_said_to_be_unknown(client, real_data):
    text = page(client, "hn-ev08")

    assert "Nguồn chưa nêu tên sản phẩm nào" in text
    assert "Nguồn không nêu tỉnh tham gia" in text
    assert "Nguồn chưa nêu</dd>" in text  # the organiser


def test_a_product_without_a_public_page_is_not_named(client, commune):
    hidden = ProductFactory(entity=EntityFactory(area=commune), name="Sản phẩm đang soạn")
    part = EventProductFactory(product=hidden)

    assert "Sản phẩm đang soạn" not in page(client, part.event.code)


def test_an_unknown_event_is_404(client):
    assert client.get("/su-kien/khong-co/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    EventFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get(reverse(LIST))
