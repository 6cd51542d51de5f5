"""Rated products over time: dated facts that count, yearly returns and their reminder, versions of the story."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from products import permissions, return_works, tasks, tracking
from products.actions import tracking as actions
from products.models import Product, ProductFact, YearlyReturn
from tests.factories.products import IdeaFactory, ProductFactory, RatingFactory
from tests.factories.tracking import ProductFactFactory, ProductStoryFactory, YearlyReturnFactory
from tests.products.test_permissions import allowed
from tests.products.test_views_ideas import picture

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)
FACT = {"kind": "maintained", "day": dt.date(2024, 10, 10), "note": "Kiểm tra đạt."}
FIGURES = {"output": Decimal(1200), "unit": "kg", "revenue": Decimal("350.5"), "workers": 8,
           "channels": ["market"], "state": "producing", "note": ""}  # fmt: skip
KEEPERS = {"producer", "commune_officer", "district_officer"}


@pytest.fixture
def product(entity):
    """A product with three stars since 1 March 2023."""
    return RatingFactory(product__entity=entity, decision__day=dt.date(2023, 3, 1)).product


# ---------------------------------------------------------------- facts


def test_who_may(people, product):
    officers = {"commune_officer", "district_officer", "province_officer", "department_officer"}
    assert allowed(people, permissions.may_record_fact, product) == officers
    assert allowed(people, permissions.may_file_return, product) == KEEPERS
    assert allowed(people, permissions.may_tell_story, product) == officers | {"producer"}
    assert allowed(people, permissions.may_see_tracking) == {
        "producer", "other_producer", "commune_officer", "district_officer", "other_district_officer",
        "province_officer", "department_officer", "manager",
    }  # fmt: skip


def test_a_fact_is_written_corrected_and_struck_out_with_a_trail(
    people, product, django_capture_on_commit_callbacks
):
    by = people["commune_officer"]
    proof = ContentFile(b"%PDF-1.7", name="a.pdf")
    proof.content_type = "application/pdf"
    fact = actions.record_fact(product, by=by, evidence=proof, **FACT)
    actions.correct_fact(fact, by=by, note="Kiểm tra lại, đạt.")
    actions.correct_fact(fact, by=by)
    stored = ProductFact.objects.get().evidence
    with django_capture_on_commit_callbacks(execute=True):
        actions.strike_fact(fact, by=by, note="Ghi nhầm.")

    assert not ProductFact.objects.exists()
    assert not stored.storage.exists(stored.name)
    assert "Ghi nhầm." in Entry.objects.about(product).get().note


def test_a_fact_without_a_file_is_struck_out_too(people, product):
    fact = actions.record_fact(product, by=people["commune_officer"], **FACT)
    actions.strike_fact(fact, by=people["commune_officer"], note="Nhầm.")
    assert not ProductFact.objects.exists()


def test_only_what_happened_to_a_rated_product_counts(people, product):
    by = people["commune_officer"]
    for wrong, sentence in (
        ({"day": dt.date(2024, 10, 16)}, "không được sau hôm nay"),
        ({"day": dt.date(2023, 2, 28)}, "không có hạng sao"),
        ({"kind": "upgraded"}, "Chưa có quyết định hạng cao hơn"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            actions.record_fact(product, by=by, **FACT | wrong)
    RatingFactory(product=product, stars=4, decision__day=dt.date(2024, 9, 1))
    assert actions.record_fact(product, by=by, **FACT | {"kind": "upgraded"}).pk
    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.record_fact(product, by=by, **FACT | {"kind": "upgraded"})


def test_facts_of_a_year_are_countable(product):
    ProductFactFactory(product=product)
    ProductFactFactory(product=product, kind="strengthened")
    ProductFactFactory(product=product, day=dt.date(2023, 12, 31))
    year = dt.date(2024, 1, 1), dt.date(2024, 12, 31)

    assert ProductFact.objects.between(*year).count() == 2
    assert list(Product.objects.followed_up_between(*year)) == [product]
    assert list(Product.objects.followed_up_between(*year, "strengthened")) == [product]
    assert not Product.objects.followed_up_between(*year, "upgraded").exists()


@pytest.mark.parametrize("name", ["producer", "other_district_officer", "manager"])
def test_nobody_else_writes_facts(people, product, name):
    fact = ProductFactFactory(product=product)
    for deed in (
        lambda: actions.record_fact(product, by=people[name], **FACT),
        lambda: actions.correct_fact(fact, by=people[name], note="x"),
        lambda: actions.strike_fact(fact, by=people[name], note="x"),
    ):
        with pytest.raises(PermissionDenied):
            deed()


# ---------------------------------------------------------------- returns


def test_a_return_is_stated_and_stated_again(people, product):
    actions.file_return(product, by=people["producer"], year=2023, **FIGURES)
    actions.file_return(product, by=people["commune_officer"], year=2023, **FIGURES | {"workers": 9})

    row = YearlyReturn.objects.get()
    assert (row.workers, row.returned_by, row.channels_in_words) == (9, people["commune_officer"], "Chợ")
    assert "số lao động: 8 → 9" in Entry.objects.about(product).order_by("-pk").first().note


def test_returns_that_are_not_wanted_are_refused(people, product):
    for year, sentence in ((2024, "không nhận"), (2021, "không nhận"), (2022, "không có hạng sao")):
        with pytest.raises(ValidationError, match=sentence):
            actions.file_return(product, by=people["producer"], year=year, **FIGURES)
    with pytest.raises(PermissionDenied):
        actions.file_return(product, by=people["other_producer"], year=2023, **FIGURES)
    with pytest.raises(ValidationError, match="không được âm"):
        actions.file_return(product, by=people["producer"], year=2023, **FIGURES | {"output": Decimal(-1)})
    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyReturnFactory(product=product, revenue=-1)


def test_who_has_to_return(product, entity):
    ProductFactory(entity=entity)  # never rated
    assert list(Product.objects.due_return(2023)) == [product]
    assert not Product.objects.due_return(2022).exists()


def test_reminders_come_on_their_days(settings):
    assert tracking.reminder_on(TODAY) is None
    assert tracking.reminder_on(dt.date(2024, 1, 4)) is None
    assert tracking.reminder_on(dt.date(2024, 2, 7)) == dt.date(2024, 2, 5)
    assert tracking.reminder_on(dt.date(2024, 2, 25)) == dt.date(2024, 2, 20)
    assert tracking.due_on(2023) == dt.date(2024, 2, 15)
    assert tracking.open_years(TODAY) == [2023, 2022]


def test_the_reminder_is_asked_for_once_and_tells_who_has_not_returned(people, product, entity, settings):
    assert actions.ask_for_returns() is None
    settings.DEMO_DAY = dt.date(2024, 2, 6)
    tasks.ask_for_returns()
    tasks.ask_for_returns()
    job = Job.objects.get()
    assert job.arguments == {"year": 2023}
    done = RatingFactory(product__entity=entity, decision__day=dt.date(2023, 3, 1)).product
    YearlyReturnFactory(product=done)

    return_works.remind(lambda *said: None, year=2023)

    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (people["producer"], "product_return")
    assert notice.url == reverse("products:yearly_return", args=[2023, product.code])


# ---------------------------------------------------------------- stories


def test_versions_are_kept_and_the_newest_is_shown(people, product):
    Product.objects.filter(pk=product.pk).update(description="Bản đầu.")
    product.refresh_from_db()
    by = people["producer"]
    actions.tell_story(product, by=by, text="Bản hai.", photo=ContentFile(b"anh", name="x.jpg"))
    actions.tell_story(product, by=by, text="Bản ba.")
    first = product.stories.get(number=1)
    photo = Product.objects.get(pk=product.pk).photo.name
    actions.restore_story(first, by=by)

    rows = [(row.number, row.text, row.restores) for row in product.stories.all()]
    assert rows == [(4, "Bản đầu.", 1), (3, "Bản ba.", None), (2, "Bản hai.", None), (1, "Bản đầu.", None)]
    assert product.stories.get(number=3).photo.name == photo
    product.refresh_from_db()
    assert (product.description, product.photo.name) == ("Bản đầu.", "")
    assert str(first) == "bản 1"


def test_a_product_without_words_begins_with_its_first_version(people, product):
    actions.tell_story(product, by=people["commune_officer"], text="Bản đầu.")
    assert product.stories.get().number == 1


def test_strangers_tell_no_story(people, product):
    story = ProductStoryFactory(product=product)
    for deed in (
        lambda: actions.tell_story(product, by=people["other_producer"], text="x"),
        lambda: actions.restore_story(story, by=people["manager"]),
    ):
        with pytest.raises(PermissionDenied):
            deed()


# ---------------------------------------------------------------- pages


def test_officers_write_facts_on_pages(client, people, product):
    client.force_login(people["commune_officer"])
    book = reverse("products:product_book", args=[product.code])
    assert "Ghi sự kiện" in client.get(book).content.decode()
    new = reverse("products:product_fact_new", args=[product.code])
    for wrong in ({"kind": "khac"}, {"day": "2030-01-01"}, {"note": "x" * 10_240}, {"day": "9" * 40}):
        assert client.post(new, {**FACT, **wrong}).status_code == 200
    client.post(new, FACT)
    fact = ProductFact.objects.get()
    assert fact.note in client.get(fact.get_absolute_url()).content.decode()
    edit = reverse("products:product_fact_edit", args=[fact.code])
    client.post(edit, FACT | {"note": "Sửa."})
    assert client.post(edit, FACT | {"day": "2030-01-01"}).status_code == 200
    listed = reverse("products:product_facts")
    assert [row.note for row in client.get(listed, {"loai": "maintained"}).context["page"]] == ["Sửa."]
    assert "Sửa." in b"".join(client.get(listed, {"tep": "csv"}).streaming_content).decode()
    assert client.get(reverse("products:product_fact_evidence", args=[fact.code])).status_code == 404
    assert client.get(reverse("products:product_fact_strike", args=[fact.code])).status_code == 200
    client.post(reverse("products:product_fact_strike", args=[fact.code]), {"note": "Nhầm."})
    assert not ProductFact.objects.exists()


def test_a_producer_returns_and_officers_see_who_has(client, people, product):
    client.force_login(people["producer"])
    form = reverse("products:yearly_return", args=[2023, product.code])
    slip = {"state": "producing", "output": "1.200,5", "unit": "kg", "revenue": "350", "workers": "8",
            "channels": ["market"]}  # fmt: skip
    for wrong in ({"revenue": "-1"}, {"output": "9" * 300}, {"output": "NaN"}, {"workers": "9" * 40},
                  {"channels": ["khac-la"]}, {"state": "x"}, {"unit": "x" * 10_240}):  # fmt: skip
        assert client.post(form, slip | wrong).status_code == 200, wrong
    officer = people["district_officer"]
    listed = reverse("products:returns")
    assert "Chưa khai" in client.get(listed).content.decode()
    client.post(form, slip | {"output": "1200,5"})
    assert YearlyReturn.objects.get().output == Decimal("1200.5")
    assert client.get(form.replace("2023", "1999")).status_code == 404
    client.force_login(officer)
    assert "Đã khai 15/10/2024" in client.get(listed).content.decode()
    assert list(client.get(listed, {"khai": "chua-khai"}).context["page"]) == []
    assert list(client.get(listed, {"khai": "da-khai", "nam": "2023"}).context["page"]) == [product]
    assert client.get(listed, {"nam": "9" * 30}).status_code == 200
    csv = b"".join(client.get(listed, {"tep": "csv"}).streaming_content).decode()
    assert "MA_OCOP" in csv
    assert "1200,5" in csv
    assert (
        "Chưa khai" in b"".join(client.get(listed, {"tep": "csv", "nam": "2024"}).streaming_content).decode()
    )
    assert "350" in client.get(reverse("products:product_book", args=[product.code])).content.decode()
    client.force_login(people["manager"])
    assert client.get(form).status_code == 403


def test_the_story_is_written_and_restored_on_pages(client, people, product):
    client.force_login(people["producer"])
    new = reverse("products:story_new", args=[product.code])
    client.post(new, {"text": "Bản một.", "photo": picture()})
    client.post(new, {"text": "Bản hai."})
    assert client.post(new, {"text": "x" * 10_240}).status_code == 200
    page = client.get(reverse("products:stories", args=[product.code])).content.decode()
    assert page.index("Bản hai.") < page.index("Bản một.")
    photo = client.get(reverse("products:story_photo", args=[product.code, 1]))
    assert photo["Content-Type"] == "image/jpeg"
    client.post(reverse("products:story_restoration", args=[product.code, 1]))
    assert Product.objects.get(pk=product.pk).description == "Bản một."
    assert client.get(reverse("products:story_photo", args=[product.code, 10**9])).status_code == 404
    ProductStoryFactory(product=product, number=9)
    assert client.get(reverse("products:story_photo", args=[product.code, 9])).status_code == 404
    client.force_login(people["manager"])
    assert client.get(new).status_code == 302
    assert client.post(new, {"text": "Chữ tôi gõ."}).status_code == 403


def test_a_product_that_officers_were_not_told_of_has_no_book(client, people, entity):
    hidden = ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))
    address = reverse("products:product_book", args=[hidden.code])
    client.force_login(people["district_officer"])
    assert client.get(address).status_code == 404
    client.force_login(people["producer"])
    assert client.get(address).status_code == 200
