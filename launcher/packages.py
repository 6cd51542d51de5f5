"""The Python environment beside the portal and its packages: exact versions, checked against hashes."""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from launcher.report import Failure, say

# test.lock includes run.lock
CONTAINS = {"run": ("run", "test"), "test": ("test",), "embedded": ("embedded",)}
WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES|HashMismatch|hash mismatch", re.IGNORECASE)
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|name resolution|ProxyError|timed out|CERTIFICATE|ConnectTimeout"
    r"|Network is unreachable|Connection refused",
    re.IGNORECASE,
)
ATTEMPTS = 2


@dataclass(frozen=True)
class Environment:
    """A virtual environment in one folder."""

    folder: Path

    @property
    def bin(self):
        return self.folder / "bin"

    @property
    def python(self):
        return self.bin / "python"

    @property
    def works(self):
        """True when its Python starts; it no longer does when the Python it was made from has gone."""
        try:
            return subprocess.run([self.python, "-c", ""], capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def find(self, pattern):
        """Files and folders among the installed packages, in order."""
        return sorted(self.folder.glob(f"lib/python*/site-packages/{pattern}"))

    def pip(self, *arguments):
        """Run pip for this environment: its own pip or, where it has none, the one of our Python."""
        own = [self.python, "-m", "pip"]
        ours = [sys.executable, "-m", "pip", "--python", self.python]
        command = [*(own if (self.bin / "pip").exists() else ours), "--disable-pip-version-check", *arguments]
        settings = os.environ | {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
        return subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False, env=settings
        )


def fingerprint(path):
    """The hash that says whether a lock has changed since it was installed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_installed(environment, requirements, group):
    """True when this group, or one that contains it, was installed from the present lock."""
    for name in CONTAINS[group]:
        stamp, lock = environment.folder / f".installed-{name}", requirements / f"{name}.lock"
        if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint(lock):
            return True
    return False


def ensure(environment, requirements, group, log):
    """Make the environment and install the packages of a group, unless that was done before."""
    with _one_at_a_time(environment.folder.parent):
        if not environment.works:
            create(environment)
        if is_installed(environment, requirements, group):
            return
        if os.environ.get("PORTAL_OFFLINE") == "1":
            raise Failure("Chưa cài đủ gói và PORTAL_OFFLINE=1 cấm tải về.", "Chạy một lần khi có mạng.")
        say(f"Đang cài các gói Python (nhóm {group})…")
        install(environment, requirements / f"{group}.lock", log)
        (environment.folder / f".installed-{group}").write_text(
            fingerprint(requirements / f"{group}.lock"), encoding="ascii"
        )


def ensure_if_possible(environment, requirements, group, log):
    """The same for packages that have a replacement; only a wrong hash still stops everything."""
    try:
        ensure(environment, requirements, group, log)
    except Failure as failure:
        if WRONG_HASH.search(tail_of(log)):
            raise
        say(f"Không cài được nhóm {group} ({failure.what}); tìm cách khác")


def tail_of(log):
    """What pip said last."""
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


@contextlib.contextmanager
def _one_at_a_time(folder):
    """``run`` and ``test`` share the environment: the second waits for the first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def create(environment):
    """Make an empty environment; some systems ship Python without the part that puts pip into it."""
    shutil.rmtree(environment.folder, ignore_errors=True)
    say(f"Tạo môi trường Python {sys.version.split()[0]} trong {environment.folder}")
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(environment.folder)
    except (subprocess.CalledProcessError, OSError, SystemExit):
        for command in _other_ways(environment.folder):
            shutil.rmtree(environment.folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                    return
        raise Failure(
            "Python này thiếu ensurepip nên không tạo được môi trường.",
            "Cài gói python3-venv của hệ điều hành (hoặc `python3 -m pip install uv`) rồi chạy lại.",
        ) from None


def _other_ways(folder):
    """Commands that make an environment without ensurepip."""
    has_pip = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if has_pip.returncode == 0:
        yield [sys.executable, "-m", "venv", "--without-pip", folder]
    yield [sys.executable, "-m", "uv", "venv", "--seed", folder]
    yield ["uv", "venv", "--seed", "-p", sys.executable, folder]
    yield [sys.executable, "-m", "virtualenv", folder]


def install(environment, lock, log):
    """Install one lock with hashes; the network gets a second chance, a wrong hash does not."""
    for attempt in range(ATTEMPTS):
        # Compiling everything takes longer than installing; what is imported is compiled then. The lock is the whole
        # closure: with dependencies, pip would look for newer releases of what others name with extras, and refuse.
        options = ["--no-compile", "--only-binary=:all:", "--require-hashes", "--no-deps"]
        result = environment.pip("install", *options, "-r", lock)
        if result.returncode == 0:
            return
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(result.stdout + result.stderr, encoding="utf-8")
        failure = explain(result.stdout + result.stderr, log)
        if attempt + 1 == ATTEMPTS or not NO_NETWORK.search(result.stdout + result.stderr):
            raise failure
        time.sleep(2)


def explain(output, log):
    """The Failure that fits what pip said."""
    if WRONG_HASH.search(output):
        return Failure(
            "Một gói tải về không khớp mã băm đã ghi trong requirements/. Dừng lại, không cài.",
            f"Đừng bỏ qua: nguồn gói có thể đã bị thay đổi. Xem {log} và báo cho người bảo trì.",
        )
    if "No space left" in output:
        return Failure("Ổ đĩa đã đầy trong khi cài gói.", f"Giải phóng chỗ trống rồi chạy lại; xem {log}.")
    if NO_NETWORK.search(output):
        return Failure(
            "Không kết nối được tới kho gói Python.",
            f"Kiểm tra mạng hoặc proxy (cấu hình pip, HTTPS_PROXY) rồi chạy lại; chi tiết trong {log}.",
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return Failure(
        "pip không cài được các gói: " + (errors or output.strip().splitlines() or ["?"])[-1][:300],
        f"Xem {log}. Sau proxy hoặc kho gói riêng: đặt cấu hình pip như tài liệu của pip.",
    )
