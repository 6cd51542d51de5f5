"""Signing in and out."""

import pytest
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

LOGIN = "/dang-nhap/"


@pytest.fixture
def officer():
    return User.objects.create_user("canbo", "mat-khau-rat-dai", full_name="Cán bộ thử")


def sign_in(client, **typed):
    return client.post(LOGIN, {"username": "canbo", "password": "mat-khau-rat-dai"} | typed)


def test_a_person_signs_in_to_the_desk_with_a_new_session(client, officer):
    client.get(LOGIN)
    before = client.session.session_key

    response = sign_in(client)

    assert response.url == reverse("desk")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "sai"},
        {"username": "khong-co"},
        {"username": "", "password": ""},
        {"username": "x" * 300},
    ],
)
def test_a_wrong_name_or_password_is_answered_alike_and_keeps_the_name(client, officer, typed):
    response = sign_in(client, **typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" in page
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_switched_off_reads_the_same_sentence(client, officer):
    wrong = sign_in(client, password="sai").content.decode()
    User.objects.update(is_active=False)
    off = sign_in(client).content.decode()

    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert sentence in wrong
    assert sentence in off


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/y-tuong/", "/y-tuong/"),
        ("https://example.com/", "/ban-lam-viec/"),
        ("//example.com", "/ban-lam-viec/"),
    ],
)
def test_afterwards_only_addresses_of_this_portal_are_followed(client, officer, wanted, goes_to):
    response = sign_in(client, next=wanted)

    assert response.headers["Location"] in {goes_to, reverse("desk")}
    assert "example.com" not in response.headers["Location"]


def test_signing_out_ends_the_session_and_needs_a_post(client, officer):
    client.force_login(officer)

    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get(reverse("desk")).status_code == 302


def test_demo_people_are_listed_in_demo_mode_only(client, officer, settings):
    User.objects.update(is_demo=True, title="Cán bộ huyện")

    shown = client.get(LOGIN).content.decode()
    settings.DEMO = False
    hidden = client.get(LOGIN).content.decode()

    assert "Cán bộ huyện" in shown
    assert "canbo" not in hidden


def test_a_signed_in_person_who_comes_again_is_led_on(client, officer):
    client.force_login(officer)

    assert client.get(LOGIN).url == reverse("desk")
