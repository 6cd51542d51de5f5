"""English by the address alone; every sentence of the public pages has its English; the file gettext reads is fresh."""

import gettext
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_script_prefix, reverse
from django.utils import translation

from foundation.ui.catalogs import mo_bytes, read_po
from foundation.ui.templatetags.ui import day, number
from ocop_portal.management.commands import messages
from tests.factories.entities import CraftVillageFactory, EntityFactory
from tests.factories.products import CertificateFactory, ProductFactory, RatingFactory
from tests.rights.places import routes
from tests.test_promises import PUBLIC

MARKS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


@pytest.fixture
def shelf(commune):
    maker = EntityFactory(area=commune, code="ct-thu", name="NAME", status="participating")
    village = CraftVillageFactory(area=commune, code="lang-thu", name="NAME", craft="NAME")
    row = ProductFactory(code="sp-thu", name="NAME", entity=maker, village=village)
    return CertificateFactory(rating=RatingFactory(product=row))


PAGES = [
    "/en/", "/en/san-pham/", "/en/san-pham/?q=khong+co", "/en/san-pham/sp-thu/", "/en/san-pham/so-sanh/?ma=sp-thu",
    "/en/san-pham/nhan/?ma=sp-thu", "/en/du-lieu-mo/", "/en/lang-nghe/", "/en/lang-nghe/lang-thu/",
    "/en/chu-the/ct-thu/gioi-thieu/", "/en/giay-chung-nhan/khong-co/", "/en/san-pham/moi.atom",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_english_leads_to_pages_in_english(client, shelf, path):
    response = client.get(path)
    text = response.content.decode()

    assert response.status_code in {200, 404}
    assert response["Content-Language"] == "en"
    if "html" in response["Content-Type"]:
        assert '<html lang="en">' in text
        assert 'href="/en/san-pham/"' in text
        assert 'lang="vi" hreflang="vi">Tiếng Việt</a>' in text
    assert (get_script_prefix(), translation.get_language()) == ("/", "vi")


@pytest.mark.django_db
def test_the_same_page_stays_vietnamese_at_its_own_address(client, shelf):
    client.get("/en/san-pham/")
    text = client.get("/san-pham/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="vi">' in text
    assert "/en/san-pham/sp-thu/" not in text


@pytest.mark.django_db
def test_labels_groups_dates_and_numbers_are_english_and_names_are_not(client, shelf):
    text = client.get("/en/san-pham/sp-thu/").content.decode()

    assert "Handicrafts" in text
    assert "From 1 Oct 2024 to the end of 1 Oct 2027" in text
    assert "Xã Chuyên Ngoại" in text
    with translation.override("en"):
        assert (number("1234.5"), number("-2")) == ("1,234.5", "\u22122")
    assert number("1234.5") == "1.234,5"
    assert day(None) == ""


@pytest.mark.django_db
def test_no_vietnamese_sentence_is_left_in_the_frame_and_the_filters(client, shelf):
    text = client.get("/en/san-pham/").content.decode()
    said = re.findall(r"<(?:label|button|h1|h2|summary)[^>]*>([^<]+)<", text)

    assert said
    assert [words for words in said if MARKS.search(words)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        ("/en/su-kien/?trang=2", "/su-kien/?trang=2"),
        ("/en/dang-nhap/", "/dang-nhap/"),
        ("/en/ban-lam-viec/", "/ban-lam-viec/"),
    ],
)
def test_what_speaks_vietnamese_only_is_found_at_its_own_address(client, law, path, goes_to):
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (302, goes_to)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/en//evil.example/", "/en/http://evil.example/", "/en/en/", "/enx/", "/en/khong-co/"]
)
def test_nothing_leads_away_and_what_is_not_there_is_not_there(client, law, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_form_is_not_sent_through_the_prefix(law):
    assert Client().post("/en/dang-nhap/", {"login": "a"}).status_code == 404


@pytest.mark.django_db
def test_the_prefix_is_gone_also_after_a_failure(client, law, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("products.views.public.render_list", None)

    assert client.get("/en/san-pham/").status_code == 500
    assert reverse("products:catalogue") == "/san-pham/"


def test_only_public_pages_speak_english():
    assert {name for name, view in routes() if getattr(view, "bilingual", False)} <= PUBLIC


def test_every_sentence_has_its_english_and_the_file_is_fresh():
    call_command("messages", "--check")


def test_a_sentence_without_english_and_a_stale_file_are_noticed(monkeypatch, tmp_path):
    texts = read_po(messages.PO)
    assert messages.untranslated({**texts, "Chọn": "", "thừa": "x"}) == (["Chọn"], ["thừa"])

    stale = tmp_path / "django.mo"
    stale.write_bytes(b"")
    monkeypatch.setattr(messages, "MO", stale)
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    call_command("messages")
    assert stale.read_bytes() == messages.mo_bytes(texts)


def test_places_for_words_are_the_same_in_both_languages():
    places = re.compile(r"%\(\w+\)s|</?\w+>")
    wrong = {
        source: said
        for source, said in read_po(messages.PO).items()
        if source and sorted(places.findall(source)) != sorted(places.findall(said))
    }
    assert wrong == {}


def test_what_is_written_is_what_gettext_reads(tmp_path):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    source = f'# x\n{head}msgid "a "\n"b"\nmsgstr "c"\n\nmsgid "d"\nmsgstr ""\n'
    file = tmp_path / "a.po"
    file.write_text(source, encoding="utf-8")
    (tmp_path / "a.mo").write_bytes(mo_bytes(read_po(file)))
    with (tmp_path / "a.mo").open("rb") as made:
        read = gettext.GNUTranslations(made)

    assert (read.gettext("a b"), read.gettext("d")) == ("c", "d")
