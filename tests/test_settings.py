"""The portal refuses to start with settings that would open a door or move its clock."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "DJANGO_SECRET_KEY": "only-for-tests-0123456789abcdef0123456789",
    "TRAIL_SIGNING_KEY": "k" * 43,
    "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/c",
    "BROKER_URL": "redis://127.0.0.1:1/0",
}


def start(**changes):
    """Import the settings in a process of their own; its last line."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | GOOD | {name: value for name, value in changes.items() if value is not None}
    for name in [name for name, value in changes.items() if value is None]:
        environment.pop(name, None)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ocop_portal.settings as s; print(s.DEMO, s.DEMO_DAY, s.SESSION_COOKIE_NAME)",
        ],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_good_settings_start_without_demo_and_without_a_set_clock():
    assert start() == "False None sessionid"


def test_the_demo_lives_on_its_day():
    assert start(PORTAL_DEMO="1") == "True 2024-10-15 sessionid"
    assert start(PORTAL_DEMO="1", PORTAL_TODAY="2024-12-31") == "True 2024-12-31 sessionid"


def test_behind_tls_cookies_are_bound_to_the_host():
    assert start(PORTAL_URL="https://ocop.example.vn").endswith("__Host-sessionid")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"PORTAL_TODAY": "2024-12-31"}, "PORTAL_TODAY"),
        ({"DJANGO_SECRET_KEY": "short"}, "32 characters"),
        ({"DJANGO_SECRET_KEY": None}, ".env.example"),
        ({"TRAIL_SIGNING_KEY": "short"}, "32 bytes in base64"),
        ({"TRAIL_SIGNING_KEY": None}, ".env.example"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "sqlite:///x"}, "postgresql://"),
        ({"DATABASE_URL": None}, ".env.example"),
        ({"EMAIL_URL": "http://thu.example.vn"}, "EMAIL_URL"),
    ],
)
def test_bad_settings_refuse_to_start(change, sentence):
    refusal = start(**change)

    assert "ImproperlyConfigured" in refusal
    assert sentence in refusal
