"""Sales channels: what counts on a day, who writes them down, what is refused, and what the trail keeps."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from entities import kinds, permissions
from entities.actions import channels as actions
from entities.forms.facts import ChannelForm, EndingForm
from entities.models import Entity, SalesChannel
from foundation.trail.models import Entry
from tests.factories.entities import EntityFactory, SalesChannelFactory
from tests.products.test_permissions import allowed
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
NEW_YEAR, SPRING, AUTUMN = dt.date(2024, 1, 1), dt.date(2024, 4, 1), dt.date(2024, 10, 15)
KEEPERS = {"producer", "commune_officer", "district_officer", "province_officer", "department_officer"}
FACTS = {"kind": "supermarket", "partner": "Siêu thị Thử Nghiệm", "since": SPRING}


def words(record):
    return [entry.note for entry in Entry.objects.about(record).order_by("pk")]


# ------------------------------------------------------------ what counts
def test_supermarkets_convenience_stores_and_floors_are_modern_and_the_source_says_so():
    assert kinds.modern_channels() == ("supermarket", "convenience", "e_commerce")
    assert "919/QĐ-TTg" in kinds.source("channels")


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (dt.date(2023, 12, 31), False),
        (NEW_YEAR, True),
        (dt.date(2024, 6, 30), True),  # the last day counts
        (dt.date(2024, 7, 1), False),
    ],
)
def test_a_producer_is_in_a_modern_channel_from_the_first_day_to_the_end_of_the_last(commune, day, counts):
    channel = SalesChannelFactory(entity__area=commune, until=dt.date(2024, 6, 30))

    assert (channel.entity in Entity.objects.in_modern_channel(day)) is counts


def test_a_market_is_no_modern_channel_and_two_modern_ones_are_one_producer(commune):
    entity = EntityFactory(area=commune)
    SalesChannelFactory(entity=EntityFactory(area=commune), kind="market")
    SalesChannelFactory.create_batch(2, entity=entity)

    assert list(Entity.objects.in_modern_channel(AUTUMN)) == [entity]


# ------------------------------------------------------------ who
def test_who_keeps_the_channels_of_a_producer(people, entity):
    assert allowed(people, permissions.may_keep_channels, entity) == KEEPERS


@pytest.mark.parametrize("name", ["other_producer", "other_district_officer", "manager", "nobody"])
def test_nobody_else_does_any_deed(people, entity, name):
    channel = SalesChannelFactory(entity=entity)

    for deed in (
        lambda: actions.open_channel(entity, by=people[name], **FACTS),
        lambda: actions.correct_channel(channel, by=people[name], note="x"),
        lambda: actions.end_channel(channel, by=people[name], until=AUTUMN, note="x"),
        lambda: actions.strike_channel(channel, by=people[name], note="x"),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert SalesChannel.objects.get().until is None


def test_a_channel_is_seen_by_its_people_and_its_area(people, entity):
    SalesChannelFactory(entity=entity)
    seen = {name for name, user in people.items() if SalesChannel.objects.visible_to(user).exists()}

    assert seen == KEEPERS | {"manager"}


# ------------------------------------------------------------ deeds
def test_a_channel_is_opened_corrected_and_ended_and_the_trail_says_what_changed(people, entity):
    by = people["producer"]
    channel = actions.open_channel(entity, by=by, **FACTS)
    actions.correct_channel(channel, by=by, since=NEW_YEAR, kind="market")
    actions.end_channel(channel, by=by, until=AUTUMN, note="Hết hợp đồng.")

    kept = SalesChannel.objects.get()
    assert (kept.kind, kept.since, kept.until) == ("market", NEW_YEAR, AUTUMN)
    assert words(channel) == [
        "Siêu thị: Siêu thị Thử Nghiệm, từ 01/04/2024",
        "từ ngày: 01/04/2024 → 01/01/2024; loại kênh: Siêu thị → Chợ",
        "Đến hết ngày 15/10/2024. Hết hợp đồng.",
    ]


def test_a_new_file_takes_the_place_of_the_old_one_and_an_unchanged_form_leaves_no_entry(
    people, entity, django_capture_on_commit_callbacks
):
    by, first, second = people["producer"], pdf(), pdf(pages=3)
    channel = actions.open_channel(entity, by=by, evidence=SimpleUploadedFile("a.pdf", first), **FACTS)
    storage, before = channel.evidence.storage, channel.evidence.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.correct_channel(channel, by=by, evidence=SimpleUploadedFile("b.pdf", second))
    actions.correct_channel(channel, by=by, partner=FACTS["partner"])

    assert not storage.exists(before)
    assert SalesChannel.objects.get().evidence.read() == second
    assert words(channel)[1:] == ["thay tệp minh chứng"]


def test_a_wrong_entry_is_struck_out_and_the_producers_trail_keeps_why(people, entity):
    channel = SalesChannelFactory(entity=entity, partner="Chợ khác")
    actions.strike_channel(channel, by=people["commune_officer"], note="Ghi nhầm chủ thể.")

    assert not SalesChannel.objects.exists()
    assert words(entity) == ["Siêu thị: Chợ khác. Ghi nhầm chủ thể."]


def test_a_channel_of_an_invented_producer_is_invented(people, entity):
    Entity.objects.filter(pk=entity.pk).update(is_demo=True)
    entity.refresh_from_db()

    assert actions.open_channel(entity, by=people["producer"], **FACTS).is_demo


def test_the_same_channel_twice_is_refused_in_words(people, entity):
    actions.open_channel(entity, by=people["producer"], **FACTS)

    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.open_channel(entity, by=people["producer"], **FACTS)


def test_an_end_before_the_start_is_refused_by_the_deed_and_by_the_table(people, entity):
    channel = SalesChannelFactory(entity=entity)
    with pytest.raises(ValidationError, match="Ngày kết thúc không được trước"):
        actions.end_channel(channel, by=people["producer"], until=dt.date(2023, 12, 31), note="x")

    with pytest.raises(IntegrityError), transaction.atomic():  # control: without the deed the table refuses
        SalesChannel.objects.update(until=dt.date(2023, 12, 31))


# ------------------------------------------------------------ what people type
def typed(**facts):
    return {"kind": "supermarket", "partner": "Siêu thị A", "since": "2024-04-01", **facts}


def test_a_good_form_is_accepted():
    assert ChannelForm(typed()).is_valid()
    assert ChannelForm(typed(kind="e_commerce", link="https://san.example/cua-hang")).is_valid()


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"until": "2024-03-31"}, "until", "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"since": "31/02/2024"}, "since", "ngày"),
        ({"link": "javascript:alert(1)"}, "link", "không phải một liên kết"),
        ({"link": "file:///etc/passwd"}, "link", "không phải một liên kết"),
        ({"link": "cửa hàng của tôi"}, "link", "không phải một liên kết"),
        ({"kind": "e_commerce"}, "link", "cần liên kết gian hàng"),
        ({"kind": "teleport"}, "kind", "chọn"),
        ({"partner": ""}, "partner", ""),
    ],
)
def test_bad_input_is_refused_beside_its_field(facts, field, said):
    form = ChannelForm(typed(**facts))

    assert not form.is_valid()
    assert said in " ".join(form.errors[field])


def test_evidence_is_judged_by_its_content():
    fake = SimpleUploadedFile("hop-dong.pdf", b"MZ khong phai PDF", "application/pdf")

    assert "evidence" in ChannelForm(typed(), {"evidence": fake}).errors
    good = SimpleUploadedFile("hop-dong.pdf", pdf(), "application/pdf")
    assert ChannelForm(typed(), {"evidence": good}).is_valid()


def test_the_ending_form_knows_when_the_channel_began():
    form = EndingForm({"until": "2024-03-31", "note": "Hết hợp đồng"}, since=SPRING)

    assert "Kênh bắt đầu từ 01/04/2024" in form.errors["until"][0]
