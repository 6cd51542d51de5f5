"""Guidance: versions, checklists, sample files, and Markdown that does no harm."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse

from entities import permissions, support_loading
from entities.actions import guides as actions
from entities.models import Guide, GuideSample, GuideTick
from entities.topics import topics
from tests.entities.photos import photo
from tests.factories.entities import MembershipFactory
from tests.factories.support import GuideFactory, GuideSampleFactory
from tests.hostile.test_stored import PAYLOADS, Elements
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
TEXT = {
    "topic": "bao-bi-nhan", "title": "Nhãn", "body": "Ghi đủ.", "checklist": "Có tên\nCó xuất xứ",
    "sources": "NĐ 43", "certainty": "recalled", "change": "",
}  # fmt: skip


@pytest.fixture
def writer(people):
    return people["department_officer"]


@pytest.fixture
def guide(writer):
    return actions.write_guide(by=writer, **TEXT)


def test_who_writes_and_who_ticks(people, entity):
    assert allowed(people, permissions.may_write_guides) == {
        "province_officer", "department_officer", "administrator",
    }  # fmt: skip
    assert allowed(people, permissions.may_tick, entity) == {"producer"}


def test_each_save_is_a_new_version_and_the_old_one_stays_readable(client, people, guide, writer):
    actions.revise_guide(guide, by=writer, **TEXT | {"base": 1, "title": "Nhãn mới", "body": "Ghi thêm."})

    guide = Guide.objects.get()
    assert (guide.title, guide.current.number) == ("Nhãn mới", 2)
    client.force_login(people["producer"])
    assert "Ghi thêm." in client.get(guide.get_absolute_url()).content.decode()
    assert "Ghi đủ." in client.get(reverse("entities:guide_version", args=[guide.code, 1])).content.decode()
    assert "Bản 1: Nhãn" in client.get(reverse("entities:guide_versions", args=[guide.code])).content.decode()


def test_two_who_write_at_once_do_not_overwrite_each_other(client, people, guide, writer):
    actions.revise_guide(guide, by=writer, **TEXT | {"base": 1, "body": "Người đầu."})
    client.force_login(people["administrator"])

    page = client.post(
        reverse("entities:guide_edit", args=[guide.code]), TEXT | {"base": 1, "body": "Người sau gõ."}
    ).content.decode()

    assert "đã lưu bản 2" in page
    assert "Người sau gõ." in page
    assert Guide.objects.get().current.body == "Người đầu."


def test_others_do_not_write(people, guide):
    with pytest.raises(PermissionDenied):
        actions.revise_guide(guide, by=people["district_officer"], **TEXT | {"base": 1})
    with pytest.raises(PermissionDenied):
        actions.write_guide(by=people["producer"], **TEXT)


def test_ticks_belong_to_a_producer_and_outlive_a_version_that_says_the_same(people, entity, guide, writer):
    first, second = guide.items.all()
    actions.tick(entity, by=people["producer"], guide=guide, done_items=[first, second])
    actions.revise_guide(guide, by=writer, **TEXT | {"base": 1, "checklist": "Có xuất xứ\nCó hạn dùng"})

    assert [item.text for item in guide.items.filter(is_current=True)] == ["Có xuất xứ", "Có hạn dùng"]
    assert set(entity.ticks.filter(item__is_current=True).values_list("item", flat=True)) == {second.pk}
    with pytest.raises(PermissionDenied):
        actions.tick(entity, by=people["other_producer"], guide=guide, done_items=[second])


def test_a_producer_ticks_on_the_page_and_takes_it_back(client, people, entity, guide):
    client.force_login(people["producer"])
    url = reverse("entities:guide_ticks", args=[guide.code])
    items = [item.pk for item in guide.items.all()]

    client.post(url, {"chu-the": entity.code, "items": items})
    assert "xong 2 trên 2" in client.get(guide.get_absolute_url()).content.decode()
    client.post(url, {"chu-the": entity.code, "items": items[:1]})
    assert GuideTick.objects.count() == 1


def test_who_acts_for_two_producers_ticks_for_the_named_one(client, people, entity, guide):
    other = MembershipFactory(
        user=people["producer"], entity__area=entity.area, entity__code="thu-hai"
    ).entity
    client.force_login(people["producer"])

    client.post(
        reverse("entities:guide_ticks", args=[guide.code]),
        {"chu-the": "thu-hai", "items": [guide.items.first().pk]},
    )

    assert GuideTick.objects.get().entity == other


def test_an_officer_has_nothing_to_tick(client, people, guide):
    client.force_login(people["commune_officer"])

    assert client.post(reverse("entities:guide_ticks", args=[guide.code]), {}).status_code == 404
    assert "Lưu việc đã làm" not in client.get(guide.get_absolute_url()).content.decode()


def test_sample_files_are_judged_served_and_removed(client, people, guide, writer):
    client.force_login(writer)
    url = reverse("entities:sample_new", args=[guide.code])
    bad = SimpleUploadedFile("a.pdf", b"MZ...", "application/pdf")
    assert "không phải PDF hoặc ảnh" in client.post(url, {"title": "Nhãn mẫu", "file": bad}).content.decode()

    client.post(url, {"title": "Nhãn mẫu", "file": photo()})
    sample = GuideSample.objects.get()
    file = reverse("entities:sample", args=[guide.code, sample.code])
    assert client.get(file)["Content-Type"] == "image/jpeg"
    client.post(reverse("entities:sample_removal", args=[guide.code, sample.code]))
    assert client.get(file).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.remove_sample(GuideSampleFactory(guide=guide), by=people["producer"])


@pytest.mark.parametrize("payload", [*PAYLOADS, "[bấm](javascript:alert(1))", "<script>alert(1)</script>"])
def test_t90_a_hostile_page_is_shown_as_text(client, people, payload):
    guide = GuideFactory(
        text=f"# {payload}\n\n{payload}\n\n- {payload}\n\n[{payload}](https://a.vn '{payload[:20]}')"
    )
    guide.current.sources = payload
    guide.current.save()
    client.force_login(people["producer"])

    page = Elements()
    page.feed(client.get(guide.get_absolute_url()).content.decode().split("<main")[1])

    assert page.foreign == []


def test_the_form_is_linked_to_guidance(client, people):
    client.force_login(people["producer"])

    page = client.get(reverse("products:idea_new")).content.decode()

    assert "/huong-dan/?chu_de=bao-bi-nhan" in page


def test_a_topic_that_the_plan_does_not_list_is_noticed():
    with pytest.raises(KeyError):
        Template('{% load guides %}{% guide "khong-co" %}').render(Context())


def test_the_topics_are_those_of_the_plan():
    assert list(topics()) == [
        "ke-hoach-san-xuat", "bao-bi-nhan", "moi-truong", "an-toan-thuc-pham", "thuong-hieu", "tin-dung",
        "khoa-hoc-cong-nghe", "lien-ket-chuoi", "dao-tao-nghe",
    ]  # fmt: skip


def test_a_text_of_the_files_gives_way_to_an_officers(client, law, writer):
    support_loading.load()
    guide = Guide.objects.get(code="ghi-nhan-hang-hoa")
    actions.revise_guide(guide, by=writer, **TEXT | {"base": 1})

    support_loading.load()

    assert Guide.objects.get(pk=guide.pk).current.body == "Ghi đủ."
    client.force_login(writer)
    page = client.get(
        reverse("entities:guides"), {"chu_de": "moi-truong", "q": "moi truong"}
    ).content.decode()
    assert "<strong>1</strong>" in page


def test_a_changed_file_is_a_new_version_of_a_text_that_nobody_revised(law, monkeypatch):
    support_loading.load()
    told = support_loading.told
    monkeypatch.setattr(
        support_loading, "told", lambda line: told(line) | {"title": f"{line['title']} (mới)"}
    )

    assert support_loading.load()[1].changed == 5
    assert Guide.objects.get(code="dang-ky-nhan-hieu").current.number == 2


def test_a_line_that_is_too_long_is_refused_in_words(client, writer):
    client.force_login(writer)

    page = client.post(reverse("entities:guide_new"), TEXT | {"checklist": "x" * 301}).content.decode()

    assert "nhiều nhất 300 ký tự" in page
    assert not Guide.objects.exists()


def test_a_version_number_is_given_once(guide):
    with pytest.raises(ValidationError):
        actions.revise_guide(guide, by=guide.current.by, **TEXT | {"base": 7})
