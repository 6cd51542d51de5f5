"""The bell's page, the settings, the outbox: whose rows are whose, and what each may do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, LetterKind, LetterStatus, MailWish, Notice, NoticeGroup, NoticeKind
from foundation.trail.models import Entry
from tests.factories.accounts import LetterFactory, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(people):
    """A notice of the producer."""
    return NoticeFactory(person=people["producer"], url="/y-tuong/")


def page_of(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


# ---------------------------------------------------------------- the bell


def test_everybody_sees_their_own_notices_and_nobody_elses(client, people, mine):
    assert mine.text in page_of(client, people["producer"], "notices").content.decode()
    for name in ("other_producer", "district_officer", "manager", "administrator"):
        assert mine.text not in page_of(client, people[name], "notices").content.decode()


@pytest.mark.parametrize("name", ["other_producer", "district_officer", "administrator"])
def test_another_persons_notice_is_not_found(client, people, mine, name):
    client.force_login(people[name])

    assert client.post(reverse("accounts:notice_opening", args=[mine.code])).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_opening_marks_as_read_and_leads_there(client, people, mine):
    client.force_login(people["producer"])
    response = client.post(reverse("accounts:notice_opening", args=[mine.code]))

    assert (response.status_code, response["Location"]) == (302, "/y-tuong/")
    assert not Notice.objects.unread().exists()


def test_looking_writes_nothing_and_opening_needs_a_post(client, people, mine):
    page_of(client, people["producer"], "notices")

    assert client.get(reverse("accounts:notice_opening", args=[mine.code])).status_code == 405
    assert Notice.objects.unread().count() == 1


def test_read_all_is_ones_own_only(client, people, mine):
    other = NoticeFactory(person=people["other_producer"])
    client.force_login(people["producer"])
    client.post(reverse("accounts:notices_reading"))

    assert list(Notice.objects.unread()) == [other]


def test_the_bell_shows_how_many_are_unread(client, people, mine):
    bell = '<span class="bell-count">1</span>'
    assert bell in page_of(client, people["producer"], "desk").content.decode()
    mine.read_at = timezone.now()
    mine.save()
    assert "bell-count" not in page_of(client, people["producer"], "desk").content.decode()


def test_the_list_is_narrowed_by_group_and_to_the_unread(client, people, mine):
    case = NoticeFactory(person=people["producer"], kind=NoticeKind.CASE_OPENED, read_at=timezone.now())
    by_group = page_of(client, people["producer"], "notices", nhom=NoticeGroup.EVALUATION)
    unread = page_of(client, people["producer"], "notices", chua_doc="on")

    assert list(by_group.context["page"]) == [case]
    assert list(unread.context["page"]) == [mine]


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_for_one_and_twenty_five(client, people, count, django_assert_num_queries):
    NoticeFactory.create_batch(count, person=people["producer"])
    client.force_login(people["producer"])
    with django_assert_num_queries(6):
        client.get(reverse("notices"))


# ---------------------------------------------------------------- when mail comes


def test_settings_are_kept_and_shown_again(client, people):
    user = people["producer"]
    client.force_login(user)
    chosen = {group.value: MailWish.NONE for group in NoticeGroup} | {"ideas": MailWish.DAILY}
    for _ in range(2):
        assert client.post(reverse("accounts:notice_settings"), chosen).status_code == 302

    assert user.notice_settings.count() == len(NoticeGroup)
    form = client.get(reverse("accounts:notice_settings")).context["form"]
    assert form["ideas"].initial == MailWish.DAILY
    assert form["reports"].initial == MailWish.NONE


def test_an_unknown_wish_is_refused_in_words(client, people):
    client.force_login(people["producer"])
    response = client.post(reverse("accounts:notice_settings"), {"ideas": "mỗi phút"})

    assert response.status_code == 200
    assert not people["producer"].notice_settings.exists()


# ---------------------------------------------------------------- the outbox


@pytest.fixture
def letter(people, commune):
    """A letter to the producer about a record of the commune."""
    return LetterFactory(
        kind=LetterKind.NOTICE, person=people["producer"], area=commune, body="Chỉ dành cho chủ thể.\n"
    )


SEES = {
    "producer": "body",
    "commune_officer": "head",
    "district_officer": "head",
    "province_officer": "head",
    "department_officer": "head",
    "administrator": "body",
    "other_producer": "",
    "other_district_officer": "",
    "manager": "",
    "judge": "",
    "nobody": "",
}


@pytest.mark.parametrize("name", SEES)
def test_who_sees_a_letter_and_who_its_text(client, people, letter, name):
    listed = page_of(client, people[name], "accounts:letters").content.decode()
    alone = page_of(client, people[name], "accounts:letter", letter.code)
    expected = SEES[name]

    assert (letter.subject in listed) is bool(expected)
    assert alone.status_code == (200 if expected else 404)
    assert ("Chỉ dành cho chủ thể." in alone.content.decode()) is (expected == "body")
    assert "Chỉ dành cho chủ thể." not in listed


@pytest.mark.parametrize("kind", [LetterKind.INVITATION, LetterKind.PASSWORD])
def test_a_letter_that_opens_a_door_is_read_by_nobody_else(client, people, letter, kind):
    Letter.objects.update(kind=kind)
    response = page_of(client, people["administrator"], "accounts:letter", letter.code)

    assert response.status_code == 200
    assert "Chỉ dành cho chủ thể." not in response.content.decode()


def test_an_administrator_sends_a_letter_again_that_was_given_up(client, people, letter):
    Letter.objects.update(status=LetterStatus.GIVEN_UP, attempts=8, last_error="Không nối được máy chủ thư.")
    client.force_login(people["administrator"])
    client.post(reverse("accounts:letter_resending", args=[letter.code]))

    letter.refresh_from_db()
    assert (letter.status, letter.attempts, letter.last_error) == (LetterStatus.WAITING, 0, "")
    assert Entry.objects.about(letter).get().by == people["administrator"]


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("district_officer", LetterStatus.GIVEN_UP, 403),
        ("producer", LetterStatus.GIVEN_UP, 403),
        ("other_producer", LetterStatus.GIVEN_UP, 404),
        ("administrator", LetterStatus.WAITING, 403),
        ("administrator", LetterStatus.DROPPED, 403),
    ],
)
def test_nobody_else_and_no_other_letter(client, people, letter, name, status, code):
    Letter.objects.update(status=status)
    client.force_login(people[name])

    assert client.post(reverse("accounts:letter_resending", args=[letter.code])).status_code == code
    assert Letter.objects.get().status == status


@pytest.mark.parametrize(
    ("server", "demo", "sentence"),
    [
        (False, True, "Bản trình diễn không gửi thư ra ngoài."),
        (False, False, "Cổng chưa có máy chủ thư nên thư đang chờ."),
        (True, True, None),
    ],
)
def test_the_outbox_says_where_letters_go(client, people, settings, server, demo, sentence):
    settings.MAIL_SERVER, settings.DEMO = server, demo
    text = page_of(client, people["district_officer"], "accounts:letters").content.decode()

    for known in ("Bản trình diễn không gửi thư ra ngoài.", "Cổng chưa có máy chủ thư nên thư đang chờ."):
        assert (known in text) is (known == sentence)


@pytest.mark.parametrize("count", [1, 25])
def test_the_outbox_costs_the_same_for_one_and_twenty_five(
    client, people, commune, count, django_assert_num_queries
):
    LetterFactory.create_batch(count, person=people["producer"], area=commune)
    client.force_login(people["district_officer"])
    with django_assert_num_queries(6):
        client.get(reverse("accounts:letters"))
