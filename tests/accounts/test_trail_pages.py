"""The trail's pages: for administrators alone, searched, exported, with a mark for what does not fit any more."""

import csv
import datetime as dt
from io import StringIO

import pytest
from django.urls import reverse

from accounts.permissions import may_read_trail
from foundation.trail import origin
from foundation.trail.erasure import erase
from foundation.trail.models import Entry
from foundation.trail.moves import move, write
from products.models import IdeaStatus
from tests.factories.accounts import UserFactory
from tests.factories.products import IdeaFactory
from tests.trail.conftest import link_now, sql, unguarded

pytestmark = pytest.mark.django_db

LIST = "/nhat-ky/"


@pytest.fixture
def admin(client, people):
    """An administrator's browser."""
    client.force_login(people["administrator"])
    return client


@pytest.fixture
def idea(people, commune):
    """An idea with two entries by the district's officer, from an address."""
    record, officer = IdeaFactory(entity__area=commune), people["district_officer"]
    with origin.told(origin.Origin("203.0.113.9", "Firefox 130, Windows")):
        write(record, "Lập ý tưởng", by=officer, note="vì mùa <b>mới</b>")
        move(record, IdeaStatus.SUBMITTED, by=officer, note="lần đầu", submitted_on="2024-10-15")
    link_now()
    return record


def story(record):
    return reverse("accounts:trail_record", args=[record._meta.label_lower, record.pk])


@pytest.mark.parametrize(
    "person",
    [
        *("producer", "commune_officer", "district_officer", "province_officer", "department_officer"),
        *("manager", "judge", "nobody"),
    ],
)
def test_only_administrators_read_the_trail(client, people, idea, person):
    client.force_login(people[person])

    assert not may_read_trail(people[person])
    assert [client.get(url).status_code for url in (LIST, f"{LIST}?tep=csv", story(idea))] == [403] * 3
    assert LIST not in client.get(reverse("desk")).content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in(client, idea):
    assert client.get(LIST).url.startswith("/dang-nhap/")
    assert client.get(story(idea)).url.startswith("/dang-nhap/")


def test_an_administrator_finds_it_on_the_rail(admin):
    assert f'href="{LIST}"' in admin.get(reverse("desk")).content.decode()


def test_the_list_says_who_with_which_role_did_what_from_where(admin, idea, people):
    text = admin.get(LIST).content.decode()

    assert str(people["district_officer"]) in text
    assert "Cán bộ huyện – " in text
    assert "Đang soạn → Chờ huyện xem xét" in text
    assert "203.0.113.9 · Firefox 130, Windows" in text
    assert story(idea) in text


def shown(admin, **query):
    """The acts on the filtered list, oldest first."""
    return [entry.act for entry in reversed(admin.get(LIST, query).context["page"].object_list)]


def test_the_list_is_narrowed_by_person_words_kind_and_days(admin, idea, people):
    other = UserFactory(full_name="Trần Thị Khác", username="khac")
    write(other, "Khoá tài khoản", by=other)
    first, last = "Lập ý tưởng", IdeaStatus.SUBMITTED.label
    today = Entry.objects.first().at.astimezone(dt.timezone(dt.timedelta(hours=7))).date()

    assert shown(admin) == [first, last, "Khoá tài khoản"]
    assert shown(admin, q="LẬP tưởng") == [first]
    assert shown(admin, nguoi="thị khác") == ["Khoá tài khoản"]
    assert shown(admin, nguoi="khac") == ["Khoá tài khoản"]
    assert shown(admin, loai="products.idea") == [first, last]
    assert len(shown(admin, tu=today, den=today)) == 3
    assert shown(admin, tu=today + dt.timedelta(days=1)) == []
    assert shown(admin, den=today - dt.timedelta(days=1)) == []
    assert len(shown(admin, den="9999-12-31")) == 3


@pytest.mark.parametrize("query", [{"loai": "x"}, {"tu": "hôm qua"}, {"trang": "-1"}, {"den": "0000-00-00"}])
def test_nonsense_in_the_address_narrows_nothing(admin, idea, query):
    assert len(shown(admin, **query)) == 2


def test_the_export_holds_what_the_filter_shows(admin, idea):
    text = b"".join(admin.get(LIST, {"tep": "csv", "q": "lập"}).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text), delimiter=";")

    assert (row["Mắt xích"], row["Việc"], row["Số bản ghi"]) == ("1", "Lập ý tưởng", str(idea.pk))
    assert (row["Lý do"], row["Nơi thực hiện"]) == ("vì mùa <b>mới</b>", "203.0.113.9 · Firefox 130, Windows")
    assert row["Dấu"] == bytes(Entry.objects.first().link.hash).hex()
    assert b"".join(admin.get(LIST, {"tep": "xlsx"}).streaming_content).startswith(b"PK")


def test_the_story_of_a_record_shows_number_hash_role_place_and_reason(admin, idea):
    text = admin.get(story(idea)).content.decode()

    link = Entry.objects.about(idea).first().link
    assert link.short_hash in text
    assert "vì mùa &lt;b&gt;mới&lt;/b&gt;" in text
    assert "203.0.113.9" in text
    assert text.count("Nguyên vẹn") == 3  # the whole and its two entries
    assert "Không khớp" not in text


def test_an_altered_entry_is_marked_and_only_that_one(admin, idea):
    with unguarded("trail_entry"):
        sql("update trail_entry set act = 'khác' where act = 'Lập ý tưởng'")

    text = admin.get(story(idea)).content.decode()
    assert "1 mục dưới đây không khớp" in text
    assert (text.count("Không khớp"), text.count("Nguyên vẹn")) == (1, 1)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("trail_detail", "update trail_detail set note = 'khác'"),
        ("trail_detail", "delete from trail_detail"),
        ("trail_link", "update trail_link set hash = sha256('x')"),
        ("trail_link", "update trail_link set previous = sha256(previous)"),
        ("trail_link", "delete from trail_link"),
    ],
)
def test_a_changed_detail_or_link_is_marked(admin, idea, table, change):
    with unguarded(table):
        sql(change)

    assert "2 mục dưới đây không khớp" in admin.get(story(idea)).content.decode()


def test_an_erased_detail_says_when_and_why_and_stays_whole(admin, idea, people):
    erase(Entry.objects.about(idea)[:1], by=people["administrator"], why="Yêu cầu 12/2026")
    link_now()

    text = admin.get(story(idea)).content.decode()
    assert "Đã xoá theo yêu cầu ngày" in text
    assert "Yêu cầu 12/2026" in text
    assert "mùa" not in text
    assert "Không khớp" not in text


@pytest.mark.parametrize(
    "path", ["x/1/", "products/1/", "products.idea.x/1/", "products.idea/0/", "products.none/1/"]
)
def test_a_record_without_a_story_is_not_found(admin, path):
    assert admin.get(f"{LIST}{path}").status_code == 404


@pytest.mark.parametrize("count", [2, 25])
@pytest.mark.parametrize(("name", "queries"), [("list", 6), ("story", 7)])
def test_the_pages_ask_a_fixed_number_of_queries(
    admin, idea, count, name, queries, django_assert_num_queries
):
    url = LIST if name == "list" else story(idea)
    for number in range(count):
        write(idea, f"Việc {number}", by=UserFactory(), note="x")
    link_now()
    admin.get(url)
    with django_assert_num_queries(queries):
        admin.get(url)


def test_a_deed_through_the_browser_tells_from_where(client, people, entity):
    """A true request: its address and browser stand in the entry."""
    record = IdeaFactory(entity=entity)
    client.force_login(people["producer"])
    agent = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"
    client.post(
        reverse("products:idea_withdrawal", args=[record.code]),
        REMOTE_ADDR="198.51.100.7",
        HTTP_USER_AGENT=agent,
    )

    assert Entry.objects.about(record).get().detail.place == "198.51.100.7 · Firefox 130, Windows"
