"""The public page of one product, and its photo."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from products.models import Product, Rating
from tests.factories.entities import EntityFactory
from tests.factories.products import CertificateFactory, ProductFactory, RatingFactory
from tests.factories.promotion import EventProductFactory

pytestmark = pytest.mark.django_db


def page(client, code):
    return client.get(reverse("products:public", args=[code])).content.decode()


@pytest.fixture
def rated(commune):
    """A product with three stars and a certificate."""
    product = ProductFactory(name="Khăn lụa sen", entity=EntityFactory(area=commune))
    CertificateFactory(rating=RatingFactory(product=product))
    return product


def test_a_rated_product_shows_decision_period_and_certificate(client, rated):
    text, rating = page(client, rated.code), rated.ratings.get()

    assert 'aria-label="3 sao"' in text
    assert f"Số {rating.decision.number}, ngày 01/10/2024" in text
    assert "Từ 01/10/2024 đến hết ngày 01/10/2027" in text
    assert rating.certificate.get_absolute_url() in text
    assert "Còn hiệu lực" in text


def test_the_seen_decision_has_no_certificate_of_ours(client, real_data):
    text = page(client, "hn-p014")

    assert "1085/QĐ-UBND" in text
    assert "Không do cổng này cấp" in text
    assert "Theo nguồn:" not in text


def test_a_stated_product_says_what_is_unknown_and_where_it_was_read(client, real_data):
    text = page(client, "hn-p037")

    assert "Theo nguồn: có tên trong sản phẩm OCOP, chưa nêu hạng" in text
    assert "nguồn chưa nêu huyện, xã" in text
    assert "Nguồn chưa nêu</dd>" in text
    assert "doanhnghiepkinhtexanh.vn" in text


def test_a_source_on_a_foreign_domain_is_named_and_not_linked(client, real_data):
    text = page(client, "hn-p004")

    assert "S04" in text
    assert "không dẫn liên kết" in text
    assert text.count('rel="noopener noreferrer nofollow"') == 1  # S01 alone


def test_the_place_then_and_later(client, real_data):
    text = page(client, "hn-p001")

    assert "Phường Hoàng Đông, Thị xã Duy Tiên, Tỉnh Hà Nam" in text
    assert "nhập một phần vào Phường Duy Hà, Tỉnh Ninh Bình" in text
    assert "nhập một phần vào Phường Hà Nam, Tỉnh Ninh Bình" in text


def test_village_and_events_are_linked(client, real_data):
    assert reverse("entities:village", args=["hn-v03"]) in page(client, "hn-p001")
    assert reverse("promotion:event", args=["hn-ev05"]) in page(client, "hn-p009")


def test_stars_derived_from_a_whole_district_say_so(client, real_data):
    assert "số sao suy từ S01" in page(client, "hn-p024")
    assert "số sao suy từ S01" not in page(client, "hn-p015")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ends_on": dt.date(2024, 10, 14)}, "Hết hiệu lực"),
        ({"revoked_on": dt.date(2024, 10, 15)}, "Đã thu hồi"),
        ({"starts_on": dt.date(2024, 10, 16)}, "Chưa có hiệu lực"),
        ({"ends_on": dt.date(2024, 10, 15)}, "Còn hiệu lực"),
    ],
)
def test_a_rating_of_the_past_or_the_future_keeps_its_page(client, rated, changes, word):
    Rating.objects.update(**changes)

    text = page(client, rated.code)

    assert word in text
    assert ("Không có hạng sao còn hiệu lực" in text) == (word != "Còn hiệu lực")


def test_an_invented_product_carries_its_mark(client, rated):
    assert "Dữ liệu trình diễn</span>" not in page(client, rated.code)

    Product.objects.update(is_demo=True)

    assert "Dữ liệu trình diễn</span>" in page(client, rated.code)


def test_a_name_is_text_and_never_markup(client, rated):
    Product.objects.update(name="<script>alert(1)</script>", description="<b>đậm</b>")

    text = page(client, rated.code)

    assert "<script>alert" not in text
    assert "&lt;b&gt;đậm" in text


@pytest.mark.parametrize("code", ["hn-p050", "khong-co"])
def test_what_is_not_public_is_404(client, real_data, code):
    assert client.get(reverse("products:public", args=[code])).status_code == 404


def test_a_product_before_its_rating_is_404(client, commune):
    product = ProductFactory(entity=EntityFactory(area=commune))

    assert client.get(product.get_absolute_url()).status_code == 404


def test_the_photo_may_be_kept_for_a_day(client, rated):
    rated.photo.save("a.jpg", ContentFile(b"\xff\xd8\xff anh"))

    response = client.get(reverse("products:photo", args=[rated.code]))

    assert (response["Content-Type"], response["Cache-Control"]) == ("image/jpeg", "public, max-age=86400")
    assert b"".join(response.streaming_content) == b"\xff\xd8\xff anh"
    assert reverse("products:photo", args=[rated.code]) in page(client, rated.code)


def test_no_photo_and_a_lost_photo_are_404(client, rated):
    url = reverse("products:photo", args=[rated.code])
    assert client.get(url).status_code == 404

    Product.objects.update(photo="product/mat.jpg")

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_asks_a_fixed_number_of_queries(client, rated, django_assert_num_queries, count):
    for number in range(count):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number)
        CertificateFactory(rating=RatingFactory(product=rated, starts_on=day, ends_on=day))
        EventProductFactory(product=rated)

    with django_assert_num_queries(9):
        client.get(rated.get_absolute_url())
