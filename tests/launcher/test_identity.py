"""As whom PostgreSQL runs: never as root."""

import os
import shutil

import pytest

from launcher import identity
from launcher.identity import Identity
from launcher.postgres_sources import Server
from launcher.report import Failure
from launcher.stack import Stack
from tests.launcher.conftest import SMALL


def test_an_ordinary_person_runs_it_himself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert identity.choose() == Identity()


@pytest.mark.parametrize(
    ("allowed", "wish", "prefix"),
    [(True, "", "unshare"), (False, "", None), (True, "setuid", None), (False, "unshare", "unshare")],
)
def test_root_takes_a_namespace_where_allowed_else_another_account(monkeypatch, allowed, wish, prefix):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_may_unshare", lambda: allowed)
    monkeypatch.setenv("PORTAL_AS", wish)

    chosen = identity.choose()

    assert chosen.prefix[:1] == ((prefix,) if prefix else ())
    assert (chosen.user is None) is bool(prefix)


def test_without_the_program_there_is_no_namespace(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not identity._may_unshare()


def test_a_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(identity, "COMMON", tmp_path)
    ours = os.getuid()
    wanted = Identity(user=ours)
    home = identity.home(tmp_path / "run", wanted)
    assert identity.home(tmp_path / "run", wanted) == home

    (tmp_path / "elsewhere").mkdir()
    home.rmdir()
    home.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Failure, match="thuộc về người khác"):
        identity.home(tmp_path / "run", wanted)


def test_the_programs_are_copied_once_with_what_belongs_to_them(tmp_path):
    (tmp_path / "site/pg/bin").mkdir(parents=True)
    (tmp_path / "site/pg/bin/postgres").touch()
    (tmp_path / "site/pg.libs").mkdir()
    parts = (tmp_path / "site/pg", tmp_path / "site/pg.libs")
    server = Server(tmp_path / "site/pg/bin", 18, "thử", parts)
    other = Identity(user=65534)

    copied = identity.reachable(server, tmp_path / "home", other)

    assert copied.parent.parent.name.startswith("programs-18-")
    assert (copied.parent.parent / "pg.libs").is_dir()
    assert identity.reachable(server, tmp_path / "home", other) == copied
    assert identity.reachable(server, tmp_path / "home", Identity()) == server.bin


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_a_portal_of_root_without_namespaces_works_twice(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_AS", "setuid")
    homes = []
    try:
        for _time in range(2):
            stack = Stack(tmp_path / "run", project=SMALL, durable=False)
            stack.open_servers()
            homes.append(stack.servers["postgres"].home)
            owner = os.stat(f"/proc/{stack.pid('postgres')}").st_uid
            stack.close()
            assert owner == homes[0].stat().st_uid != 0
    finally:
        for home in homes:
            shutil.rmtree(home, ignore_errors=True)
