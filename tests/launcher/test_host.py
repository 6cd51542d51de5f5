"""The machine: fit or not, one launcher per folder, free ports, secrets."""

import os
import socket
import stat

import pytest

from launcher import host
from launcher.report import Failure


def listen(address="127.0.0.1", family=socket.AF_INET):
    """A socket that listens on some port."""
    line = socket.socket(family)
    line.bind((address, 0))
    line.listen()
    return line


def test_a_fit_machine_passes(tmp_path):
    host.check(tmp_path, installed=True)


def test_a_full_disk_is_refused_with_the_amount_needed(tmp_path, monkeypatch):
    monkeypatch.setattr(host.shutil, "disk_usage", lambda _folder: Usage(10**9))

    host.check(tmp_path, installed=True)
    with pytest.raises(Failure, match=r"chỉ còn 1\.0 GB trống, cần 1\.5 GB"):
        host.check(tmp_path, installed=False)


class Usage:
    """What shutil.disk_usage answers, of which only ``free`` is read."""

    def __init__(self, free):
        self.free = free


def test_another_system_is_refused_and_told_about_wsl(tmp_path, monkeypatch):
    monkeypatch.setattr(host.sys, "platform", "win32")

    with pytest.raises(Failure) as refusal:
        host.check(tmp_path, installed=True)

    assert "WSL 2" in refusal.value.todo


def test_a_folder_is_held_by_one_and_then_free_again(tmp_path):
    with host.alone(tmp_path / "run"):
        second = host.alone(tmp_path / "run")
        with pytest.raises(Failure, match=f"tiến trình {os.getpid()}"):
            second.__enter__()
    with host.alone(tmp_path / "run"), host.alone(tmp_path / "test"):
        pass


def test_a_busy_port_is_passed_over():
    with listen() as line:
        busy = line.getsockname()[1]

        assert not host.is_free(busy)
        assert host.free_port(busy) != busy


def test_a_port_busy_on_ipv6_only_counts_as_busy():
    with listen("::1", socket.AF_INET6) as line:
        assert not host.is_free(line.getsockname()[1])


def test_without_ipv6_only_the_other_address_counts(monkeypatch):
    monkeypatch.setattr(host, "LOOPBACKS", ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "2001:db8::1")))
    monkeypatch.setattr(host, "_has_ipv6", lambda: False)

    assert host.is_free(host.free_port())


def test_the_preferred_port_is_taken_when_free():
    port = host.free_port()

    assert host.free_port(port) == port


def test_a_secret_stays_the_same_and_only_its_owner_reads_it(tmp_path):
    first = host.secret(tmp_path, "django")

    assert host.secret(tmp_path, "django") == first
    assert host.secret(tmp_path, "broker") != first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "django.secret").stat().st_mode) == 0o600
