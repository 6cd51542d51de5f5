"""Real products as the files state them: one rating, the rest is what sources say."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from products import loading
from products.models import Certificate, Decision, Product, Rating, Standing, StatedStanding

pytestmark = pytest.mark.django_db


def product(number):
    return Product.objects.get(code=f"hn-p{number:03}")


def test_51_products_stand_for_68(real_data):
    real = Product.objects.filter(code__startswith="hn-")

    assert (real.count(), sum(real.values_list("represents", flat=True))) == (51, 68)
    assert not real.filter(is_demo=True).exists()
    assert not real.filter(sources=None).exists()


def test_only_the_seen_decision_becomes_a_rating(real_data):
    rating = Rating.objects.get()

    assert rating.product == product(14)
    assert (rating.stars, rating.year, rating.total, rating.dossier) == (4, 2022, None, None)
    assert (rating.starts_on, rating.ends_on) == (dt.date(2023, 9, 19), dt.date(2026, 9, 19))
    assert rating.regime_id == "qd148-2023"
    assert (rating.decision.number, rating.decision.level) == ("1085/QĐ-UBND", "province")
    assert rating.decision.area.full_name == "Tỉnh Hà Nam"
    assert not Certificate.objects.exists()


def test_all_others_have_a_stated_standing_instead(real_data):
    assert StatedStanding.objects.count() == 50
    assert not StatedStanding.objects.filter(product=product(14)).exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "4 sao, năm 2019, chưa thấy quyết định"),
        (20, "hội đồng cấp huyện chấm 3 sao, năm 2023, chưa thấy quyết định"),
        (31, "3 sao, chưa thấy quyết định"),
        (34, "có tên trong sản phẩm OCOP, chưa nêu hạng"),
        (43, "đã được công nhận, chưa nêu hạng"),
        (46, "được nhắc tới trong chương trình, chưa nêu hạng"),
    ],
)
def test_a_standing_in_words(real_data, number, words):
    assert product(number).stated.in_words == words


@pytest.mark.parametrize(
    ("number", "village"),
    [
        (14, "hn-v02"),
        (43, "hn-v02"),
        (44, "hn-v01"),
        (45, "hn-v04"),
        (1, "hn-v03"),
        (34, "hn-v07"),
        (35, "hn-v07"),
        (31, "hn-v09"),
        (32, "hn-v10"),
        (3, "hn-v06"),
        (49, "hn-v11"),
        (33, None),
    ],
)
def test_a_village_is_linked_only_where_it_is_certain(real_data, number, village):
    linked = product(number).village

    assert (linked and linked.code) == village


@pytest.mark.parametrize(
    ("number", "group", "place"),
    [
        (1, "IV", "Phường Hoàng Đông"),
        (2, "I", "Thị xã Duy Tiên"),
        (12, "II", "Xã Công Lý"),
        (37, "I", "Tỉnh Hà Nam"),
    ],
)
def test_group_and_place(real_data, number, group, place):
    found = product(number)

    assert (found.industry, found.area.full_name) == (group, place)


def test_what_rests_on_s01_cites_it(real_data):
    for number in (2, 4, 24, 31):
        assert product(number).sources.filter(key="S01").exists(), number
    assert not product(15).sources.filter(key="S01").exists()


def test_registered_ideas_are_not_public(real_data):
    ideas = Product.objects.filter(stated__standing=Standing.IDEA_REGISTERED)

    assert ideas.count() == 2
    assert not Product.objects.public().filter(pk__in=ideas).exists()
    assert Product.objects.public().count() == 49


def test_loading_again_changes_nothing(real_data):
    assert [(part.new, part.changed) for part in loading.load()] == [(0, 0)] * 3


def test_loading_again_keeps_a_photo_and_a_revocation(real_data):
    product(14).photo.save("a.jpg", ContentFile(b"anh"))
    Rating.objects.update(revoked_on=dt.date(2024, 6, 1))
    Product.objects.filter(code="hn-p014").update(name="Sai")

    loading.load()

    assert (product(14).name, bool(product(14).photo)) == ("Khăn lụa thêu tay cao cấp", True)
    assert Rating.objects.get().revoked_on == dt.date(2024, 6, 1)
    assert Decision.objects.count() == 1
