"""The three programs of the portal: worker, beat and web."""

import signal

from launcher.processes import Program

APPLICATION = "ocop_portal"


def of(stack):
    """The programs of a stack, in the order they start; none of them learns the owner's address."""
    return worker(stack), beat(stack), web(stack)


def worker(stack):
    """Carries out jobs, two at a time."""
    options = ["-c", 2, "-l", "INFO", "--without-gossip", "--without-mingle"]
    command = ["celery", "-A", APPLICATION, "worker", *options]
    program = _program(stack, "worker", "Tiến trình làm việc nền", *command)
    program.patience = 35.0  # running jobs may finish
    # When the launcher was killed there is nobody left to end a worker that hangs while stopping. Its jobs are safe:
    # they are acknowledged late, and the job table gives them to the next worker.
    program.orphan_signal = signal.SIGKILL
    return program


def beat(stack):
    """Rings at the hours of the timetable."""
    options = ["-l", "INFO", "-s", stack.data / "beat.db", "--pidfile="]
    return _program(stack, "beat", "Đồng hồ hẹn giờ", "celery", "-A", APPLICATION, "beat", *options)


def web(stack):
    """Answers browsers, on the loopback address only."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", stack.port, "--no-ws"]
    options += ["--workers", 2, "--blocking-threads", 2]
    options += ["--respawn-failed-workers", "--workers-kill-timeout", 5]
    program = _program(stack, "web", "Máy chủ web", "granian", *options, f"{APPLICATION}.wsgi:application")
    program.patience = 10.0  # told to stop while it still starts, it may miss the word
    return program


def _program(stack, name, title, *command):
    return Program(
        name=name,
        title=title,
        command=[stack.packages.python, "-m", *command],
        environment=stack.told(),
        folder=stack.project,
        data=stack.data,
    )
