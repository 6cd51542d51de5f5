"""Programs the launcher starts: each in its own process group, with a log; none outlives the launcher."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from launcher import sessions

TETHER = Path(__file__).with_name("tether.py")
LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside at the next start
FOREIGN = ("PG", "GRANIAN_", "CELERY_", "PYTHON", "PYTEST_", "COV_", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")


def clean_environment(**changes):
    """The person's environment without what would bend our programs, with changes; None removes a name."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    merged = kept | {"PYTHONUNBUFFERED": "1"} | changes
    return {name: str(value) for name, value in merged.items() if value is not None}


def tethered(command, *, orphan_signal=signal.SIGTERM, user=None):
    """The command line that runs ``command`` and ends it when this process dies."""
    who = "-" if user is None else user
    head = [sys.executable, "-I", "-S", TETHER, int(orphan_signal), os.getpid(), who]
    return [str(word) for word in (*head, *command)]


@dataclass(eq=False)
class Program:
    """One long-running program. It ends with the thread that started it."""

    name: str
    title: str  # what people call it
    command: list
    environment: dict
    folder: Path  # where it runs
    data: Path  # the folder of the stack it belongs to; logs lie in data/logs
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    patience: float = 20.0  # seconds it has to stop by itself
    user: int | None = None
    process: subprocess.Popen | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    swept: bool = field(default=True, init=False)  # nothing of its group is left

    @property
    def log(self):
        return self.data / "logs" / f"{self.name}.log"

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        """Start it (again). What an earlier start left behind in its group is ended first."""
        self.kill()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tethered(self.command, orphan_signal=self.orphan_signal, user=self.user),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=self.environment,
                start_new_session=True,
            )
        self.started = time.monotonic()
        self.swept = False
        sessions.note(self.data, self.name, self.process.pid, self.stop_signal)

    def ask_to_stop(self):
        """Send the stop signal; do not wait."""
        if self.running:
            self.process.send_signal(self.stop_signal)

    def stop(self):
        """Stop it in order, or by force once its patience is over. True when it went by itself."""
        self.ask_to_stop()
        try:
            orderly = self.process is None or self.process.wait(self.patience) is not None
        except subprocess.TimeoutExpired:
            orderly = False
        self.kill()
        return orderly

    def kill(self):
        """End the whole group at once, as a power cut would."""
        if self.swept:  # its number may belong to somebody else by now
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.swept = True

    def tail(self, lines=15):
        """The last lines of its log."""
        return tail(self.log, lines)


def run_and_hear(hear, command, log, **details):
    """Run a command to its end, handing over each line it prints; its errors go to the log. The exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as errors:
        process = subprocess.Popen(
            tethered(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
            **details,
        )
        try:
            with process.stdout:
                for line in process.stdout:
                    hear(line.rstrip("\n"))
            return process.wait()
        finally:
            process.kill()
            process.wait()


def tail(path, lines=15):
    """The last lines of a text file, or nothing when there is no such file."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
