"""A PostgreSQL server of our own: made once, started, waited for, with its roles and its database."""

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from launcher import host, identity, postgres_sources
from launcher.processes import Program, clean_environment, tethered
from launcher.report import Failure, say

ROLES = Path(__file__).with_name("roles.py")
BUILTIN_LOCALE_SINCE = 17
START_LIMIT = 60.0  # seconds; recovery after a power cut is part of it
PREFERRED_PORT = 25432
DATABASE = "portal"


def server_environment():
    """The environment of the server: no locale of the person's may reach it."""
    kept = clean_environment().items()
    return {name: value for name, value in kept if not name.startswith(("LC_", "LANG"))} | {"LC_ALL": "C"}


class Cluster:
    """A server whose files lie in ``data``. Without ``durable`` it survives a kill, but not a power cut."""

    def __init__(self, data, environment, state, *, durable=True, preferred_port=0):
        self.data = data
        self.environment = environment
        self.server = postgres_sources.find(environment, state)
        self.identity = identity.choose()
        self.home = identity.home(data, self.identity)
        self.files = self.home / f"pg{self.server.major}"
        self.bin = identity.reachable(self.server, self.home, self.identity)
        self.durable = durable
        self.port = host.free_port(preferred_port)
        known = (data / "postgres.secret").exists()
        self.password = host.secret(data, "postgres")
        if not known:  # without its password the old data cannot be opened
            shutil.rmtree(self.files, ignore_errors=True)
        self.program = self._program()

    def url(self, role, database=DATABASE):
        """The address for a role: portal_owner, portal_app, or postgres, who administers the server."""
        password = host.secret(self.data, role)
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def launch(self):
        """Make the files if need be and start the server, without waiting for it."""
        if not (self.files / "PG_VERSION").exists():
            self._make()
        self.program.start()

    def wait(self):
        """Return once clients may sign in."""
        deadline = time.monotonic() + START_LIMIT
        while not accepts(self.port):
            if not self.program.running or time.monotonic() > deadline:
                raise Failure(
                    f"PostgreSQL không khởi động được:\n{self.program.tail()}",
                    f"Xoá {self.files} để bắt đầu với cơ sở dữ liệu trống (mất dữ liệu cũ), "
                    "hoặc đặt DATABASE_URL tới máy chủ của bạn.",
                )
            time.sleep(0.05)

    def prepare(self):
        """Roles and database, made or put right."""
        passwords = {role: host.secret(self.data, role) for role in ("portal_owner", "portal_app")}
        address = self.url("postgres", "postgres")
        do(self.environment.python, "prepare", url=address, passwords=passwords, database=DATABASE)
        say(f"PostgreSQL {self.server.major} sẵn sàng ({self.server.origin})")

    def _program(self):
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 100,
            "shared_buffers": "128MB",
            "fsync": "on" if self.durable else "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            title="PostgreSQL",
            command=[*self.identity.prefix, self.bin / "postgres", "-D", self.files, *options],
            environment=server_environment(),
            folder=Path("/"),
            data=self.data,
            stop_signal=signal.SIGINT,  # end the sessions, then stop
            orphan_signal=signal.SIGINT,
            patience=30.0,
            user=self.identity.user,
        )

    def _make(self):
        """Run initdb beside the final place, then move it there: no half-made folder is ever used."""
        for other in self.home.glob("pg[0-9][0-9]"):
            say(f"Lưu ý: {other} là dữ liệu của bản PostgreSQL khác, không dùng lần này")
        say(f"Tạo cơ sở dữ liệu PostgreSQL {self.server.major} trong {self.files}")
        unfinished = self.files.with_name("pg.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        with self._password_file() as password:
            result = self._initdb(unfinished, password)
        if result.returncode:
            raise Failure(
                f"Không tạo được cơ sở dữ liệu:\n{result.stderr.strip()[-600:]}",
                f"Kiểm tra chỗ trống và quyền ghi ở {self.home}, hoặc đặt DATABASE_URL tới máy chủ của bạn.",
            )
        unfinished.rename(self.files)

    @contextlib.contextmanager
    def _password_file(self):
        """The password in a file that only the server's user reads, for as long as initdb needs it."""
        handle, name = tempfile.mkstemp(dir=self.home)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(self.password)
            if self.identity.user is not None:
                os.chown(name, self.identity.user, self.identity.user)
            yield name
        finally:
            Path(name).unlink()

    def _initdb(self, folder, password):
        modern = self.server.major >= BUILTIN_LOCALE_SINCE
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if modern else ["--locale=C.UTF-8"]
        command = [*self.identity.prefix, self.bin / "initdb", "-D", folder, "-U", "postgres", "-E", "UTF8"]
        command += ["--auth=scram-sha-256", f"--pwfile={password}", "--data-checksums", *locale]
        return subprocess.run(
            tethered(command, user=self.identity.user),
            env=server_environment(),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )


def accepts(port):
    """True when the server lets a client begin to sign in; while it recovers it answers with an error."""
    hello = b"\0\3\0\0user\0postgres\0database\0postgres\0\0"
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as line:
            line.sendall(struct.pack("!I", len(hello) + 4) + hello)
            return line.recv(1) == b"R"
    except OSError:
        return False


def do(python, deed, **details):
    """Carry out one deed of roles.py. Details travel on stdin: no password shows in a list of processes."""
    result = subprocess.run(
        [python, ROLES, deed],
        input=json.dumps(details),
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise Failure(
            f"PostgreSQL từ chối: {(result.stderr.strip().splitlines() or ['?'])[-1]}",
            "Kiểm tra quyền của tài khoản trong DATABASE_OWNER_URL và DATABASE_URL.",
        )


def with_database(url, database):
    """The same address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@contextlib.contextmanager
def fresh_database(python, owner_url, app_url):
    """A new, empty database on a running server while the block lasts: its addresses for owner and app."""
    name = f"portal_{uuid.uuid4().hex[:12]}"
    do(python, "create", url=owner_url, database=name)
    try:
        yield with_database(owner_url, name), with_database(app_url, name)
    finally:
        do(python, "drop", url=owner_url, database=name)
