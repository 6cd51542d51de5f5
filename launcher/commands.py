"""What a person types: ``portal.py run``, ``portal.py test``, ``portal.py env``, ``portal.py bench``."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launcher import browser, host, packages
from launcher.processes import tethered
from launcher.report import Failure, say
from launcher.stack import PROJECT, Stack
from launcher.supervisor import Supervisor

USAGE = """Cách dùng:
  python3 portal.py run              dựng và chạy toàn bộ cổng, kèm dữ liệu minh hoạ (Ctrl-C để dừng)
  python3 portal.py test [tham số]   dựng và chạy toàn bộ kiểm thử; tham số được chuyển cho pytest
  python3 portal.py env              chỉ cài môi trường cho người phát triển
  python3 portal.py bench            đo các trang thật so với trang trống

Dữ liệu nằm trong .portal/ cạnh tệp này; xoá thư mục đó để bắt đầu lại từ đầu.
Biến môi trường: DATABASE_URL, DATABASE_OWNER_URL, BROKER_URL, PORT, CHROMIUM, PORTAL_STATE, PORTAL_DEMO,
PORTAL_TODAY, PORTAL_OFFLINE, PORTAL_PG (wheel|path|npm|apt), PORTAL_AS (unshare|setuid); xem .env.example."""
INTERRUPTED = 130
WHOLE_SUITE = ["-n", "2", "--dist", "loadgroup", "--cov", "--cov-report=", "--durations=25"]
COVERAGE_GATES = Path("tools") / "coverage_gates.py"


class Stopped(BaseException):
    """The person, or the system, wants us to stop."""


def main(arguments):
    """Run one command; the exit code of the process."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that knows no Vietnamese is no reason to stop
    commands = {"run": run, "test": test, "env": env, "bench": bench}
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in commands or (rest and name != "test"):
        print(USAGE)
        return 0 if name in ("-h", "--help", "help") else 2
    return carry_out(commands[name], rest)


def carry_out(command, *arguments):
    """Run it until it ends, fails or is to stop; the exit code."""
    try:
        with stoppable():
            return command(*arguments)
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr, flush=True)
        return 1
    except Stopped:
        say("Đã dừng giữa chừng.")
        return INTERRUPTED


@contextlib.contextmanager
def stoppable():
    """Inside, a request to stop raises Stopped, even where the shell had us ignore it."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(*_details):
    """The first request is enough: what follows is the orderly end, which must not be disturbed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


# ---------------------------------------------------------------- what the commands share


def state_folder():
    """Where everything is kept that is not part of the project."""
    return Path(os.environ.get("PORTAL_STATE") or PROJECT / ".portal").resolve()


def ready_packages(state, group, *, servers=True):
    """The environment with this group installed, and the embedded servers unless both are given."""
    state.mkdir(parents=True, exist_ok=True)
    environment = packages.Environment(state / "venv")
    requirements, log = PROJECT / "requirements", state / "pip.log"
    installed = environment.works and packages.is_installed(environment, requirements, group)
    host.check(state, installed=installed)
    packages.ensure(environment, requirements, group, log)
    if servers and not (os.environ.get("DATABASE_URL") and os.environ.get("BROKER_URL")):
        packages.ensure_if_possible(environment, requirements, "embedded", log)
    return environment


def given():
    """The servers and settings the person names, as Stack takes them."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL")
    database, owner, broker = (os.environ.get(name) or None for name in names)
    return {"database_url": database, "owner_url": owner, "broker_url": broker}


# ---------------------------------------------------------------- run


def run(_arguments):
    """Set everything up, start it, say where it is, keep it alive until told to stop."""
    state = state_folder()
    with host.alone(state / "run"):
        environment = ready_packages(state, "run")
        stack = Stack(
            state / "run",
            demo=wants_demo(),
            port=int(os.environ.get("PORT") or 8000),
            python=environment.python,
            project=PROJECT,
            downloads=state,
            **given(),
        )
        try:
            stack.open()
            with contextlib.suppress(Stopped):
                say(f"CỔNG ĐÃ SẴN SÀNG: {stack.url}/   (Ctrl-C: dừng tất cả)")
                introduce_people(stack)
                keep_alive(stack)
            say("Đang dừng…")
        finally:
            stack.close()
        say("Đã dừng.")
    return 0


def wants_demo():
    """The demonstration belongs into our own database, and elsewhere only where the person asks for it."""
    return (os.environ.get("PORTAL_DEMO") or ("0" if os.environ.get("DATABASE_URL") else "1")) == "1"


def introduce_people(stack):
    """In a demonstration, say who may sign in."""
    if stack.demo:
        print(f"\nNgười dùng của bản trình diễn:\n\n{stack.manage('demo_people')}\n", flush=True)


def keep_alive(stack):
    """Start again what stops."""
    supervisor = Supervisor(list(stack.programs.values()))
    while True:
        supervisor.look()
        time.sleep(0.5)


# ---------------------------------------------------------------- test, env and bench


def test(arguments):
    """Set servers and browser up for the tests, run pytest, stop all. Its exit code is ours."""
    state = state_folder()
    with host.alone(state / "test"):
        environment = ready_packages(state, "test")
        # Without fsync a kill of the server loses nothing: the system has what it wrote. A power cut would.
        stack = Stack(
            state / "test",
            durable=False,
            python=environment.python,
            project=PROJECT,
            downloads=state,
            **given(),
        )
        try:
            stack.open_servers()
            chromium = browser.Ladder(environment, state).climb()
            code = pytest(stack, chromium, arguments)
            if code == 0 and not arguments:
                code = coverage_gates(stack)
        finally:
            stack.close()
    say("KIỂM THỬ ĐẠT" if code == 0 else f"KIỂM THỬ KHÔNG ĐẠT (mã {code})")
    return code


def pytest(stack, chromium, arguments):
    """Run pytest over the project; its exit code."""
    told = {
        "DATABASE_URL": stack.owner_url,  # makes the test databases
        "DATABASE_APP_URL": stack.database_url,
        "CHROMIUM": chromium,
        "PORTAL_BIN": str(stack.packages.bin),
        "PORTAL_TODAY": None,
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the tests' thread
    }
    if cluster := stack.servers.get("postgres"):
        told["DATABASE_SUPER_URL"] = cluster.url("postgres")  # tests what stops even an administrator
    kept = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    process = subprocess.Popen(
        tethered([stack.packages.python, "-m", "pytest", *(arguments or WHOLE_SUITE)]),
        cwd=stack.project,
        env=stack.told(owner=True, **told) | kept,
    )
    try:
        return process.wait()
    except Stopped:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        raise
    finally:
        process.kill()
        process.wait()


def coverage_gates(stack):
    """Hold the coverage of the whole suite against its gates; 0 when they hold."""
    return subprocess.run([stack.packages.python, COVERAGE_GATES], cwd=stack.project, check=False).returncode


def env(_arguments):
    """Only install what developers need: `make check`, the tests, the embedded servers."""
    environment = ready_packages(state_folder(), "test")
    say(f"Môi trường sẵn sàng: {environment.folder}")
    return 0


def bench(_arguments):
    """Become the program that measures; it stands outside what is needed to run the portal."""
    os.chdir(PROJECT)
    os.execv(sys.executable, [sys.executable, "-m", "bench.run"])
