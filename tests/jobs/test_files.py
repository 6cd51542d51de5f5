"""Files of works: whole on the disk, or unknown."""

import os

import pytest
from django.core.files.storage import default_storage

from foundation.jobs.files import clear_folder, keep_file

DISK = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture
def disk(settings, tmp_path):
    """A storage in a folder of this machine."""
    settings.STORAGES, settings.MEDIA_ROOT = DISK, tmp_path
    return tmp_path


def test_a_kept_file_is_whole_visible_to_the_group_and_alone(disk):
    name = keep_file("reports/a/b.pdf", b"noi dung")

    assert (disk / name).read_bytes() == b"noi dung"
    assert oct((disk / name).stat().st_mode & 0o777) == "0o640"
    assert os.listdir(disk / "reports/a") == ["b.pdf"]


def test_a_second_file_of_the_same_name_does_not_replace_the_first(disk):
    first, second = keep_file("reports/a/b.pdf", b"1"), keep_file("reports/a/b.pdf", b"2")

    assert first != second
    assert (disk / first).read_bytes() == b"1"


def test_a_write_that_breaks_off_leaves_nothing_under_the_name(disk, monkeypatch):
    def full(handle):
        raise OSError("đầy đĩa")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="đầy đĩa"):
        keep_file("reports/a/b.pdf", b"noi dung")

    assert not (disk / "reports/a/b.pdf").exists()


def test_the_file_reaches_the_disk_before_it_gets_its_name(disk, monkeypatch):
    seen, real = [], os.fsync

    def watch(handle):
        seen.append((disk / "reports/a/b.pdf").exists())
        real(handle)

    monkeypatch.setattr(os, "fsync", watch)
    keep_file("reports/a/b.pdf", b"noi dung")

    assert seen == [False, True]  # first the bytes, then the folder with the new name


def test_what_an_earlier_try_left_is_removed(disk):
    keep_file("reports/a/1/b.pdf", b"1")
    other = keep_file("reports/c/1/b.pdf", b"1")

    clear_folder("reports/a")
    clear_folder("reports/a")

    assert os.listdir(disk / "reports") == ["c"]
    assert (disk / other).exists()


def test_other_storages_keep_files_their_own_way():
    name = keep_file("reports/a/b.pdf", b"noi dung")
    clear_folder("reports/a")

    assert default_storage.open(name).read() == b"noi dung"
