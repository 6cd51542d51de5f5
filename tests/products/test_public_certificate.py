"""Checking a certificate: what the register says today."""

import datetime as dt

import pytest
from django.urls import reverse

from products.models import Product, Rating
from tests.factories.accounts import UserFactory
from tests.factories.certificates import SignedPaperFactory
from tests.factories.entities import EntityFactory, MembershipFactory
from tests.factories.products import CertificateFactory, DossierFactory, ProductFactory, RatingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(commune):
    """A certificate for three stars from 1 October 2024."""
    product = ProductFactory(name="Khăn lụa sen", entity=EntityFactory(area=commune, name="Hợp tác xã Lụa"))
    dossier = DossierFactory(product=product, product_code="35-349-13345-1-2024")
    return CertificateFactory(rating=RatingFactory(product=product, dossier=dossier))


def page(client, certificate):
    return client.get(certificate.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "word", "tone", "sentence"),
    [
        ({}, "Còn hiệu lực", "good", "còn hiệu lực đến hết ngày 01/10/2027"),
        ({"ends_on": dt.date(2024, 10, 15)}, "Còn hiệu lực", "good", "đến hết ngày 15/10/2024"),
        ({"ends_on": dt.date(2024, 10, 14)}, "Hết hiệu lực", "danger", "đã hết hiệu lực sau ngày 14/10/2024"),
        ({"revoked_on": dt.date(2024, 10, 15)}, "Đã thu hồi", "danger", "đã bị thu hồi từ ngày 15/10/2024"),
        ({"revoked_on": dt.date(2024, 10, 16)}, "Còn hiệu lực", "good", "còn hiệu lực"),
        (
            {"starts_on": dt.date(2024, 10, 16)},
            "Chưa có hiệu lực",
            "attention",
            "có hiệu lực từ ngày 16/10/2024",
        ),
    ],
)
def test_the_state_today_in_words_and_colour(client, certificate, changes, word, tone, sentence):
    Rating.objects.update(**changes)

    text = page(client, certificate)

    assert f"</svg>{word}</p>" in text
    assert f"verdict-{tone}" in text
    assert sentence in text


def test_the_page_shows_what_the_register_holds(client, certificate, settings):
    settings.PORTAL_URL = "https://ocop.hanam.example"
    text = page(client, certificate)

    for fact in (
        certificate.number,
        "Khăn lụa sen",
        "Hợp tác xã Lụa",
        "Xã Chuyên Ngoại, Thị xã Duy Tiên, Tỉnh Hà Nam",
        "35-349-13345-1-2024",
        certificate.rating.decision.number,
        "Ủy ban nhân dân thị xã Duy Tiên",
        certificate.sha256,
        "ocop.hanam.example",
        'aria-label="3 sao"',
    ):
        assert fact in text, fact


def test_no_person_is_named(client, certificate):
    member = MembershipFactory(
        entity=certificate.rating.product.entity, user=UserFactory(full_name="Nguyễn Thị Riêng Tư")
    )

    text = page(client, certificate)

    assert member.user.full_name not in text
    assert certificate.rating.dossier.created_by.full_name not in text


def test_an_invented_product_says_so(client, certificate):
    Product.objects.update(is_demo=True)

    assert "Dữ liệu trình diễn</span>" in page(client, certificate)


def test_an_unknown_token_is_404_and_explained(client, certificate):
    response = client.get(reverse("products:certificate", args=["a" * 22]))

    assert response.status_code == 404
    assert "Không có giấy chứng nhận này trong sổ" in response.content.decode()


def test_the_number_is_no_address(client, certificate):
    assert client.get(f"/giay-chung-nhan/{certificate.pk}/").status_code == 404


def test_the_paper_opens_in_the_browser(client, certificate):
    response = client.get(reverse("products:certificate_file", args=[certificate.token]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="nhap-giay-chung-nhan-35-349-2024-')
    assert b"".join(response.streaming_content).startswith(b"%PDF-")  # a draft: nobody has signed it yet


def test_an_unknown_or_lost_paper_is_404(client, certificate):
    assert client.get(reverse("products:certificate_file", args=["a" * 22])).status_code == 404

    signed = SignedPaperFactory(certificate=certificate)
    signed.file.storage.delete(signed.file.name)

    assert client.get(reverse("products:certificate_file", args=[certificate.token])).status_code == 404


def test_the_check_is_one_query(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(certificate.get_absolute_url())
