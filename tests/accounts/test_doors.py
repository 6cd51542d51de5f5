"""The sign-in form takes nothing from elsewhere and leads nowhere else (T70, T72)."""

import time

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import CODE_PAGE, LOGIN, PASSWORD, code_at, signed_in, text_of, type_in

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- T70


@pytest.fixture
def strict():
    """A browser whose forms are checked as in life."""
    return Client(enforce_csrf_checks=True)


def test_t70_the_sign_in_form_without_its_token_is_refused_with_a_helpful_page(strict, producer):
    response = type_in(strict, producer.username)

    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in text_of(response)


def test_t70_a_foreign_origin_is_refused_even_with_the_token(strict, producer):
    strict.get(LOGIN)
    token = strict.cookies[live.CSRF_COOKIE_NAME].value
    typed = {"username": producer.username, "password": PASSWORD, "csrfmiddlewaretoken": token}

    assert strict.post(LOGIN, typed, HTTP_ORIGIN="https://noi-khac.vi-du").status_code == 403
    assert strict.post(LOGIN, typed, HTTP_ORIGIN="http://testserver").status_code == 302  # the control


# ---------------------------------------------------------------- T72

FOREIGN = [
    "https://xau.vi-du/", "http://xau.vi-du", "//xau.vi-du", "///xau.vi-du", "////xau.vi-du/%2f..", "/\\xau.vi-du",
    "\\\\xau.vi-du", "\\/xau.vi-du", "/\\/xau.vi-du", "https:xau.vi-du", "https:/xau.vi-du", "https:///xau.vi-du",
    "http:\\\\xau.vi-du", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "vbscript:x", "ftp://xau.vi-du/", "file:///etc/passwd", "mailto:a@xau.vi-du", "https://testserver@xau.vi-du/",
    "https://testserver:80@xau.vi-du/", "https://xau.vi-du#@testserver/", "https://xau.vi-du\\@testserver/",
    "https://testserver.xau.vi-du/", "https://xau.vi-du?testserver", "//testserver@xau.vi-du", " //xau.vi-du",
    "\t//xau.vi-du", "\r\n//xau.vi-du", "/\t/xau.vi-du", "/\n/xau.vi-du", "//xau.vi-du\\..\\", "http://[::1]:80@x",
    "http://xau。vi-du", "http://0x7f000001/", "//0/", "https://localhost.xau.vi-du/", "http://localhost:1/x",
    "blob:https://xau.vi-du/1", "\x01https://xau.vi-du", "\x00//xau.vi-du",
]  # fmt: skip


@pytest.mark.parametrize("wanted", FOREIGN)
def test_t72_signing_in_leads_to_no_other_host(client, producer, wanted):
    response = type_in(client, producer.username, next=wanted)

    assert response.headers.get("Location", "/ban-lam-viec/") == "/ban-lam-viec/"


@pytest.mark.parametrize("wanted", FOREIGN)
def test_t72_confirming_again_leads_to_no_other_host(producer, wanted):
    client = signed_in(producer)
    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": wanted})

    assert response.headers.get("Location", "/ban-lam-viec/") == "/ban-lam-viec/"


def test_t72_control_an_address_of_the_portal_is_followed_also_over_the_code(client, producer, officer):
    assert type_in(client, producer.username, next="/y-tuong/?q=a").url == "/y-tuong/?q=a"
    type_in(other := Client(), officer.username, next="/ho-so/")
    assert other.post(CODE_PAGE, {"code": code_at(time.time())}).url == "/ho-so/"


def test_a_signed_in_person_who_comes_again_is_led_on(client, producer):
    client.force_login(producer)

    assert client.get(LOGIN).url == reverse("desk")
