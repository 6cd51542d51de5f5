"""Pages of channels and strengthening: who sees what, what is typed stays, lists export as filtered."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entities.models import SalesChannel, Strengthening
from tests.factories.entities import SalesChannelFactory, StrengtheningFactory
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
LISTS = ["entities:channels", "entities:strengthenings"]
TYPED = {"kind": "supermarket", "partner": "Siêu thị A", "since": "2024-04-01"}


@pytest.fixture
def as_person(client, people):
    def sign_in(name):
        client.force_login(people[name])
        return client

    return sign_in


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_a_producer_writes_a_channel_with_evidence_and_opens_it(as_person, entity):
    client = as_person("producer")
    file = SimpleUploadedFile("hop-dong.pdf", pdf(), "application/pdf")
    answer = client.post(reverse("entities:channel_new", args=[entity.code]), TYPED | {"evidence": file})

    channel = SalesChannel.objects.get()
    assert answer.url == channel.get_absolute_url()
    text = page(client, "entities:channel", channel.code)
    assert "Siêu thị A" in text
    assert "hiện đại" in text
    opened = client.get(reverse("entities:channel_evidence", args=[channel.code]))
    assert opened["Content-Type"] == "application/pdf"


def test_correcting_without_a_file_keeps_the_file(as_person, entity):
    client = as_person("producer")
    file = SimpleUploadedFile("hop-dong.pdf", pdf(), "application/pdf")
    client.post(reverse("entities:channel_new", args=[entity.code]), TYPED | {"evidence": file})
    before = SalesChannel.objects.get()

    client.post(reverse("entities:channel_edit", args=[before.code]), TYPED | {"partner": "Siêu thị B"})

    after = SalesChannel.objects.get()
    assert (after.partner, after.evidence.name) == ("Siêu thị B", before.evidence.name)


def test_a_refused_form_keeps_what_was_typed(as_person, entity):
    text = (
        as_person("producer")
        .post(reverse("entities:channel_new", args=[entity.code]), TYPED | {"until": "2024-03-01"})
        .content.decode()
    )

    assert "Ngày kết thúc không được trước ngày bắt đầu." in text
    assert "Siêu thị A" in text
    assert not SalesChannel.objects.exists()


def test_ending_and_striking_out(as_person, entity):
    channel, wrong = SalesChannelFactory.create_batch(2, entity=entity)
    client = as_person("commune_officer")
    ending = reverse("entities:channel_ending", args=[channel.code])
    assert client.get(ending).status_code == 200
    client.post(ending, {"until": "2024-09-30", "note": "Hết hợp đồng"})
    strike = reverse("entities:channel_strike", args=[wrong.code])
    assert "chưa từng đúng" in client.get(strike).content.decode()
    client.post(strike, {"note": "Ghi nhầm"})

    assert list(SalesChannel.objects.values_list("until", flat=True)) == [dt.date(2024, 9, 30)]


def test_strengthening_is_written_by_an_officer(as_person, entity):
    client = as_person("district_officer")
    new = reverse("entities:strengthening_new", args=[entity.code])
    assert client.get(new).status_code == 200
    client.post(new, {"kind": "packaging", "day": "2024-04-01", "note": "In lại nhãn."})

    fact = Strengthening.objects.get()
    assert "In lại nhãn." in page(client, "entities:strengthening", fact.code)
    client.post(
        reverse("entities:strengthening_edit", args=[fact.code]),
        {"kind": "packaging", "day": "2024-04-02", "note": "In lại nhãn."},
    )
    assert Strengthening.objects.get().day == dt.date(2024, 4, 2)
    client.post(reverse("entities:strengthening_strike", args=[fact.code]), {"note": "Ghi nhầm"})
    assert not Strengthening.objects.exists()


def test_one_producers_page_shows_channels_strengthening_and_only_ones_own_acts(as_person, entity):
    SalesChannelFactory(entity=entity, partner="Siêu thị B", until=dt.date(2024, 5, 1))
    StrengtheningFactory(entity=entity)

    text = page(as_person("producer"), "entities:producer_channels", entity.code)
    assert "Siêu thị B" in text
    assert "đã kết thúc" in text
    assert "Ghi kênh bán hàng" in text
    assert "Ghi việc củng cố" not in text
    assert "Ghi việc củng cố" in page(as_person("commune_officer"), "entities:producer_channels", entity.code)
    assert "Ghi kênh bán hàng" not in page(as_person("manager"), "entities:producer_channels", entity.code)


@pytest.mark.parametrize("name", ["other_producer", "other_district_officer", "judge", "nobody"])
def test_what_is_out_of_sight_is_404(as_person, entity, name):
    channel, fact = SalesChannelFactory(entity=entity), StrengtheningFactory(entity=entity)
    client = as_person(name)

    for route, code in (
        ("producer_channels", entity.code),
        ("channel_new", entity.code),
        ("strengthening_new", entity.code),
        ("channel", channel.code),
        ("channel_edit", channel.code),
        ("channel_ending", channel.code),
        ("channel_strike", channel.code),
        ("channel_evidence", channel.code),
        ("strengthening", fact.code),
        ("strengthening_edit", fact.code),
    ):
        assert client.get(reverse(f"entities:{route}", args=[code])).status_code == 404, route


@pytest.mark.parametrize(
    ("name", "route"), [("manager", "channel_edit"), ("manager", "channel_strike"), ("producer", "x")]
)
def test_what_is_in_sight_and_not_allowed_is_403(as_person, entity, name, route):
    channel, fact = SalesChannelFactory(entity=entity), StrengtheningFactory(entity=entity)
    address = (
        reverse("entities:strengthening_edit", args=[fact.code])
        if route == "x"
        else reverse(f"entities:{route}", args=[channel.code])
    )

    assert as_person(name).get(address).status_code == 403


@pytest.mark.parametrize("route", LISTS)
def test_lists_are_for_officers_managers_and_producers(as_person, route):
    for name, status in (("producer", 200), ("manager", 200), ("department_officer", 200), ("nobody", 403)):
        assert as_person(name).get(reverse(route)).status_code == status


def test_the_list_of_channels_is_filtered_and_exported_as_shown(as_person, entity):
    SalesChannelFactory(entity=entity, partner="Siêu thị Nay")
    SalesChannelFactory(entity=entity, partner="Sàn Cũ", kind="e_commerce", until=dt.date(2024, 5, 1))
    SalesChannelFactory(entity=entity, partner="Chợ Phủ", kind="market")
    client = as_person("manager")

    assert "Sàn Cũ" not in page(client, "entities:channels", tinh_trang="dang")
    assert "Siêu thị Nay" not in page(client, "entities:channels", tinh_trang="het")
    assert "Chợ Phủ" not in page(client, "entities:channels", loai="hien-dai")
    assert "Siêu thị Nay" not in page(client, "entities:channels", q="cho phu")
    address = reverse("entities:channels")
    file = b"".join(client.get(address, {"loai": "market", "tep": "csv"}).streaming_content).decode()
    assert "Chợ Phủ" in file
    assert "Sàn Cũ" not in file


def test_the_list_of_strengthening_is_filtered_by_year_and_kind(as_person, entity):
    StrengtheningFactory(entity=entity, note="Việc năm nay")
    StrengtheningFactory(entity=entity, note="Việc năm trước", day=dt.date(2023, 5, 1), kind="training")
    client = as_person("manager")

    assert "Việc năm trước" not in page(client, "entities:strengthenings", nam="2024")
    assert "Việc năm nay" not in page(client, "entities:strengthenings", loai="training")
    assert client.get(reverse("entities:strengthenings"), {"nam": "99999999999"}).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("route", LISTS)
def test_lists_ask_a_fixed_number_of_queries(as_person, entity, route, count, django_assert_num_queries):
    for number in range(count):
        SalesChannelFactory(entity=entity)
        StrengtheningFactory(entity=entity, day=dt.date(2024, 1, 1) + dt.timedelta(days=number))
    client = as_person("manager")
    client.get(reverse(route))

    with django_assert_num_queries(7 if route == "entities:channels" else 6):
        client.get(reverse(route))


def test_t89_a_formula_in_a_name_leaves_as_text(as_person, entity):
    SalesChannelFactory(entity=entity, partner='=HYPERLINK("http://x")')
    client = as_person("manager")

    csv = b"".join(client.get(reverse("entities:channels"), {"tep": "csv"}).streaming_content).decode()
    assert "'=HYPERLINK" in csv


def test_t90_what_people_type_is_shown_as_text(as_person, entity):
    channel = SalesChannelFactory(entity=entity, partner="<script>alert(1)</script>", note="<b onclick=x>")
    client = as_person("manager")

    for text in (page(client, "entities:channels"), page(client, "entities:channel", channel.code)):
        assert "<script>alert" not in text
        assert "<b onclick" not in text
