"""T133: no default account, no route that seeds or administers, no demonstration outside demo mode."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests.test_promises import VIEWS

SUSPECT = re.compile(
    r"(^|/)(admin|seed|demo|debug|__debug__|test|setup|install|console|shell|phpinfo)(/|$|\.)"
)
SUSPECT_NAMES = re.compile(r"admin:|seed|debug")


def routes(patterns, prefix=""):
    """Every address of the URL table as it is written there."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def open_doors(found):
    """Addresses that would administer, seed or debug."""
    return [route for route in found if SUSPECT.search(route)]


def test_no_address_administers_seeds_or_debugs():
    found = list(routes(get_resolver().url_patterns))

    assert len(found) > 40
    assert open_doors(found) == []
    assert [name for name in VIEWS if SUSPECT_NAMES.search(name)] == []


def test_such_an_address_would_be_noticed():
    doors = ["admin/login/", "seed/", "api/demo/reset/", "san-pham/", "__debug__/x"]

    assert open_doors(doors) == ["admin/login/", "seed/", "api/demo/reset/", "__debug__/x"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/admin/", "/seed/", "/seed-demo/", "/demo/", "/debug/", "/.env", "/.git/config"]
)
def test_such_an_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_new_portal_has_no_account_at_all():
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["seed_demo", "generate"])
def test_outside_demo_mode_nobody_is_invented(settings, command):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command(command, verbosity=0)

    assert not User.objects.exists()


@pytest.mark.usefixtures("law")
def test_in_demo_mode_the_same_command_makes_people(capsys):
    call_command("seed_demo")

    assert User.objects.demo().exists()


@pytest.mark.django_db
def test_outside_demo_mode_the_sign_in_page_lists_nobody_and_no_password(client, settings):
    settings.DEMO, settings.DEMO_DAY = False, None

    page = client.get("/dang-nhap/").content.decode()

    assert "ocop-demo" not in page
    assert "trình diễn" not in page
