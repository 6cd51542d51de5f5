"""Programs: started in a group of their own, stopped in order or by force, never left behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from launcher import processes
from launcher.processes import Program, clean_environment, run_and_hear, tail, tethered
from launcher.sessions import alive, sweep

STUBBORN = "trap '' TERM; echo started; while :; do sleep 0.1; done"
PARENT = """
import sys, time
from pathlib import Path
from launcher.processes import Program
Program("child", "Con", ["sleep", "60"], {"PATH": "/usr/bin:/bin"}, Path("/"), Path(sys.argv[1])).start()
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture
def program(tmp_path):
    """Makes programs out of a shell line, and ends them."""
    made = []

    def make(line, **details):
        command = ["sh", "-c", line]
        name = f"thu{len(made) or ''}"
        made.append(Program(name, "Thử", command, dict(os.environ), tmp_path, tmp_path, **details))
        return made[-1]

    yield make
    for each in made:
        each.kill()


def until(condition, limit=10.0):
    """Wait until something holds."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_it_starts_writes_its_log_and_stops_by_its_signal(program):
    thing = program("trap 'echo bye; exit 0' INT; echo hello; while :; do sleep 0.05; done", stop_signal=2)
    assert not thing.running
    thing.start()
    until(lambda: "hello" in thing.tail())

    assert thing.running
    assert thing.stop()
    assert thing.tail() == "hello\nbye"
    assert not thing.running


def test_a_stubborn_one_is_ended_by_force_with_its_children(program, tmp_path):
    thing = program(f"sh -c '{STUBBORN.replace(chr(39), chr(34))}' & {STUBBORN}", patience=0.2)
    thing.start()
    until(lambda: thing.tail().count("started") == 2)

    assert not thing.stop()
    until(lambda: not alive(tmp_path))


def test_one_that_never_started_may_be_stopped(program):
    assert program("true").stop()


def test_starting_again_ends_what_is_left_of_the_first(program, tmp_path):
    thing = program("sleep 60 & sleep 60")
    thing.start()
    until(lambda: len(alive(tmp_path)) == 3)
    os.kill(thing.process.pid, signal.SIGKILL)
    until(lambda: not thing.running)

    thing.start()
    until(lambda: len(alive(tmp_path)) == 3)


def test_a_long_log_is_put_aside(program, monkeypatch):
    monkeypatch.setattr(processes, "LOG_LIMIT", 3)
    thing = program("echo new")
    thing.log.parent.mkdir()
    thing.log.write_text("old old old")

    thing.start()
    until(lambda: thing.tail() == "new")

    assert thing.log.with_suffix(".log.1").read_text() == "old old old"


def test_a_command_that_does_not_exist_says_so_in_the_log(tmp_path):
    thing = Program("thu", "Thử", ["/nonexistent"], dict(os.environ), tmp_path, tmp_path)
    thing.start()
    thing.process.wait(10)

    assert "/nonexistent: [Errno 2]" in thing.tail()
    assert not thing.running


def test_a_program_ends_when_its_launcher_is_killed(tmp_path):
    command = [sys.executable, "-c", PARENT, tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "started\n"
        until(lambda: len(alive(tmp_path)) == 1)
        parent.kill()

    until(lambda: not alive(tmp_path))


def test_a_program_whose_launcher_died_too_early_does_not_start(monkeypatch):
    monkeypatch.setattr(os, "getpid", lambda: 1)

    assert subprocess.run(tethered(["true"]), check=False).returncode == 1


def test_what_an_earlier_launcher_left_is_swept_and_nothing_else(program, tmp_path, monkeypatch):
    thing = program("sleep 60")
    thing.start()
    stubborn = program(STUBBORN)
    stubborn.start()
    until(lambda: "started" in stubborn.tail())

    assert sweep(tmp_path / "other", patience=0.1) == 0
    assert sweep(tmp_path, patience=0.3) >= 2
    assert thing.process.wait(5) == -signal.SIGTERM
    assert stubborn.process.wait(5) == -signal.SIGKILL


def test_the_persons_settings_for_python_and_postgresql_stay_outside(monkeypatch):
    for name in ("PGHOST", "PYTHONPATH", "DJANGO_SETTINGS_MODULE", "GRANIAN_PORT"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PROVINCE_NAME", "Hà Nam")

    told = clean_environment(ONE=1, PROVINCE_CODE=None)

    assert told["PROVINCE_NAME"] == "Hà Nam"
    assert told["ONE"] == "1"
    assert not {"PGHOST", "PYTHONPATH", "DJANGO_SETTINGS_MODULE", "GRANIAN_PORT", "PROVINCE_CODE"} & set(told)


def test_lines_are_heard_as_they_come_and_errors_go_to_the_log(tmp_path):
    heard = []
    log = tmp_path / "logs/one.log"

    code = run_and_hear(heard.append, ["sh", "-c", "echo một; echo hai; echo lỗi >&2; exit 3"], log)

    assert (code, heard, log.read_text()) == (3, ["một", "hai"], "lỗi\n")


def test_a_command_is_ended_when_its_listener_fails(tmp_path):
    def refuse(_line):
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_and_hear(refuse, ["sh", "-c", "echo một; exec sleep 60"], tmp_path / "log")

    assert time.monotonic() - began < 10


def test_the_tail_of_a_missing_log_is_empty(tmp_path):
    assert tail(tmp_path / "none") == ""


def test_a_number_given_away_is_not_mistaken_for_ours(program, tmp_path):
    thing = program("sleep 60")
    thing.start()
    note = tmp_path / "sessions/thu"
    pid, born, number = note.read_text().split()
    assert int(pid) in alive(tmp_path)

    note.write_text(f"{pid} {int(born) - 1} {number}")

    assert alive(tmp_path) == {}
