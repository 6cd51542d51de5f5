"""The machine: is it fit, are we alone in this folder, which ports are free."""

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import sys

from launcher.report import Failure

DISK_FOR_SETUP = 1_500_000_000  # bytes: packages, browser and an empty database
DISK_FOR_RUNNING = 200_000_000  # bytes
LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def check(folder, *, installed):
    """Refuse, with a reason, a machine on which nothing further could work."""
    if not sys.platform.startswith(("linux", "darwin")):
        raise Failure("Hệ điều hành này không chạy được cổng.", "Dùng Linux, macOS, hoặc WSL 2 trên Windows.")
    need = DISK_FOR_RUNNING if installed else DISK_FOR_SETUP
    free = shutil.disk_usage(folder).free
    if free < need:
        raise Failure(
            f"Ổ đĩa chứa {folder} chỉ còn {free / 1e9:.1f} GB trống, cần {need / 1e9:.1f} GB.",
            "Giải phóng chỗ trống rồi chạy lại, hoặc đặt PORTAL_STATE tới một ổ khác.",
        )


@contextlib.contextmanager
def alone(folder):
    """Hold the folder for one launcher. The lock goes with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise Failure(
                f"Một lần chạy khác đang dùng thư mục {folder} (tiến trình {lock.read().strip() or '?'}).",
                "Dừng lần chạy đó (Ctrl-C) trước, hoặc đặt PORTAL_STATE tới một thư mục khác.",
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def is_free(port):
    """True when nobody listens on this port, on either of the two addresses that ``localhost`` may mean."""
    for family, address in LOOPBACKS:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError:
            if family == socket.AF_INET or _has_ipv6():
                return False
    return True


def _has_ipv6():
    """True when the machine has the loopback address of IPv6 at all."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def free_port(preferred=0):
    """The preferred port, else one of the nine after it, else any; 0 asks for any."""
    for port in range(preferred, preferred + 10) if preferred else ():
        if is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def secret(folder, name, size=36):
    """A random password of so many bytes that stays the same in this folder, in a file that only its owner reads."""
    path = folder / f"{name}.secret"
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(size))
    return path.read_text(encoding="ascii")
