"""Pages of ideas: what people see, and what bad input is answered with."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from products.models import Idea, IdeaStatus
from tests.factories.products import IdeaFactory, textile_set

pytestmark = pytest.mark.django_db


def picture(size=(60, 40)):
    """A real small photo."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return SimpleUploadedFile("anh.png", out.getvalue(), "image/png")


@pytest.fixture
def slip(entity):
    return {
        "name": "Khăn lụa hoa sen",
        "entity": entity.pk,
        "area": entity.area_id,
        "kind": "new",
        "criteria_set": textile_set().pk,
        "description": "Dệt tay bằng tơ tằm.",
    }


@pytest.fixture
def as_producer(client, people):
    client.force_login(people["producer"])
    return client


def test_a_producer_writes_an_idea_with_a_photo(as_producer, slip, people):
    response = as_producer.post(reverse("products:idea_new"), slip | {"photo": picture()}, follow=True)

    idea = Idea.objects.get()
    assert response.redirect_chain[-1][0] == idea.get_absolute_url()
    assert idea.created_by == people["producer"]
    photo = as_producer.get(reverse("products:idea_photo", args=[idea.code]))
    assert photo["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(photo.streaming_content))).size == (60, 40)


def test_a_commune_officer_writes_an_idea_for_a_producer_of_the_commune(client, slip, people):
    client.force_login(people["commune_officer"])

    client.post(reverse("products:idea_new"), slip)

    idea = Idea.objects.get()
    assert idea.created_by == people["commune_officer"]
    client.post(reverse("products:idea_submission", args=[idea.code]))
    assert Idea.objects.get().status == IdeaStatus.SUBMITTED


def test_an_officer_is_offered_no_producer_of_another_district(client, slip, people):
    client.force_login(people["other_district_officer"])

    page = client.post(reverse("products:idea_new"), slip).content.decode()

    assert "Hãy chọn một mục trong danh sách" in page
    assert not Idea.objects.exists()


@pytest.mark.parametrize("name", ["judge", "manager", "nobody"])
def test_who_registers_no_ideas_finds_no_form(client, people, name):
    client.force_login(people[name])

    assert client.get(reverse("products:idea_new")).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Hãy điền mục này"),
        ({"name": "x" * 161}, "Nhiều nhất 160 ký tự"),
        ({"name": "Khăn\x00lụa"}, None),
        ({"kind": "other"}, "Hãy chọn một mục trong danh sách"),
        ({"criteria_set": "999999"}, "Hãy chọn một mục trong danh sách"),
        ({"area": "0"}, "Hãy chọn một mục trong danh sách"),
        ({"description": ""}, "Hãy điền mục này"),
    ],
)
def test_wrong_input_is_answered_in_words_and_keeps_what_was_typed(as_producer, slip, change, sentence):
    response = as_producer.post(
        reverse("products:idea_new"), slip | change | {"description": "Đã gõ rồi."} | change
    )

    if sentence is None:
        assert response.status_code in {302, 400}
        return
    page = response.content.decode()
    assert response.status_code == 200
    assert not Idea.objects.exists()
    assert "error-summary" in page
    assert sentence in page
    if "description" not in change:
        assert "Đã gõ rồi." in page


def test_a_file_that_is_no_photo_is_refused_in_words(as_producer, slip):
    fake = SimpleUploadedFile("anh.png", b"<script>alert(1)</script>", "image/png")

    response = as_producer.post(reverse("products:idea_new"), slip | {"photo": fake})

    assert "không phải ảnh" in response.content.decode()
    assert not Idea.objects.exists()


def test_another_producers_entity_cannot_be_named(as_producer, slip, people):
    foreign = people["other_producer"].memberships.get().entity

    as_producer.post(reverse("products:idea_new"), slip | {"entity": foreign.pk, "area": foreign.area_id})

    assert not Idea.objects.exists()


def test_fields_that_are_not_on_the_slip_are_ignored(as_producer, slip):
    extra = {
        "status": "accepted",
        "code": "yt-x",
        "is_demo": "on",
        "created_by": "1",
        "submitted_on": "2020-01-01",
    }

    as_producer.post(reverse("products:idea_new"), slip | extra)

    idea = Idea.objects.get()
    assert (idea.status, idea.code, idea.is_demo, idea.submitted_on) == ("draft", "yt-2024-0001", False, None)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("producer", 200),
        ("other_producer", 404),
        ("commune_officer", 200),
        ("district_officer", 200),
        ("other_district_officer", 404),
        ("province_officer", 200),
        ("manager", 200),
        ("judge", 404),
        ("nobody", 404),
    ],
)
def test_who_reads_a_sent_idea(client, people, entity, person, status):
    idea = IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")
    client.force_login(people[person])

    assert client.get(idea.get_absolute_url()).status_code == status


def test_a_draft_is_seen_by_its_own_people_only(client, people, entity):
    idea = IdeaFactory(entity=entity)
    client.force_login(people["district_officer"])

    assert client.get(idea.get_absolute_url()).status_code == 404


def test_strangers_are_asked_to_sign_in(client, entity):
    idea = IdeaFactory(entity=entity)

    response = client.get(idea.get_absolute_url())

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_district_returns_with_reasons_and_the_producer_reads_them(client, people, entity):
    idea = IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")
    client.force_login(people["district_officer"])

    empty = client.post(reverse("products:idea_return", args=[idea.code]), {"note": " "})
    client.post(reverse("products:idea_return", args=[idea.code]), {"note": "Bổ sung ảnh."})
    client.force_login(people["producer"])

    assert "Hãy điền mục này" in empty.content.decode()
    assert "Bổ sung ảnh." in client.get(idea.get_absolute_url()).content.decode()


def test_a_deed_out_of_turn_is_refused_in_words(client, people, entity):
    idea = IdeaFactory(entity=entity, status=IdeaStatus.ACCEPTED, submitted_on="2024-10-15")
    client.force_login(people["district_officer"])

    response = client.post(reverse("products:idea_acceptance", args=[idea.code]))

    assert response.status_code == 403
    assert Idea.objects.get().status == IdeaStatus.ACCEPTED


def test_deeds_answer_only_post(client, people, entity):
    idea = IdeaFactory(entity=entity)
    client.force_login(people["producer"])

    assert client.get(reverse("products:idea_submission", args=[idea.code])).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_twelve(
    client, people, entity, count, django_assert_num_queries
):
    IdeaFactory.create_batch(count, entity=entity)
    client.force_login(people["producer"])
    client.get(reverse("products:ideas"))

    with django_assert_num_queries(6):
        client.get(reverse("products:ideas"))


def test_the_list_is_searched_and_filtered(client, people, entity):
    IdeaFactory(entity=entity, name="Khăn lụa")
    IdeaFactory(entity=entity, name="Nón lá")
    client.force_login(people["producer"])

    found = client.get(reverse("products:ideas"), {"q": "nón"}).content.decode()
    none = client.get(reverse("products:ideas"), {"trang_thai": "accepted"}).content.decode()

    assert "Nón lá" in found
    assert "Khăn lụa" not in found
    assert "Nón lá" not in none


def test_words_typed_into_an_idea_that_was_sent_meanwhile_come_back_to_be_copied(
    as_producer, slip, people, entity
):
    idea = IdeaFactory(entity=entity, created_by=people["producer"])
    as_producer.post(reverse("products:idea_submission", args=[idea.code]))
    edit = reverse("products:idea_edit", args=[idea.code])

    refused = as_producer.post(edit, slip | {"description": "Một buổi chiều viết lại"})
    led_back = as_producer.get(edit, follow=True)

    assert refused.status_code == 403
    assert "Chưa có gì thay đổi" in refused.content.decode()
    assert "Một buổi chiều viết lại" in refused.content.decode()
    assert led_back.redirect_chain == [(idea.get_absolute_url(), 302)]
    assert "không mở để bạn sửa" in led_back.content.decode()
    assert Idea.objects.get().description != "Một buổi chiều viết lại"
