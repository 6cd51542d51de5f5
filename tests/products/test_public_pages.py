"""The product's page for people, phones and machines; comparing, labels, photos in widths, what search engines read."""

import datetime as dt
import io
import json
import re
from xml.etree import ElementTree

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from entities.models import EntityStatus
from foundation.ui.widths import FOLDER, narrowed
from products.filters import CatalogueFilter
from products.models import Product, Rating
from products.structured import as_script
from tests.entities.photos import photo as camera
from tests.factories.entities import CraftVillageFactory, EntityFactory, SalesChannelFactory
from tests.factories.products import (
    CarriedFactory,
    CertificateFactory,
    DossierFactory,
    ProductFactory,
    RatingFactory,
)

pytestmark = pytest.mark.django_db
HERE = settings.PORTAL_URL


@pytest.fixture
def village(commune):
    return CraftVillageFactory(area=commune, code="lang-thu", name="Làng Thử")


@pytest.fixture
def rated(commune, village):
    """A product with stars, certificate, photo, village and producer."""
    facts = {"phone": "0226 999 999", "latitude": "20.65", "longitude": "105.91"}
    maker = EntityFactory(area=commune, code="ct-thu", status=EntityStatus.PARTICIPATING, **facts)
    row = ProductFactory(
        code="sp-thu", name="Khăn lụa sen", entity=maker, village=village, description="Dệt tay."
    )
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(out, "JPEG")
    row.photo.save("a.jpg", ContentFile(out.getvalue()))
    CertificateFactory(rating=RatingFactory(product=row))
    return row


@pytest.fixture
def hidden(commune):
    """A product that nobody was told of."""
    row = ProductFactory(code="sp-kin", name="Chưa công nhận", entity=EntityFactory(area=commune))
    DossierFactory(product=row)
    return row


def page(client, row, prefix=""):
    return client.get(f"{prefix}{row.get_absolute_url()}").content.decode()


def structured(text):
    return json.loads(re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.+?)</script>', text)[1])


# ---------------------------------------------------------------- for machines


def test_machines_read_what_people_read(client, rated):
    found = structured(page(client, rated))

    assert (found["@type"], found["name"], found["productID"]) == ("Product", "Khăn lụa sen", "sp-thu")
    assert found["award"] == "OCOP 3 sao"
    assert found["url"] == f"{HERE}/san-pham/sp-thu/"
    assert found["image"] == f"{HERE}/san-pham/sp-thu/anh/1280/"
    assert found["manufacturer"]["url"] == f"{HERE}/chu-the/ct-thu/gioi-thieu/"
    assert found["hasCertification"]["expires"] == "2027-10-01"
    assert "0226" not in page(client, rated)


def test_stars_that_ran_out_are_no_award(client, rated):
    Rating.objects.update(revoked_on=dt.date(2024, 10, 10))

    assert not {"award", "hasCertification"} & set(structured(page(client, rated)))


def test_a_name_cannot_end_the_script(client, rated):
    rated.name = "</script><img src=x onerror=alert(1)> & <!--"
    rated.save()
    text = page(client, rated)

    assert structured(text)["name"] == rated.name
    assert "<img src=x" not in text
    assert "</" not in as_script({"a": "</script>"})


def test_previews_and_the_one_address(client, rated):
    text = page(client, rated)

    assert '<meta property="og:title" content="Khăn lụa sen">' in text
    assert f'<meta property="og:image" content="{HERE}/san-pham/sp-thu/anh/1280/">' in text
    assert f'<link rel="canonical" href="{HERE}/san-pham/sp-thu/">' in text
    assert f'<link rel="alternate" hreflang="en" href="{HERE}/en/san-pham/sp-thu/">' in text


# ---------------------------------------------------------------- for people


def test_where_it_is_sold_without_what_is_the_producers_own(client, rated):
    facts = {"contract": "HĐ-KÍN", "note": "ghi chú kín"}
    shop = SalesChannelFactory(
        entity=rated.entity, kind="e_commerce", partner="Sàn Thử", link="https://san.vi-du.vn/1", **facts
    )
    over = SalesChannelFactory(entity=rated.entity, partner="Chợ cũ", until=dt.date(2024, 9, 1))
    other = SalesChannelFactory(entity=rated.entity, partner="Quầy khác")
    CarriedFactory(channel=shop, product=rated)
    CarriedFactory(channel=over, product=rated, until=dt.date(2024, 9, 1))
    CarriedFactory(channel=other, product=ProductFactory(entity=rated.entity))
    text = page(client, rated)

    assert '<a href="https://san.vi-du.vn/1" rel="noopener noreferrer nofollow">Sàn Thử</a>' in text
    assert not [word for word in ("Chợ cũ", "Quầy khác", "HĐ-KÍN", "ghi chú kín") if word in text]


def test_the_map_marks_the_district_and_not_the_house(client, rated):
    text = page(client, rated)

    assert text.count("is-here") == 1
    assert "105.91" not in text


def test_village_producer_and_set_are_named(client, rated):
    text = page(client, rated)

    assert reverse("entities:village", args=["lang-thu"]) in text
    assert reverse("entities:producer_public", args=["ct-thu"]) in text
    assert "Vải, may mặc" in text


def test_the_catalogue_is_narrowed_to_village_and_producer(client, rated, commune):
    RatingFactory(product=ProductFactory(entity=EntityFactory(area=commune)))
    for query in ({"lang": "lang-thu"}, {"chuthe": "ct-thu"}):
        rows = CatalogueFilter(query).narrow(Product.objects.public().for_list())
        assert [row.code for row in rows] == ["sp-thu"]
    text = client.get(reverse("products:catalogue"), {"chuthe": "ct-thu"}).content.decode()
    assert f"Chỉ sản phẩm của {rated.entity.name}." in text
    assert client.get(reverse("products:catalogue"), {"chuthe": "' or 1"}).status_code == 200


# ---------------------------------------------------------------- photos


def test_a_photo_is_offered_in_widths_and_made_once(client, rated):
    assert 'srcset="/san-pham/sp-thu/anh/320/ 320w, /san-pham/sp-thu/anh/640/ 640w' in page(client, rated)

    address = reverse("products:photo_width", args=["sp-thu", 320])
    pictures = [Image.open(io.BytesIO(client.get(address).getvalue())) for _ in range(2)]
    assert {(picture.format, picture.width) for picture in pictures} == {("WEBP", 320)}
    assert "max-age=86400" in client.get(address)["Cache-Control"]
    assert sum(name.endswith("-320.webp") for name in default_storage.listdir(FOLDER)[1]) >= 1


def test_a_photo_made_twice_at_once_is_kept_once(rated, monkeypatch):
    name = narrowed(rated.photo, 640)
    before = len(default_storage.listdir(FOLDER)[1])
    monkeypatch.setattr(rated.photo.storage, "exists", lambda name: False)

    assert narrowed(rated.photo, 640) == name
    assert len(default_storage.listdir(FOLDER)[1]) == before


@pytest.mark.parametrize("width", [0, 321, 99_999_999])
def test_other_widths_are_not_made(client, rated, width):
    assert client.get(reverse("products:photo_width", args=["sp-thu", width])).status_code == 404


def test_the_photo_of_a_hidden_product_is_hidden_in_every_width(client, hidden):
    hidden.photo.save("a.jpg", ContentFile(camera().read()))

    assert client.get(reverse("products:photo_width", args=["sp-kin", 320])).status_code == 404


def test_what_is_no_picture_is_shown_as_it_is(client, rated):
    rated.photo.save("b.jpg", ContentFile(b"jpeg"))

    assert client.get(reverse("products:photo_width", args=["sp-thu", 320])).getvalue() == b"jpeg"


# ---------------------------------------------------------------- chosen products


def test_up_to_four_are_compared_in_the_order_chosen(client, rated, hidden, commune):
    more = [ProductFactory(code=f"sp-{n}", entity=EntityFactory(area=commune)) for n in range(4)]
    for row in more:
        RatingFactory(product=row)
    codes = ["sp-3", "sp-thu", "sp-kin", "khong-co", "sp-3", "sp-0", "sp-1", "sp-2"]
    text = client.get(reverse("products:compare"), {"ma": codes}).content.decode()

    shown = re.findall(r'<a href="/san-pham/([^/]+)/">', text.partition("<tbody>")[0].partition("<thead>")[2])
    assert shown == ["sp-3", "sp-thu", "sp-0", "sp-1"]
    assert "Chỉ so sánh được 4 sản phẩm" in text
    assert "Chưa công nhận" not in text


def test_comparing_asks_the_same_number_of_questions_for_one_and_for_four(
    client, rated, django_assert_num_queries
):
    for codes in (["sp-thu"], ["sp-thu", "sp-1", "sp-2", "sp-3"]):
        for code in codes[1:]:
            RatingFactory(product=ProductFactory(code=code, entity=rated.entity))
        with django_assert_num_queries(3):
            client.get(reverse("products:compare"), {"ma": codes})


@pytest.mark.parametrize("name", ["compare", "labels", "labels_paper"])
@pytest.mark.parametrize("codes", [[], ["a" * 10_000], ["'\"<>&"], ["x"] * 1_500])
def test_anything_chosen_is_answered(client, law, name, codes):
    assert client.get(reverse(f"products:{name}"), {"ma": codes}).status_code == 200


def test_nothing_chosen_says_how_to_choose(client, law):
    for name in ("compare", "labels"):
        assert "Chưa chọn sản phẩm nào" in client.get(reverse(f"products:{name}")).content.decode()


def test_labels_lead_to_the_register(client, rated, hidden, commune):
    plain = ProductFactory(code="sp-la", entity=EntityFactory(area=commune))
    RatingFactory(product=plain)
    query = {"ma": ["sp-thu", "sp-la", "sp-kin"]}
    html = client.get(reverse("products:labels"), query).content.decode()
    certificate = rated.ratings.get().certificate
    addresses = {f"{HERE}{certificate.get_absolute_url()}", f"{HERE}/san-pham/sp-la/"}

    assert all(f"Mã QR dẫn tới {address}" in html for address in addresses)
    assert "Chưa công nhận" not in html
    paper = client.get(reverse("products:labels_paper"), query)
    picture = pypdfium2.PdfDocument(paper.content)[0].render(scale=3).to_pil()
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == addresses


def test_a_name_is_no_markup_of_a_paper(client, rated):
    rated.name = '#panic() $x$ *a* ] "b" \\'
    rated.save()

    assert client.get(reverse("products:labels_paper"), {"ma": "sp-thu"}).content.startswith(b"%PDF")


# ---------------------------------------------------------------- search engines


def addresses(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    return [found.text for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_leads_to_public_pages_in_both_languages(client, rated, hidden):
    parts = [address.removeprefix(HERE) for address in addresses(client, "/sitemap.xml")]
    found = [address for part in parts for address in addresses(client, part)]

    assert f"{HERE}/san-pham/sp-thu/" in found
    assert f"{HERE}/en/chu-the/ct-thu/gioi-thieu/" in found
    assert not [address for address in found if "sp-kin" in address]
    for address in found:
        assert client.get(address.removeprefix(HERE)).status_code == 200, address


def test_the_sitemap_is_split(client, rated, commune, monkeypatch):
    monkeypatch.setattr("ocop_portal.crawlers.PART", 2)
    for _ in range(4):
        RatingFactory(product=ProductFactory(entity=EntityFactory(area=commune)))

    assert sum("san-pham" in address for address in addresses(client, "/sitemap.xml")) == 3
    assert len(addresses(client, "/sitemap-san-pham-3.xml")) == 2  # one product, two languages
    for path in (
        "/sitemap-san-pham-4.xml",
        "/sitemap-san-pham-0.xml",
        "/sitemap-la-1.xml",
        f"/sitemap-trang-{10**9}.xml",
    ):
        assert client.get(path).status_code == 404


def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {HERE}/sitemap.xml" in text
    assert "Disallow: /api/" in text
