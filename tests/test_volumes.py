"""The alarm of a volume that fills up rings at 80 %, before anything is refused (T30)."""

import shutil
from collections import namedtuple

import pytest

from accounts.models import Notice, NoticeKind, Role
from foundation import clock
from ocop_portal import tasks, volumes
from tests.conftest import person

pytestmark = pytest.mark.django_db
Space = namedtuple("Space", "total used free")


@pytest.fixture
def keeper(settings, tmp_path):
    """An administrator, and one watched folder beside one that is not there."""
    settings.WATCHED_FOLDERS = [str(tmp_path), str(tmp_path / "gone")]
    return person(Role.ADMINISTRATOR)


def filled(monkeypatch, percent):
    """The volume is that full; some of it belongs to nobody, as file systems keep a reserve."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Space(1_100, percent * 10, 1_000 - percent * 10))


@pytest.mark.parametrize(("percent", "rings"), [(79, False), (80, True), (99, True)])
def test_administrators_hear_of_it_from_80_percent(keeper, monkeypatch, percent, rings):
    filled(monkeypatch, percent)

    tasks.watch_volumes()

    found = Notice.objects.filter(person=keeper, kind=NoticeKind.PORTAL_VOLUME)
    assert found.exists() is rings
    assert all(f"{percent} %" in notice.text for notice in found)


def test_once_a_day_however_often_it_is_looked_at(keeper, monkeypatch):
    filled(monkeypatch, 90)

    tasks.watch_volumes()
    Notice.objects.update(read_at=clock.now())
    tasks.watch_volumes()

    notice = Notice.objects.get(person=keeper)
    assert (notice.kind, notice.read_at is None) == (NoticeKind.PORTAL_VOLUME, False)  # read stays read


def test_nobody_else_is_told_and_health_says_so(keeper, people, client, monkeypatch):
    filled(monkeypatch, 90)

    tasks.watch_volumes()

    assert set(Notice.objects.values_list("person", flat=True)) == {keeper.pk, people["administrator"].pk}
    assert client.get("/healthz").json()["room"] is False
    filled(monkeypatch, 10)
    assert client.get("/healthz").json()["room"] is True


def test_two_folders_of_one_volume_count_once(settings, tmp_path):
    settings.WATCHED_FOLDERS = [str(tmp_path), str(tmp_path.parent)]

    assert [volume.folder for volume in volumes.measured()] == [tmp_path]
    assert 0 <= volumes.measured()[0].percent <= 100
