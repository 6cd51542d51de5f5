"""As whom PostgreSQL runs: it refuses to be root, so root has to become somebody else for it."""

import functools
import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.report import Failure, say

COMMON = Path("/var/tmp")  # a place that another account can reach


@dataclass(frozen=True)
class Identity:
    """What stands before the command, or the number of the user to become."""

    prefix: tuple = ()
    user: int | None = None


@functools.cache
def choose():
    """Ourselves; for root a user namespace of its own, or where that is forbidden the account ``nobody``."""
    if os.geteuid() != 0:
        return Identity()
    wish = os.environ.get("PORTAL_AS") or ("unshare" if _may_unshare() else "setuid")
    if wish == "unshare":
        return Identity(prefix=("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"))
    return Identity(user=pwd.getpwnam("nobody").pw_uid)


def _may_unshare():
    """True when this machine lets root make a user namespace."""
    if not shutil.which("unshare"):
        return False
    attempt = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"]
    return subprocess.run(attempt, capture_output=True, check=False).returncode == 0


def home(data, identity):
    """Where PostgreSQL keeps its files: our folder, or for another account one that it may enter."""
    if identity.user is None:
        return data
    folder = COMMON / f"portal-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = folder.lstat()
    if folder.is_symlink() or owner.st_uid not in (0, identity.user):
        raise Failure(f"{folder} thuộc về người khác.", f"Xoá {folder} rồi chạy lại.")
    os.chown(folder, identity.user, identity.user)
    say(f"PostgreSQL chạy bằng tài khoản nobody, dữ liệu nằm trong {folder}")
    return folder


def reachable(server, folder, identity):
    """The folder of the programs: as it is, or for another account a copy it can reach."""
    if identity.user is None or not server.parts:
        return server.bin
    root = server.parts[0].parent
    stamp = (server.bin / "postgres").stat().st_mtime_ns
    copy = folder / f"programs-{server.major}-{stamp}"
    if not copy.exists():
        unfinished = copy.with_name("programs.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in server.parts:
            shutil.copytree(part, unfinished / part.name, symlinks=True)
        unfinished.rename(copy)
        copy.chmod(0o755)
    return copy / server.bin.relative_to(root)
