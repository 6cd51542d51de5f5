"""Signing in through another system: only into an account that exists, never past the second factor."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import CODE_PAGE, is_in, text_of
from tests.accounts.oidc import KNOWN, UNKNOWN, UNVERIFIED, free_port, provider

pytestmark = pytest.mark.django_db
START = "/dang-nhap/he-thong/sso/"


@pytest.fixture(scope="module")
def issuer():
    """A server that knows three people."""
    people = {
        KNOWN: {"email": "Chu.The@vi-du.vn", "email_verified": True},
        UNKNOWN: {"email": "la@vi-du.vn", "email_verified": True},
        UNVERIFIED: {"email": "chu.the@vi-du.vn", "email_verified": False},
    }
    with provider(people) as address:
        yield address


def switch_on(settings, address, **more):
    """As the environment variables would."""
    settings.OIDC_NAME = "Cổng đăng nhập tỉnh"
    app = {
        "provider_id": "sso",
        "name": settings.OIDC_NAME,
        "client_id": "cong-ocop",
        "secret": "bi-mat",
        "settings": {"server_url": address, "oauth_pkce_enabled": True, **more},
    }
    settings.SINGLE_SIGN_ON = [app]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def switched_on(settings, issuer):
    """Single sign-on stands."""
    switch_on(settings, issuer)


def consent(client, subject):
    """Go there, say who one is; the address one is sent back to."""
    there = client.get(f"{START}?next=/tai-khoan/").url
    answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return there, f"{back.path}?{back.query}"


def arrive(client, subject):
    """The whole way; the page one ends on."""
    _, back = consent(client, subject)
    return client.get(back, follow=True)


@pytest.mark.usefixtures("switched_on")
def test_a_known_address_signs_in_and_is_led_on(client, producer):
    page = arrive(client, KNOWN)

    assert page.request["PATH_INFO"] == "/tai-khoan/"
    assert is_in(client)
    assert SocialAccount.objects.get().user == producer


@pytest.mark.usefixtures("switched_on")
def test_afterwards_the_person_is_known_whatever_the_address(producer):
    arrive(Client(), KNOWN)
    User.objects.update(email="khac@vi-du.vn")
    arrive(client := Client(), KNOWN)

    assert is_in(client)


@pytest.mark.usefixtures("switched_on")
def test_the_second_factor_still_applies(client, officer):
    User.objects.filter(pk=officer.pk).update(email="chu.the@vi-du.vn")
    page = arrive(client, KNOWN)

    assert page.request["PATH_INFO"] == CODE_PAGE
    assert not is_in(client)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        (UNKNOWN, "Không có tài khoản nào trên cổng có địa chỉ thư la@vi-du.vn"),
        (UNVERIFIED, "chưa xác nhận địa chỉ thư"),
    ],
)
@pytest.mark.usefixtures("switched_on")
def test_who_is_unknown_or_unverified_reads_why_and_no_account_is_made(client, producer, subject, sentence):
    before = User.objects.count()
    page = arrive(client, subject)

    assert sentence in text_of(page)
    assert page.request["PATH_INFO"] == "/dang-nhap/"
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.usefixtures("switched_on")
def test_a_switched_off_account_stays_out(client, producer):
    User.objects.update(is_active=False)
    arrive(client, KNOWN)

    assert not is_in(client)


@pytest.mark.usefixtures("switched_on")
def test_an_account_switched_off_after_it_was_linked_stays_out(producer):
    arrive(Client(), KNOWN)
    User.objects.update(is_active=False)
    arrive(client := Client(), KNOWN)

    assert not is_in(client)


@pytest.mark.usefixtures("switched_on")
def test_who_stops_there_reads_so(client, producer):
    state = parse_qs(urlsplit(client.get(START).url).query)["state"][0]
    page = client.get(f"{START}tra-loi/", {"error": "access_denied", "state": state}, follow=True)

    assert "Bạn đã dừng đăng nhập" in text_of(page)


@pytest.mark.usefixtures("switched_on")
def test_a_state_of_another_browser_or_a_used_one_is_refused(producer):
    first, other = Client(), Client()
    there, back = consent(first, KNOWN)

    assert parse_qs(urlsplit(there).query)["code_challenge_method"] == ["S256"]
    assert "không trả lời hoặc trả lời không hợp lệ" in text_of(other.get(back, follow=True))
    assert not is_in(other)
    first.get(back)
    assert is_in(first)
    first.post("/dang-xuat/")
    first.get(back)
    assert not is_in(first)


def test_a_token_for_another_client_is_refused(client, producer, settings, issuer):
    switch_on(settings, issuer)
    _, back = consent(client, KNOWN)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["client_id"] = "cong-khac"

    assert "trả lời không hợp lệ" in text_of(client.get(back, follow=True))
    assert not is_in(client)


def test_a_token_of_another_issuer_is_refused(client, producer, settings, issuer):
    switch_on(settings, issuer, openid_configuration_overrides={"issuer": "https://xau.vi-du"})

    assert "trả lời không hợp lệ" in text_of(arrive(client, KNOWN))
    assert not is_in(client)


def test_a_system_that_is_away_is_said_calmly(client, settings):
    switch_on(settings, f"http://localhost:{free_port()}")

    assert "đang không trả lời" in text_of(client.get(START, follow=True))


def test_without_settings_there_is_no_button_and_no_page(client, producer):
    assert "he-thong" not in client.get("/dang-nhap/").content.decode()
    assert client.get(START).status_code == 404
    assert client.get(f"{START}tra-loi/").status_code == 404


@pytest.mark.usefixtures("switched_on")
def test_with_settings_there_is_a_button(client):
    assert "Đăng nhập bằng Cổng đăng nhập tỉnh" in text_of(client.get("/dang-nhap/"))


@pytest.mark.usefixtures("switched_on")
def test_control_a_portal_open_for_sign_up_would_make_an_account(client, monkeypatch):
    monkeypatch.setattr("accounts.adapters.SingleSignOnAdapter.pre_social_login", lambda *_: None)
    monkeypatch.setattr("accounts.adapters.SingleSignOnAdapter.is_open_for_signup", lambda *_: True)
    arrive(client, UNKNOWN)

    assert User.objects.filter(email="la@vi-du.vn").exists()
