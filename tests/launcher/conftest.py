"""A clean environment for the launcher, and the portal in miniature to try it on."""

import shutil
import sys
from pathlib import Path

import pytest

from launcher import identity
from launcher.packages import Environment
from launcher.stack import Stack

PROJECT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).with_name("small")
TOLD = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "DJANGO_SECRET_KEY", "PORT", "CHROMIUM"),
    "TRAIL_SIGNING_KEY",
    *("PORTAL_AS", "PORTAL_DEMO", "PORTAL_OFFLINE", "PORTAL_PG", "PORTAL_STATE", "PORTAL_TODAY"),
)


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch):
    """No wish of the person who runs the tests reaches the launcher under test."""
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    identity.choose.cache_clear()
    yield
    identity.choose.cache_clear()


@pytest.fixture(scope="session")
def environment():
    """The environment these tests run in: it has all packages and the embedded servers."""
    return Environment(Path(sys.executable).parent.parent)


@pytest.fixture
def folder(tmp_path):
    """A folder whose name has spaces and Vietnamese letters."""
    path = tmp_path / "Cổng OCOP thử nghiệm"
    path.mkdir()
    return path


@pytest.fixture
def installation(folder, environment):
    """A whole installation there: launcher, locks, the miniature, a state folder with the packages."""
    no_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "launcher", folder / "launcher", ignore=no_caches)
    shutil.copytree(PROJECT / "requirements", folder / "requirements")
    shutil.copytree(SMALL, folder, dirs_exist_ok=True, ignore=no_caches)
    shutil.copy(PROJECT / "portal.py", folder)
    (folder / ".portal").mkdir()
    (folder / ".portal/venv").symlink_to(environment.folder)
    return folder


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """One running miniature for a module."""
    with Stack(tmp_path_factory.mktemp("portal"), project=SMALL, durable=False) as running:
        yield running
