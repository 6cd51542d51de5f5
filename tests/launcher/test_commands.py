"""What a person types, from the first line to the exit code, on a whole installation in miniature."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from launcher import browser, commands, host
from launcher.health import health
from launcher.sessions import alive
from tests.launcher.test_processes import until

pytestmark = pytest.mark.xdist_group("launcher")

READY = "CỔNG ĐÃ SẴN SÀNG: http://localhost:"
SMALL_TEST = """
import os
from pathlib import Path
import psycopg2

def test_what_the_tests_are_told():
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute("create database test_small")
    connection.cursor().execute("drop database test_small")
    connection.close()
    assert "portal_app" in os.environ["DATABASE_APP_URL"]
    assert os.environ["BROKER_URL"].startswith("redis://")
    assert os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] == "true"
    assert (Path(os.environ["PORTAL_BIN"]) / "python").exists()
    assert os.environ["CHROMIUM"] == "/opt/trinh-duyet"
    assert "PORTAL_TODAY" not in os.environ

def test_the_wish_of_the_moment():
    assert os.environ.get("WISH") != "fail"
"""


@pytest.fixture
def portal(installation):
    """Starts portal.py as a person would; ends what is left afterwards."""
    started = []

    def start(*arguments, **told):
        process = subprocess.Popen(
            [sys.executable, "portal.py", *arguments],
            cwd=installation,
            env=os.environ | told,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def here(installation, monkeypatch):
    """The same installation, for commands that run inside the test."""
    monkeypatch.setattr(commands, "PROJECT", installation)
    return installation


def read_until(process, words):
    """Everything it says up to a line with these words."""
    heard = []
    for line in process.stdout:
        heard.append(line)
        if words in line:
            return "".join(heard)
    raise AssertionError("".join(heard))


def test_the_demonstration_from_start_through_a_kill_to_an_orderly_end(portal, installation):
    data = installation / ".portal/run"
    first = portal("run")
    said = read_until(first, READY)
    assert "dữ liệu minh hoạ: 1" in said
    assert "canbo.tinh" in read_until(first, "canbo.tinh")
    assert len(alive(data)) >= 9

    second = portal("run")
    assert "Một lần chạy khác đang dùng" in second.communicate(timeout=20)[0]
    assert second.returncode == 1

    first.kill()  # the launcher alone: everything it started must go by itself
    until(lambda: not alive(data), limit=15)

    third = portal("run")
    read_until(third, READY)
    third.send_signal(signal.SIGTERM)
    assert "Đã dừng." in third.communicate(timeout=40)[0]
    assert third.returncode == 0
    assert alive(data) == {}


def test_run_restarts_what_stops_and_ends_by_a_signal(here, monkeypatch, capsys):
    port = host.free_port()
    monkeypatch.setenv("PORT", str(port))
    data = here / ".portal/run"

    def visit():
        until(lambda: health(port).get("beat"), limit=60)
        beat = int((data / "sessions/beat").read_text().split()[0])
        os.kill(beat, signal.SIGKILL)
        until(lambda: int((data / "sessions/beat").read_text().split()[0]) != beat, limit=60)
        os.kill(os.getpid(), signal.SIGINT)

    visitor = threading.Thread(target=visit)
    visitor.start()
    code = commands.main(["run"])
    visitor.join()

    said = capsys.readouterr().out
    assert code == 0
    assert f"{READY}{port}/" in said
    assert "Đồng hồ hẹn giờ: đã khởi động lại" in said
    assert said.rstrip().endswith("Đã dừng.")


def test_an_interrupted_start_leaves_nothing_and_says_so_by_its_code(portal, installation):
    process = portal("run")
    read_until(process, "Hàng đợi việc (Valkey) sẵn sàng")
    process.send_signal(signal.SIGHUP)

    process.communicate(timeout=40)
    assert process.returncode == commands.INTERRUPTED
    assert alive(installation / ".portal/run") == {}


def test_tests_get_servers_and_browser_and_their_result_is_the_exit_code(here, monkeypatch, capfd):
    (here / "test_small.py").write_text(SMALL_TEST)
    monkeypatch.setattr(browser.Ladder, "climb", lambda _self: "/opt/trinh-duyet")
    monkeypatch.setenv("PORTAL_TODAY", "2020-01-01")

    assert commands.main(["test", "-q", "-p", "no:cacheprovider", "test_small.py"]) == 0
    said = capfd.readouterr().out
    assert "2 passed" in said
    assert "KIỂM THỬ ĐẠT" in said

    monkeypatch.setenv("WISH", "fail")
    assert commands.main(["test", "-q", "-p", "no:cacheprovider", "test_small.py"]) == 1
    assert "KIỂM THỬ KHÔNG ĐẠT (mã 1)" in capfd.readouterr().out
    assert alive(here / ".portal/test") == {}


def test_without_a_browser_the_tests_do_not_run(here, monkeypatch, capfd):
    monkeypatch.setattr(browser.Ladder, "works", lambda _self, _path: False)
    monkeypatch.setenv("PORTAL_OFFLINE", "1")

    assert commands.main(["test"]) == 1

    assert "Không có Chromium" in capfd.readouterr().err


def test_interrupted_tests_have_not_passed(here, monkeypatch):
    monkeypatch.setattr(browser.Ladder, "climb", lambda _self: "")
    ours = os.getpid()
    begun = here / "begun"
    (here / "test_small.py").write_text(
        f"import pathlib, time\ndef test_long():\n    pathlib.Path({str(begun)!r}).touch()\n    time.sleep(60)\n"
    )

    def interrupt():
        until(begun.exists, limit=60)
        os.kill(ours, signal.SIGTERM)

    visitor = threading.Thread(target=interrupt)
    visitor.start()
    began = time.monotonic()
    assert commands.main(["test", "-q", "-p", "no:cacheprovider", "test_small.py"]) == commands.INTERRUPTED
    visitor.join()
    assert time.monotonic() - began < 40


def test_given_servers_are_used_and_get_no_demonstration(monkeypatch):
    assert commands.wants_demo()
    assert set(commands.given().values()) == {None}
    monkeypatch.setenv("DATABASE_URL", "postgresql://a")
    monkeypatch.setenv("BROKER_URL", "redis://b")
    assert not commands.wants_demo()
    assert commands.given() == {
        "database_url": "postgresql://a",
        "owner_url": None,
        "broker_url": "redis://b",
    }
    monkeypatch.setenv("PORTAL_DEMO", "1")
    assert commands.wants_demo()


def test_the_developers_environment_is_made_without_servers(here, capsys):
    assert commands.main(["env"]) == 0

    assert "Môi trường sẵn sàng" in capsys.readouterr().out
    assert not (here / ".portal/run").exists()


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 2), (["chạy"], 2), (["run", "thừa"], 2), (["--help"], 0)]
)
def test_anything_else_is_answered_with_the_usage(arguments, code, capsys):
    assert commands.main(arguments) == code
    assert "python3 portal.py run" in capsys.readouterr().out


def test_an_old_python_is_refused_in_words_it_can_say(installation):
    text = (installation / "portal.py").read_text()
    (installation / "portal.py").write_text(text.replace("(3, 11)", "(99, 0)"))

    command = [sys.executable, "portal.py"]
    refusal = subprocess.run(command, cwd=installation, capture_output=True, text=True, check=False)

    assert refusal.returncode == 1
    assert "cần Python" in refusal.stderr
