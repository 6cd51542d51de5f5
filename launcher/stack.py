"""A whole portal on this machine: servers, web, worker and beat. ``portal.py run`` and journey tests use it.

In a test::

    with Stack(tmp_path, today="2024-10-15") as stack:      # own PostgreSQL, own broker, own ports
        page.goto(stack.url)                                # http://localhost:PORT
        stack.kill("worker")                                # kill -9, with everything it started
        stack.start("worker")
        stack.wait_ready()                                  # web, worker and beat have shown life again
        stack.stop("postgres")                              # orderly; broker, web, worker, beat likewise
        stack.start("postgres")                             # returns once it answers
        stack.pid("worker"), stack.log("worker")            # its number, the text of its log

Quicker, on the PostgreSQL of the test run (its addresses stand in the environment)::

    addresses = os.environ["DATABASE_URL"], os.environ["DATABASE_APP_URL"]
    with fresh_database(sys.executable, *addresses) as (owner, app):
        with Stack(tmp_path, database_url=app, owner_url=owner) as stack:
            connect(stack.owner_url)

Nothing is restarted by itself in a test; ``run`` adds a Supervisor. The programs end with the thread that
opened the Stack, so open and close it in the same one.
"""

import os
import sys
import time
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path

from launcher import host, programs, sessions
from launcher.broker import PREFERRED_PORT as BROKER_PORT
from launcher.broker import Broker
from launcher.health import health
from launcher.packages import Environment
from launcher.postgres import PREFERRED_PORT as POSTGRES_PORT
from launcher.postgres import Cluster, fresh_database
from launcher.processes import clean_environment, run_and_hear, tail
from launcher.report import Failure, say

__all__ = ["Stack", "fresh_database"]

PROJECT = Path(__file__).resolve().parent.parent
READY_LIMIT = 90.0  # seconds
SIGNS_OF_LIFE = ("web", "worker", "beat")


@dataclass(eq=False)
class Stack:
    """A whole portal in the folder ``data``: made if missing, and kept, so that it can be opened again.

    today          the day the demonstration believes it is (YYYY-MM-DD); None: the default of the settings
    demo           load the demonstration and allow ``today``
    database_url   a database to use instead of an own PostgreSQL: the application's role
    owner_url      the same database as its owner, for migrations; None: the same role
    broker_url     a broker to use instead of an own one
    port           of the web server: this or a free one near it; 0: any free one
    durable        False: an own PostgreSQL does not wait for the disk (harmless unless the power fails)
    environment    more variables for web, worker, beat and management commands
    python         the Python that has the packages
    project        the folder with manage.py
    downloads      where servers fetched as a last resort are kept; None: in ``data``
    """

    data: Path
    _: KW_ONLY
    today: str | None = None
    demo: bool = True
    database_url: str | None = None
    owner_url: str | None = None
    broker_url: str | None = None
    port: int = 0
    durable: bool = True
    environment: dict = field(default_factory=dict)
    python: Path = Path(sys.executable)
    project: Path = PROJECT
    downloads: Path | None = None
    programs: dict = field(default_factory=dict, init=False)  # name: Program

    def __post_init__(self):
        self.data = Path(self.data).resolve()
        self.packages = Environment(Path(self.python).parent.parent)
        self.usual_ports = bool(self.port)
        self.port = host.free_port(self.port)
        if self.owner_url and not self.database_url:
            raise Failure("Có DATABASE_OWNER_URL mà thiếu DATABASE_URL.", "Đặt cả hai, hoặc bỏ cả hai.")
        self.owner_url = self.owner_url or self.database_url
        self.own_database, self.own_broker = not self.database_url, not self.broker_url
        self.servers = {}  # name: Cluster or Broker of our own

    # ---------------------------------------------------------------- the whole

    def __enter__(self):
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_exception):
        self.close()

    def open(self):
        """Servers, data, then web, worker and beat; return once all three have shown life."""
        self.open_servers()
        self.prepare()
        self.start_programs()
        self.wait_ready()

    def open_servers(self):
        """End what an earlier launcher left in this folder, then start PostgreSQL and broker."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if count := sessions.sweep(self.data):
            say(f"Đã dừng {count} tiến trình sót lại từ lần chạy trước")
        near = self.usual_ports
        if self.own_database:
            preferred = {"preferred_port": POSTGRES_PORT if near else 0, "durable": self.durable}
            self._add("postgres", Cluster(self.data, self.packages, self.downloads or self.data, **preferred))
        if self.own_broker:
            self._add("broker", Broker(self.data, self.packages, preferred_port=BROKER_PORT if near else 0))
        for server in self.servers.values():
            server.wait()
        self._learn_addresses()

    def _add(self, name, server):
        """Begin to start a server; the next one starts beside it."""
        self.servers[name] = server
        self.programs[name] = server.program
        server.launch()

    def _learn_addresses(self):
        """The addresses of the servers that are our own."""
        if cluster := self.servers.get("postgres"):
            cluster.prepare()
            self.database_url, self.owner_url = cluster.url("portal_app"), cluster.url("portal_owner")
        if broker := self.servers.get("broker"):
            self.broker_url = broker.url

    def start_programs(self):
        """Start worker, beat and web side by side."""
        for program in programs.of(self):
            self.programs[program.name] = program
            program.start()

    def close(self):
        """Stop everything in order: web and beat, then the worker, the broker, PostgreSQL."""
        for name in ("web", "beat"):
            if name in self.programs:
                self.programs[name].ask_to_stop()
        for name in ("web", "beat", "worker", "broker", "postgres"):
            if name in self.programs and not self.programs[name].stop():
                say(f"{self.programs[name].title} không dừng kịp, đã buộc dừng")

    # ---------------------------------------------------------------- its parts

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def pid(self, name):
        """The process number of a part: web, worker, beat, postgres or broker."""
        return self.programs[name].process.pid

    def log(self, name):
        """Everything a part has written."""
        return self.programs[name].log.read_text(encoding="utf-8", errors="replace")

    def kill(self, name):
        """End a part at once, with everything it started, as a power cut would."""
        self.programs[name].kill()

    def stop(self, name):
        """Stop a part in order."""
        self.programs[name].stop()

    def start(self, name):
        """Start a part again; a server is waited for."""
        self.programs[name].start()
        if name in self.servers:
            self.servers[name].wait()

    # ---------------------------------------------------------------- Django

    def told(self, *, owner=False, **changes):
        """What a program of the portal is told. Only management commands learn the owner's address."""
        facts = {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url if owner else None,
            "BROKER_URL": self.broker_url,
            "DJANGO_SECRET_KEY": os.environ.get("DJANGO_SECRET_KEY") or host.secret(self.data, "django"),
            "TRAIL_SIGNING_KEY": os.environ.get("TRAIL_SIGNING_KEY") or host.secret(self.data, "trail", 32),
            "PORTAL_DEMO": "1" if self.demo else "0",
            **({"PORTAL_TODAY": self.today} if self.today else {}),
            "PORTAL_STATE_DIR": self.data,
            "PORTAL_URL": self.url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
        }
        return clean_environment(**(facts | self.environment | changes))

    def manage(self, *arguments, owner=False):
        """Run one management command and return what it printed; Failure when it fails."""
        lines = []
        self.stream(lines.append, *arguments, owner=owner)
        return "\n".join(lines)

    def prepare(self):
        """Schema, rights, reference data, demonstration, static files: one process, a line for each."""
        self.stream(lambda line: say(f"  {line}") if line.strip() else None, "prepare", owner=True)

    def stream(self, hear, *arguments, owner=False):
        """Run one management command, handing over each line it prints as it comes."""
        log = self.data / "logs" / f"{arguments[0]}.log"
        command = [self.packages.python, "manage.py", *arguments]
        code = run_and_hear(hear, command, log, cwd=self.project, env=self.told(owner=owner))
        if code:
            raise Failure(
                f"Lệnh manage.py {' '.join(arguments)} không thành công:\n{tail(log, 20)}",
                f"Sửa lỗi trên rồi chạy lại; toàn bộ lỗi nằm trong {log}.",
            )

    # ---------------------------------------------------------------- life

    def health(self):
        """What /healthz says now, or an empty dictionary."""
        return health(self.port)

    def wait_ready(self, limit=READY_LIMIT):
        """Return once web, worker and beat have each shown life."""
        deadline = time.monotonic() + limit
        while True:
            health = self.health()
            if all(health.get(sign) is True for sign in SIGNS_OF_LIFE):
                return
            for program in self.programs.values():
                if not program.running:
                    raise Failure(
                        f"{program.title} đã dừng (mã {program.process.returncode}):\n{program.tail()}",
                        f"Xem {program.log}, sửa nguyên nhân rồi chạy lại.",
                    )
            if time.monotonic() > deadline:
                logs = self.data / "logs"
                raise Failure(f"Sau {limit:.0f} giây cổng vẫn chưa sẵn sàng: {health}", f"Xem {logs}.")
            time.sleep(0.1)
