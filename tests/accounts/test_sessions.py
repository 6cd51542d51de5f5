"""Sessions: their limits, their end, and what a change of the account does to them (T53, T73, T74)."""

import datetime as dt
import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.actions import sessions as deeds
from accounts.backends import PortalBackend
from accounts.browsers import browser_name
from accounts.middleware import sessions as limits_of_sessions
from accounts.models import Assignment, Tries, User
from accounts.tasks import sweep_sign_in
from foundation.trail.models import Entry
from tests.accounts.conftest import PASSWORD, is_in, person_with_password, signed_in, text_of
from tests.factories.accounts import TriesFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 5, 0, 5, tzinfo=dt.UTC)
LIST = "/tai-khoan/phien/"


@pytest.fixture
def clock():
    """A clock that can be put on."""
    with time_machine.travel(NOON) as traveller:
        yield traveller


# ---------------------------------------------------------------- T53


def test_t53_a_role_withdrawn_in_a_live_session_is_gone_at_the_next_request(administrator):
    client = signed_in(administrator, time.time())
    assert client.get("/mat-thiet-bi/").status_code == 200
    Assignment.objects.filter(user=administrator).update(until=dt.date(2024, 10, 14))

    assert client.get("/mat-thiet-bi/").status_code == 404


def test_t53_control_a_role_kept_in_the_session_would_serve_on(administrator, monkeypatch):
    client = signed_in(administrator, time.time())
    kept = PortalBackend().get_user(administrator.pk)
    assert kept.charges
    Assignment.objects.filter(user=administrator).update(until=dt.date(2024, 10, 14))
    monkeypatch.setattr(PortalBackend, "get_user", lambda backend, pk: kept)

    assert client.get("/mat-thiet-bi/").status_code == 200


# ---------------------------------------------------------------- T73


def test_t73_a_disabled_account_is_out_at_the_next_request_in_every_browser(producer):
    browsers = [signed_in(producer), signed_in(producer)]
    User.objects.update(is_active=False)

    assert [is_in(browser) for browser in browsers] == [False, False]


def test_t73_control_a_backend_that_does_not_ask_would_let_them_work_on(producer, monkeypatch):
    client = signed_in(producer)
    User.objects.update(is_active=False)
    monkeypatch.setattr(PortalBackend, "get_user", lambda backend, pk: User.objects.get(pk=pk))

    assert is_in(client)


def test_own_sessions_are_listed_with_device_and_address(producer):
    windows = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/114"}
    signed_in(producer, client=Client(REMOTE_ADDR="203.0.113.7", **windows))
    page = text_of(signed_in(producer).get(LIST))

    assert "Cốc Cốc trên Windows" in page
    assert "203.0.113.7" in page
    assert "phiên này" in page


def test_one_session_is_ended(producer):
    here, elsewhere = signed_in(producer), signed_in(producer)
    row = UserSession.objects.get(session_key=elsewhere.session.session_key)
    here.post(reverse("accounts:session_end", args=[row.pk]))

    assert not is_in(elsewhere)
    assert is_in(here)


def test_the_session_of_another_cannot_be_ended(producer, officer):
    theirs = signed_in(officer, time.time())
    row = UserSession.objects.get(session_key=theirs.session.session_key)

    assert signed_in(producer).post(reverse("accounts:session_end", args=[row.pk])).status_code == 404
    assert is_in(theirs)


def test_all_other_sessions_are_ended(producer):
    here, others = signed_in(producer), [signed_in(producer) for _ in range(3)]
    here.post(reverse("accounts:other_sessions_end"))

    assert is_in(here)
    assert not any(is_in(other) for other in others)
    assert Entry.objects.about(producer).last().note == "3 phiên"


def test_an_administrator_ends_all_sessions_of_a_person(producer, administrator):
    client, admin = signed_in(producer), signed_in(administrator, time.time())
    admin.post(reverse("accounts:end_sessions", args=[producer.username]))

    assert not is_in(client)
    entry = Entry.objects.about(producer).last()
    assert (entry.act, entry.by) == ("Kết thúc mọi phiên đăng nhập", administrator)


@pytest.mark.parametrize("who", ["producer", "district_officer", "manager", "province_officer"])
def test_nobody_else_ends_the_sessions_of_a_person(people, officer, who):
    with pytest.raises(PermissionDenied):
        deeds.end_all_sessions(officer, by=people[who])


def test_ended_sessions_leave_no_row_behind(producer):
    client = signed_in(producer)
    client.post("/dang-xuat/")

    assert not Session.objects.exists()
    assert "phiên này" in text_of(signed_in(producer).get(LIST))


# ---------------------------------------------------------------- T74


@pytest.mark.parametrize(("minutes", "inside"), [(29, True), (31, False)])
def test_t74_an_officer_who_is_silent_for_half_an_hour_signs_in_again(officer, clock, minutes, inside):
    client = signed_in(officer, time.time())
    clock.shift(minutes * 60)

    assert is_in(client) is inside


def test_t74_the_sign_in_page_says_why_and_leads_back(officer, clock):
    client = signed_in(officer, time.time())
    clock.shift(3600)
    answer = client.get("/ho-so/?q=che")

    assert "ly-do=het-gio" in answer.url
    assert "Phiên làm việc đã kết thúc" in text_of(client.get(answer.url))
    assert client.get(answer.url).context["next"] == "/ho-so/?q=che"


def test_t74_what_was_sent_too_late_leads_back_to_the_page_it_came_from(officer, clock):
    client = signed_in(officer, time.time())
    clock.shift(3600)
    own, foreign = "http://testserver/y-tuong/", "http://xau.vi-du/y-tuong/"

    assert "next=%2Fy-tuong%2F&" in client.post("/dang-xuat/", HTTP_REFERER=own).url
    other = signed_in(officer, time.time())
    clock.shift(3600)
    assert "next=%2Fban-lam-viec%2F&" in other.post("/dang-xuat/", HTTP_REFERER=foreign).url


def test_t74_a_draft_saved_before_is_there_after_signing_in_again(people, entity, clock):
    author = people["producer"]
    author.set_password(PASSWORD)
    author.save()
    draft = IdeaFactory(entity=entity, name="Khăn lụa đang viết dở")
    client = signed_in(author)
    clock.shift(8 * 24 * 3600)
    answer = client.get(draft.get_absolute_url())
    page = client.post(answer.url, {"username": author.username, "password": PASSWORD}, follow=True)

    assert "Khăn lụa đang viết dở" in text_of(page)


def test_t74_working_on_keeps_the_session_but_not_beyond_twelve_hours(officer, clock):
    client = signed_in(officer, time.time())
    for _ in range(29):
        clock.shift(25 * 60 - 1)
        if not is_in(client):
            break

    assert 12 * 3600 <= time.time() - NOON.timestamp() < 12.5 * 3600


def test_t74_a_producer_stays_signed_in_for_a_week(producer, clock):
    client = signed_in(producer)
    clock.shift(6 * 24 * 3600)
    assert is_in(client)
    clock.shift(2 * 24 * 3600)
    assert not is_in(client)


def test_t74_control_without_the_limits_the_session_would_go_on(officer, clock, monkeypatch):
    client = signed_in(officer, time.time())
    monkeypatch.setattr(limits_of_sessions, "is_over", lambda held, now: False)
    clock.shift(13 * 3600)

    assert is_in(client)


def test_a_session_without_a_mark_is_over(producer):
    client = Client()
    client.force_login(producer)
    session = client.session
    del session[limits_of_sessions.MARK]
    session.save()

    assert not is_in(client)


def test_a_public_page_stays_open_when_the_session_is_over(producer, clock):
    client = signed_in(producer)
    clock.shift(9 * 24 * 3600)

    assert client.get("/").status_code == 200


def test_last_seen_is_written_once_a_minute_at_most(producer, clock, django_assert_num_queries):
    client = signed_in(producer)
    before = UserSession.objects.get().last_seen_at
    clock.shift(30)
    client.get("/tai-khoan/")
    assert UserSession.objects.get().last_seen_at == before
    clock.shift(40)
    client.get("/tai-khoan/")
    assert UserSession.objects.get().last_seen_at > before


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mozilla/5.0 (iPhone; Safari)", "Safari trên iPhone"),
        ("Firefox/1 Linux", "Firefox trên Linux"),
        ("", "Trình duyệt khác"),
    ],
)
def test_browsers_are_named(text, name):
    assert browser_name(text) == name


def test_the_own_account_page_names_what_there_is(officer):
    person_with_password("khac")
    page = text_of(signed_in(officer, time.time()).get("/tai-khoan/"))

    assert "can.bo@vi-du.vn" in page
    assert "Xác nhận hai lớp : đã bật" in page


def test_what_ran_out_is_forgotten(producer):
    kept = signed_in(producer)
    gone = signed_in(producer).session.session_key
    Session.objects.filter(session_key=gone).update(expire_date="2020-01-01T00:00Z")
    TriesFactory(key="account:old", since=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    TriesFactory(key="account:new")
    with connection.cursor() as cursor:
        cursor.execute("insert into portal_cache values ('old', '', '2020-01-01')")
    sweep_sign_in()

    assert is_in(kept)
    assert not UserSession.objects.filter(session_key=gone).exists()
    assert not Tries.objects.filter(key="account:old").exists()
    assert Tries.objects.filter(key="account:new").exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from portal_cache where expires < now()")
        assert cursor.fetchone() == (0,)


def test_to_others_than_administrators_no_name_exists(producer, officer):
    client = signed_in(officer, time.time())

    assert client.post(reverse("accounts:end_sessions", args=[producer.username])).status_code == 404
    assert client.post(reverse("accounts:end_sessions", args=["khong.co"])).status_code == 404
