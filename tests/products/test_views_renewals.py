"""The desk of certificates in the browser: who is let in, what happens, what is said."""

import datetime as dt

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from products import actions, test_authority
from products.models import Product, Rating, RenewalStep, SignedPaper
from tests.factories.certificates import InspectionFactory, RenewalStepFactory, RevocationFactory, rated
from tests.products.test_certificate_life import DAY
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating(entity):
    row = rated(entity)
    Product.objects.update(is_demo=True)
    row.product.is_demo = True
    actions.issue_certificate(row, by=None)
    return Rating.objects.get(pk=row.pk)


@pytest.fixture
def desk(client, people):
    """The officer of the district that keeps the papers."""
    client.force_login(people["district_officer"])
    return client


def address(rating, name="rating"):
    return reverse(f"products:{name}", args=[rating.product.code, rating.day_number])


def file(content):
    return SimpleUploadedFile("a.pdf", content, content_type="application/pdf")


def test_the_list_and_the_page(desk, rating):
    RenewalStepFactory(rating=rating)
    RevocationFactory(rating=rated(rating.product.entity))
    for stage in ("", "sap-het", "can-thong-bao", "keo-dai", "het", "thu-hoi"):
        assert desk.get(reverse("products:renewals"), {"ky": stage}).status_code == 200
    text = desk.get(address(rating)).content.decode()

    for word in (rating.certificate.number, "Nộp bản đã ký", "Ký thử", "Ghi thông báo đã gửi", "Thu hồi"):
        assert word in text
    assert desk.get(address(rating).replace("20241001", "20249999")).status_code == 404


def test_a_reader_sees_the_page_without_the_acts(client, people, rating):
    client.force_login(people["producer"])
    text = client.get(address(rating)).content.decode()

    assert "Nộp bản đã ký" not in text
    for name in (
        "rating_notice",
        "rating_extension",
        "rating_revocation",
        "rating_replacement",
        "rating_signing",
    ):
        assert client.get(address(rating, name)).status_code == 302
    for name in ("rating_clean_paper", "rating_notice_paper"):
        assert client.get(address(rating, name)).status_code == 403
    assert client.post(address(rating, "rating_test_signing")).status_code == 403
    assert not SignedPaper.objects.exists()


def test_the_letter_is_drafted_and_written_down(desk, rating):
    RenewalStepFactory(rating=rating, on=DAY)
    paper = b"".join(desk.get(address(rating, "rating_notice_paper")).streaming_content)
    words = pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range()
    assert "Căn cứ" in words
    assert f"{rating.regime.law};" in " ".join(words.split())

    desk.post(address(rating, "rating_notice"), {"number": "12/TB-UBND", "day": "2024-10-15"})

    assert RenewalStep.objects.get().sent_on == DAY


def test_the_test_authority_walks_the_whole_way(desk, rating, settings):
    clean = desk.get(address(rating, "rating_clean_paper"))
    assert b"".join(clean.streaming_content).startswith(b"%PDF-")
    desk.post(address(rating, "rating_signing"), {"file": file(b"%PDF-1.7 khac")})
    assert not SignedPaper.objects.exists()

    desk.post(address(rating, "rating_test_signing"))

    assert SignedPaper.objects.get().is_test
    assert test_authority.SIGNER in desk.get(address(rating)).content.decode()
    settings.DEMO = False
    assert desk.post(address(rating, "rating_test_signing")).status_code == 404


def test_the_office_replaces_and_revokes(desk, rating):
    desk.post(address(rating, "rating_replacement"), {"reason": "Giấy hỏng"})
    assert rating.certificates.count() == 2
    assert desk.get(address(rating, "rating_revocation_file")).status_code == 404
    body = {"ground": "criteria_missed", "number": "7/QĐ-UBND", "day": "2024-10-15", "note": "Kết luận"}
    assert desk.post(address(rating, "rating_revocation"), body).status_code == 200  # without the decision

    desk.post(address(rating, "rating_revocation"), {**body, "file": file(pdf())})

    rating.refresh_from_db()
    assert rating.revoked_on == dt.date(2024, 10, 15)
    assert desk.get(address(rating, "rating_revocation_file")).status_code == 200
    assert "Đã thu hồi" in desk.get(address(rating)).content.decode()


def test_inspections_in_the_browser(desk, rating):
    new = reverse("products:inspection_new", args=[rating.product.code])
    assert desk.get(new).status_code == 200
    body = {"day": "2024-10-15", "inspector": "Đoàn", "result": "mend", "findings": "Thiếu nhãn"}
    assert desk.post(new, body).status_code == 200  # without what must be mended
    desk.post(new, {**body, "to_mend": "Dán nhãn", "mend_until": "2024-11-01"})
    row = rating.product.inspections.get()
    assert "Dán nhãn" in desk.get(row.get_absolute_url()).content.decode()
    mending = reverse("products:inspection_mending", args=[row.code])
    assert desk.get(mending).status_code == 200
    desk.post(mending, {"mended_on": "2024-10-15", "mended_how": "Đã dán"})
    row.refresh_from_db()
    assert row.mended_on == DAY
    assert desk.get(mending).status_code == 302


def test_the_producer_seeks_the_stars_again_from_the_desk(client, people, rating):
    client.force_login(people["producer"])
    begin = reverse("products:dossier_begin")
    way = f"{begin}?san-pham={rating.product.code}"
    assert way in client.get(reverse("products:renewals")).content.decode()
    shown = client.get(address(rating)).content.decode()
    assert f"{way}&amp;loai=again" in shown
    assert f"{way}&amp;loai=upgrade" in shown
    form = client.get(begin, {"san-pham": rating.product.code, "loai": "again"}).context["form"]
    assert (form.initial["product"], form.initial["application"]) == (rating.product, "again")

    client.post(begin, {"product": rating.product.pk, "application": "again"})

    dossier = rating.product.dossiers.latest("pk")
    assert (dossier.application, dossier.copied_from) == ("again", rating.dossier)
    shown = client.get(address(rating)).content.decode()
    assert dossier.get_absolute_url() in shown
    assert way not in shown
    assert way not in client.get(reverse("products:renewals")).content.decode()


def test_the_office_is_offered_no_dossier_and_sees_none_that_was_not_handed_in(desk, people, rating):
    assert reverse("products:dossier_begin") not in desk.get(address(rating)).content.decode()
    dossier = actions.open_dossier(rating.product, by=people["producer"], application="again")
    assert dossier.get_absolute_url() not in desk.get(address(rating)).content.decode()


def test_an_address_that_asks_for_what_cannot_be_leaves_the_choice_open(client, people, rating):
    client.force_login(people["producer"])
    begin = reverse("products:dossier_begin")
    for asked, kind in (
        ({"san-pham": "khong-co", "loai": "khac"}, "upgrade"),
        ({"san-pham": rating.product.code, "loai": "first"}, "upgrade"),
    ):
        page = client.get(begin, asked)
        assert page.status_code == 200
        assert page.context["form"].initial["application"] == kind
    assert "product" not in client.get(begin, {"san-pham": "khong-co"}).context["form"].initial


def test_inspections_are_found_from_the_book_of_the_product(desk, people, client, rating):
    row = InspectionFactory(rating=rating)
    book = reverse("products:product_book", args=[rating.product.code])
    shown = desk.get(book).content.decode()
    assert row.get_absolute_url() in shown
    assert reverse("products:inspection_new", args=[rating.product.code]) in shown
    client.force_login(people["producer"])
    shown = client.get(book).content.decode()
    assert row.get_absolute_url() in shown
    assert reverse("products:inspection_new", args=[rating.product.code]) not in shown
