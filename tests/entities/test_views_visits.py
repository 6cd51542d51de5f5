"""Pages of support on the spot: two short steps, photos, lists, files."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from entities.actions import visits as actions
from entities.models import AgreedAction, FieldVisit, VisitPhoto
from entities.models import visits as models
from foundation import clock
from tests.entities.photos import photo
from tests.factories.entities import EntityFactory
from tests.factories.support import AgreedActionFactory, FieldVisitFactory, VisitPhotoFactory
from tests.products.test_permissions import EVERYBODY

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


# ---------------------------------------------------------------- photos


def test_t87_photos_lose_place_and_camera_and_names_are_ours(phone, visit):
    url = reverse("entities:visit_photos", args=[visit.code])
    name = "../../../etc/ảnh\u202egpj.exe.jpg"

    phone.post(url, {"photos": [photo("teal", name), photo("navy")], "camera": photo("olive")})

    rows = list(VisitPhoto.objects.all())
    assert len(rows) == 3
    for row in rows:
        kept = Image.open(row.image)
        assert dict(kept.getexif()) == {}
        assert b"May anh bi mat" not in row.image.open("rb").read()
        assert row.image.name.startswith("visitphoto/")
        assert "etc" not in row.image.name


def test_t87_the_photo_of_this_test_has_a_place_before():
    """The control."""
    assert Image.open(photo()).getexif().get_ifd(0x8825)[2] == (20.0, 30.0, 15.0)


def test_the_same_photo_sent_again_is_kept_once(phone, visit):
    url = reverse("entities:visit_photos", args=[visit.code])
    for _ in range(2):
        assert phone.post(url, {"photos": [photo()]}).status_code == 302

    assert visit.photos.count() == 1


def test_too_many_photos_are_refused_in_words(phone, visit, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PHOTOS", 1)
    page = phone.post(
        reverse("entities:visit_photos", args=[visit.code]), {"photos": [photo("red"), photo("blue")]}
    )

    assert "nhiều nhất 1 ảnh" in page.content.decode()
    assert visit.photos.count() == 0


def test_a_file_that_is_no_photo_is_refused_beside_its_field(phone, visit):
    fake = SimpleUploadedFile("a.jpg", b"<script>1</script>", "image/jpeg")
    page = phone.post(reverse("entities:visit_photos", args=[visit.code]), {"photos": [photo(), fake]})

    assert "không phải ảnh" in page.content.decode()
    assert visit.photos.count() == 0


def test_a_photo_is_served_to_those_who_see_the_visit(client, people, visit):
    url = reverse("entities:visit_photo", args=[visit.code, VisitPhotoFactory(visit=visit).code])
    found = {}
    for name in EVERYBODY:
        client.force_login(people[name])
        found[name] = client.get(url).status_code

    assert {name for name, status in found.items() if status == 200} == {
        "producer", "commune_officer", "district_officer", "province_officer", "department_officer", "manager",
    }  # fmt: skip
    assert set(found.values()) == {200, 404}


# ---------------------------------------------------------------- pages


def test_two_short_steps_lead_from_nothing_to_a_visit_held(phone, entity):
    first = {
        "entity": entity.pk,
        "planned_on": "2024-10-15",
        "topics": ["bao-bi-nhan"],
        "purpose": "Xem nhãn",
    }
    response = phone.post(reverse("entities:visit_new"), first)
    visit = FieldVisit.objects.get()
    assert response.url == reverse("entities:visit_record", args=[visit.code])

    second = {
        "held_on": "2024-10-15", "findings": "Nhãn thiếu xuất xứ.", "photos": [photo("red"), photo("blue")],
        "what": "Sửa nhãn", "due_on": "2024-10-30", "next_on": "2024-11-05",
    }  # fmt: skip
    page = phone.post(response.url, second, follow=True).content.decode()

    assert "Nhãn thiếu xuất xứ." in page
    assert "BIÊN BẢN HỖ TRỢ TẠI THỰC ĐỊA" in page
    assert FieldVisit.objects.get(pk=visit.pk).photos.count() == 2


def test_a_refused_result_keeps_what_was_typed_and_the_photos(phone, visit):
    url = reverse("entities:visit_record", args=[visit.code])
    page = phone.post(url, {"held_on": "2024-10-15", "findings": "", "what": "Sửa nhãn", "photos": [photo()]})
    text = page.content.decode()

    assert "Hãy điền mục này" in text
    assert "Hãy ghi hạn của việc này" in text
    assert 'value="Sửa nhãn"' in text
    assert "Đã lưu 1 ảnh" in text
    assert FieldVisit.objects.get().status == "planned"


def test_a_visit_for_later_waits_on_its_page(phone, entity):
    first = {"entity": entity.pk, "planned_on": "2024-11-15", "topics": ["bao-bi-nhan"]}

    response = phone.post(reverse("entities:visit_new"), first)

    assert response.url == FieldVisit.objects.get().get_absolute_url()


def test_the_form_offers_no_producer_of_elsewhere(phone, other_commune):
    foreign = EntityFactory(area=other_commune)
    first = {"entity": foreign.pk, "planned_on": "2024-10-15", "topics": ["bao-bi-nhan"]}

    page = phone.post(reverse("entities:visit_new"), first).content.decode()

    assert "Hãy chọn một mục trong danh sách" in page
    assert not FieldVisit.objects.exists()


def test_dates_and_purpose_change_while_planned(phone, visit):
    phone.post(
        reverse("entities:visit_edit", args=[visit.code]),
        {"planned_on": "2024-11-01", "topics": ["moi-truong"]},
    )

    visit = FieldVisit.objects.get()
    assert (visit.planned_on, visit.topics) == (dt.date(2024, 11, 1), ["moi-truong"])


@pytest.mark.parametrize(
    "name", ["visit_edit", "visit_record", "visit_photos", "visit_cancellation", "action_new"]
)
def test_others_are_led_back_to_the_visit(client, people, visit, name):
    client.force_login(people["district_officer"])

    assert client.post(reverse(f"entities:{name}", args=[visit.code]), {}).url == visit.get_absolute_url()


def test_the_record_of_an_action_is_finished_on_its_page(client, people, visit):
    action = AgreedActionFactory(visit=visit)
    client.force_login(people["producer"])
    url = reverse("entities:action_done", args=[action.code])
    assert client.get(url).status_code == 200

    client.post(url, {"done_on": "2024-10-15", "done_note": "Xong", "evidence": photo()})

    assert AgreedAction.objects.get().done_on == TODAY
    file = client.get(reverse("entities:action_evidence", args=[action.code]))
    assert file["Content-Type"] == "image/jpeg"
    assert client.get(url).status_code == 302


def test_overdue_is_red_in_the_list(phone, visit):
    AgreedActionFactory(visit=visit, due_on=dt.date(2024, 10, 11))

    page = phone.get(reverse("entities:agreed")).content.decode()

    assert 'class="overdue"' in page
    assert "pill-danger" in page


@pytest.mark.parametrize(("word", "count"), [("dang-lam", 2), ("qua-han", 1), ("xong", 1)])
def test_actions_are_narrowed_by_their_state_today(phone, people, visit, word, count):
    AgreedActionFactory(visit=visit, due_on=dt.date(2024, 10, 11))
    AgreedActionFactory(visit=visit)
    AgreedActionFactory(visit=visit, done_on=TODAY, done_by=people["producer"])

    page = phone.get(reverse("entities:agreed"), {"tinh_trang": word}).content.decode()

    assert f"<strong>{count}</strong>" in page


def test_visits_are_narrowed_by_topic_and_words_without_marks(phone, visit, entity, officer):
    FieldVisitFactory(entity=entity, officer=officer, topics=["moi-truong"])
    url = reverse("entities:visits")

    assert "<strong>1</strong>" in phone.get(url, {"noi_dung": "moi-truong"}).content.decode()
    assert "<strong>2</strong>" in phone.get(url, {"q": "hop tac xa thu nghiem"}).content.decode()
    assert "<strong>0</strong>" in phone.get(url, {"q": "khong co"}).content.decode()


@pytest.mark.parametrize("name", ["visits", "agreed"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_exported_as_shown(phone, visit, name, kind):
    AgreedActionFactory(visit=visit)

    response = phone.get(reverse(f"entities:{name}"), {"tep": kind})

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["visits", "agreed"])
def test_lists_cost_the_same_for_one_and_for_many(phone, visit, name, django_assert_max_num_queries):
    AgreedActionFactory.create_batch(12, visit=visit)
    FieldVisitFactory.create_batch(12, entity=visit.entity, officer=visit.officer)
    phone.get(reverse(f"entities:{name}"))

    with django_assert_max_num_queries(7):
        phone.get(reverse(f"entities:{name}"))


def test_the_clock_of_these_tests_is_the_portals():
    assert clock.today() == TODAY
    assert models.SOON.days == 7
