"""The public front door."""

import pytest
from django.urls import reverse

from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory, RatingFactory

pytestmark = pytest.mark.django_db


def test_the_front_door_leads_everywhere(client, real_data):
    text = client.get(reverse("home")).content.decode()

    assert 'action="/san-pham/" method="get"' in text
    assert text.count("/san-pham/?nhom=") == 6
    assert "Dịch vụ du lịch cộng đồng" in text
    assert "Khăn lụa thêu tay cao cấp" in text
    assert "Kiểm tra giấy chứng nhận" in text
    assert "Festival Nông sản" in text
    assert "/lang-nghe/hn-v" in text


def test_an_empty_portal_has_a_front_door(client, law):
    response = client.get(reverse("home"))

    assert response.status_code == 200
    assert "Chưa có sản phẩm nào" in response.content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_the_front_door_asks_a_fixed_number_of_queries(client, commune, django_assert_num_queries, count):
    entity = EntityFactory(area=commune)
    for _ in range(count):
        RatingFactory(product=ProductFactory(entity=entity))

    with django_assert_num_queries(4):
        client.get(reverse("home"))
