"""People at the sign-in page, and people with several roles."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import Role
from tests.conftest import person
from tests.factories.accounts import SECRET, AssignmentFactory, UserFactory

PASSWORD = "mot-cau-that-dai-de-nho"
LOGIN = "/dang-nhap/"
CODE_PAGE = "/dang-nhap/ma/"


def code_at(moment, secret=SECRET):
    """The code that the phone shows at that moment (seconds)."""
    return format_hotp_value(hotp_value(secret, int(moment) // 30))


def person_with_password(username, **facts):
    """A person who can sign in."""
    user = UserFactory(username=username, **facts)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def producer():
    """A producer without a second factor, with an address."""
    user = person_with_password("0912345678", full_name="Chủ thể thử", email="chu.the@vi-du.vn")
    AssignmentFactory(user=user, role=Role.PRODUCER, area=None)
    return user


@pytest.fixture
def officer(commune):
    """A district officer with an authenticator app."""
    user = person_with_password("can.bo", full_name="Cán bộ thử", email="can.bo@vi-du.vn")
    AssignmentFactory(user=user, role=Role.DISTRICT_OFFICER, area=commune.parent)
    return user


@pytest.fixture
def administrator():
    """An administrator with an authenticator app."""
    user = person_with_password("quan.tri", full_name="Quản trị thử")
    AssignmentFactory(user=user, role=Role.ADMINISTRATOR, area=None)
    return user


def type_in(client, username, password=PASSWORD, **more):
    """Name and password."""
    return client.post(LOGIN, {"username": username, "password": password, **more})


def signed_in(user, moment=None, client=None):
    """A browser in which this person has really signed in, with a code where one is asked for."""
    client = client or Client()
    response = type_in(client, user.username)
    if response.url == CODE_PAGE:
        response = client.post(CODE_PAGE, {"code": code_at(moment)})
    assert "_auth_user_id" in client.session, response.content.decode()[:500]
    return client


def is_in(client):
    """This browser is signed in."""
    return client.get("/ban-lam-viec/").status_code == 200


def text_of(response):
    """What a person reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def two_roles(commune, other_commune):
    """An officer of two communes in two districts."""
    user = person(Role.COMMUNE_OFFICER, commune)
    AssignmentFactory(user=user, role=Role.COMMUNE_OFFICER, area=other_commune)
    return user
