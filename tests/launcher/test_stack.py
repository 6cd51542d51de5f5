"""A whole portal, in miniature: it starts, loses its parts, gets them back, and leaves nothing behind."""

import os
import signal
import sys
import time

import psycopg2
import pytest

from launcher.postgres import accepts
from launcher.report import Failure
from launcher.sessions import alive
from launcher.stack import Stack, fresh_database
from tests.launcher.conftest import SMALL
from tests.launcher.test_processes import until

pytestmark = pytest.mark.xdist_group("launcher")


def ask(url, question, *facts):
    """The first column of the answer; nothing for a statement."""
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(question, facts)
        answer = [row[0] for row in cursor] if cursor.description else []
    connection.close()
    return answer


def test_it_is_ready_and_the_web_does_not_know_the_owner(stack):
    assert "DATABASE_OWNER_URL" in stack.told(owner=True)  # a control
    health = stack.health()

    assert (health["web"], health["worker"], health["beat"]) == (True, True, True)
    assert "DATABASE_URL" in health["told"]
    assert "DATABASE_OWNER_URL" not in health["told"]


def test_the_applications_role_owns_nothing_and_makes_nothing(stack):
    roles = "select rolname from pg_roles where rolname = current_user and not (rolsuper or rolcreatedb)"
    assert ask(stack.database_url, roles) == ["portal_app"]
    assert ask(stack.owner_url, "select tableowner from pg_tables where tablename = 'kept'") == [
        "portal_owner"
    ]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(stack.database_url, "create table mine (x int)")


def test_a_killed_worker_leaves_no_child_and_can_be_started_again(stack):
    before = set(alive(stack.data))
    stack.kill("worker")
    until(lambda: len(before - set(alive(stack.data))) == 3)  # it and its two children
    ask(stack.database_url, "delete from life")

    assert not stack.health()["worker"]
    stack.start("worker")
    stack.wait_ready()


def test_without_its_database_the_web_still_answers_and_recovers(stack):
    ask(stack.database_url, "insert into kept values ('trước')")
    stack.stop("postgres")
    assert stack.health() == {"web": True, "database": False}

    stack.start("postgres")
    stack.wait_ready()
    stack.kill("postgres")
    until(lambda: not accepts(stack.servers["postgres"].port))
    stack.start("postgres")
    assert ask(stack.database_url, "select word from kept") == ["trước"]
    stack.wait_ready()


def test_a_killed_broker_remembers_what_was_handed_to_it(stack):
    stack.stop("worker")
    stack.manage("ring")
    time.sleep(1.1)  # the append-only file reaches the disk once a second
    stack.kill("broker")
    stack.start("broker")
    stack.start("worker")

    until(
        lambda: ask(stack.database_url, "select word from kept where word = 'chuông'") == ["chuông"], limit=20
    )


def test_another_portal_may_use_its_database_server(stack, tmp_path):
    addresses = fresh_database(sys.executable, stack.owner_url, stack.database_url)
    with (
        addresses as (owner, app),
        Stack(tmp_path, project=SMALL, database_url=app, owner_url=owner) as second,
    ):
        assert second.health()["beat"]
        assert list(second.servers) == ["broker"]
        assert ask(owner, "select count(*) from kept") == [0]
        assert second.port != stack.port
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        ask(owner, "select 1")


def test_a_refusing_server_is_explained(stack):
    with pytest.raises(Failure, match="password authentication failed"):
        fresh_database(
            sys.executable, stack.owner_url.replace("portal_owner:", "portal_owner:x"), ""
        ).__enter__()


def test_demo_day_and_wishes_reach_the_programs(tmp_path):
    stack = Stack(tmp_path, today="2024-10-15", database_url="a", environment={"LOG_LEVEL": "DEBUG"})

    told = stack.told(owner=True)

    assert (told["PORTAL_DEMO"], told["PORTAL_TODAY"], told["LOG_LEVEL"]) == ("1", "2024-10-15", "DEBUG")
    assert (told["DATABASE_URL"], told["DATABASE_OWNER_URL"]) == ("a", "a")
    assert told["PORTAL_URL"] == stack.url == f"http://localhost:{stack.port}"
    assert "DATABASE_OWNER_URL" not in stack.told()


def test_an_owner_without_a_database_is_refused(tmp_path):
    with pytest.raises(Failure, match="thiếu DATABASE_URL"):
        Stack(tmp_path, owner_url="postgresql://x")


def test_a_failing_preparation_stops_all_and_shows_the_reason(tmp_path):
    stack = Stack(tmp_path, project=SMALL, durable=False, environment={"SMALL_REFUSES": "thiếu bảng vùng"})

    with pytest.raises(Failure, match="prepare không thành công") as failure:
        stack.__enter__()

    assert "thiếu bảng vùng" in failure.value.what
    until(lambda: not alive(tmp_path))


def test_a_program_that_stops_while_starting_is_shown(tmp_path):
    stack = Stack(tmp_path, project=SMALL, database_url="postgresql://nobody@127.0.0.1:9/none")
    stack.open_servers()
    stack.start_programs()
    try:
        stack.programs["beat"].kill()
        with pytest.raises(Failure, match=r"Đồng hồ hẹn giờ đã dừng \(mã -9\)"):
            stack.wait_ready()
        stack.start("beat")
        with pytest.raises(Failure, match="cổng vẫn chưa sẵn sàng"):
            stack.wait_ready(limit=0.2)
    finally:
        stack.close()


def test_spoilt_files_are_named_in_the_message(tmp_path):
    stack = Stack(tmp_path, project=SMALL, durable=False)
    stack.open_servers()
    stack.close()
    (tmp_path / "pg18/global/pg_control").write_bytes(b"")
    with pytest.raises(Failure, match="PostgreSQL không khởi động được") as failure:
        stack.open_servers()
    stack.close()
    assert str(tmp_path / "pg18") in failure.value.todo

    (tmp_path / "broker/appendonlydir/appendonly.aof.manifest").write_text("hỏng")
    stack = Stack(tmp_path, project=SMALL, database_url="postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(Failure, match="Hàng đợi việc không khởi động được"):
        stack.open_servers()
    stack.close()


def test_after_a_kill_of_everything_the_next_start_clears_up(tmp_path):
    first = Stack(tmp_path, project=SMALL, durable=False)
    first.open_servers()
    first.prepare()
    first.start_programs()
    first.wait_ready()
    ask(first.database_url, "insert into kept values ('còn')")
    for name in ("web", "worker", "beat"):  # only the heads: their children become orphans
        os.kill(first.pid(name), signal.SIGKILL)

    second = Stack(tmp_path, project=SMALL, durable=False)
    second.open_servers()
    assert ask(second.database_url, "select word from kept") == ["còn"]
    second.close()
    for program in first.programs.values():
        program.process.wait(10)
    assert not alive(tmp_path)


def test_data_of_another_major_version_is_left_alone(tmp_path, capsys):
    (tmp_path / "pg15").mkdir()
    stack = Stack(tmp_path, project=SMALL, durable=False, broker_url="redis://127.0.0.1:9")
    stack.open_servers()
    stack.close()

    assert "pg15 là dữ liệu của bản PostgreSQL khác" in capsys.readouterr().out
    assert (tmp_path / "pg15").is_dir()
