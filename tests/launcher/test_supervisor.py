"""What stops is started again; what keeps stopping ends everything, with its last words."""

import os
import time

import pytest

from launcher.processes import Program
from launcher.report import Failure
from launcher.supervisor import Supervisor


@pytest.fixture
def program(tmp_path):
    """Makes a started program out of a shell line, and ends it."""
    made = []

    def make(line):
        made.append(Program("thu", "Thử", ["sh", "-c", line], dict(os.environ), tmp_path, tmp_path))
        made[-1].start()
        return made[-1]

    yield make
    for each in made:
        each.kill()


def look_until(supervisor, condition, limit=10.0):
    """Let the supervisor look until something holds."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        supervisor.look()
        time.sleep(0.01)


def test_a_stopped_program_is_started_again_after_a_pause(program, capsys):
    thing = program("exec sleep 60")
    supervisor = Supervisor([thing], pause=0.05)
    supervisor.look()
    first = thing.process.pid
    os.kill(first, 9)

    look_until(supervisor, lambda: thing.running and thing.process.pid != first)

    said = capsys.readouterr().out
    assert "Thử đã dừng (mã -9), sẽ khởi động lại sau 0.05 giây" in said
    assert "Thử: đã khởi động lại" in said


def test_a_program_that_keeps_stopping_ends_everything_with_its_last_words(program):
    supervisor = Supervisor([program("echo không có cấu hình; exit 2")], pause=0.001)

    with pytest.raises(Failure, match="Thử dừng 5 lần liên tiếp") as failure:
        look_until(supervisor, lambda: False)

    assert failure.value.what.count("không có cấu hình") == 5
    assert "thu.log" in failure.value.todo


def test_the_pause_doubles_and_a_long_life_wipes_the_slate_clean(program, capsys):
    thing = program("exit 1")
    supervisor = Supervisor([thing], pause=0.01)
    look_until(supervisor, lambda: supervisor.failures.get("thu") == 3)
    assert "sau 0.04 giây" in capsys.readouterr().out

    supervisor.quick = 0.0
    look_until(supervisor, lambda: supervisor.failures["thu"] == 1)
