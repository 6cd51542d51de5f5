"""T130, T131, T133: what production refuses, how cookies are set there, and which libraries are known bad."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.test_settings import GOOD
from tools import advisories

PRODUCTION = GOOD | {
    "PORTAL_URL": "https://ocop.example.vn",
    "ALLOWED_HOSTS": "ocop.example.vn",
    "DJANGO_SECRET_KEY": "Hk3v-9sQe!x2Lw7zPq0Rt5Yb8Nm4Jd6Fc1Ga_Uo+Iy=Ss?Vv.Zz",
}
LOOK = """
import django; django.setup()
from django.conf import settings as s
print(s.DEBUG, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH,
      s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT,
      s.USE_X_FORWARDED_HOST)
"""


def run(*arguments, **changes):
    """A process with a production environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "ocop_portal.settings"} | changes
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_check_deploy_would_speak_up():
    """The control: without TLS the same check complains."""
    done = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", PORTAL_URL="http://ocop.example.vn"
    )

    assert done.returncode != 0
    assert "security.W" in done.stderr


def test_cookies_are_bound_to_the_host_behind_tls():
    words = run("-c", LOOK).stdout.split()

    assert words == [
        *("False", "__Host-sessionid", "__Host-csrftoken", "True", "True"),
        *("True", "Lax", "None", "/", "True", "True", "True", "False"),
    ]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG"),
        ({"DJANGO_SECRET_KEY": "a" * 60}, "DJANGO_SECRET_KEY"),
        (
            {"DJANGO_SECRET_KEY": "django-insecure-" + "Hk3v9sQex2Lw7zPq0Rt5Yb8Nm4Jd6" * 2},
            "DJANGO_SECRET_KEY",
        ),
        ({"DJANGO_SECRET_KEY": "short"}, "DJANGO_SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ".vn"}, "ALLOWED_HOSTS"),
    ],
)
def test_t130_the_portal_refuses_to_start(change, word):
    done = run("-c", LOOK, **change)

    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert word in done.stderr


def test_t130_the_same_environment_without_the_mistake_starts():
    assert run("-c", LOOK).returncode == 0


def test_t133_seeding_and_the_set_clock_are_refused_outside_a_demonstration():
    assert "PORTAL_DEMO=1" in run("manage.py", "seed_demo").stderr
    assert "PORTAL_TODAY" in run("-c", LOOK, PORTAL_TODAY="2024-10-15").stderr


# ---------------------------------------------------------------- T131

FILE = """
read_on: 2026-01-10
advisories:
  - {package: django, below: "5.2.20", id: CVE-0000-1, says: thử}
  - {package: Pillow, below: "1.0", id: CVE-0000-2, says: thử}
"""
PINNED = "django==5.2.19 \\\n    --hash=sha256:0\npillow==12.0.0\n"


def test_t131_a_known_bad_version_is_named():
    found = advisories.judge(PINNED, FILE, dt.date(2026, 1, 20))

    assert found.bad == ["django 5.2.19: CVE-0000-1 (thử), sửa ở 5.2.20"]
    assert not found.is_old


def test_t131_a_fixed_version_is_not():
    assert advisories.judge(PINNED.replace("5.2.19", "5.2.20"), FILE, dt.date(2026, 1, 20)).bad == []


def test_t131_an_old_list_warns_with_its_age():
    found = advisories.judge(PINNED, FILE, dt.date(2026, 4, 20))

    assert found.is_old
    assert found.age == 100


def test_t131_the_pinned_libraries_are_not_known_bad():
    assert advisories.main() == 0
