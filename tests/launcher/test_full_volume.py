"""The volume of the database is full: writes are refused, nothing acknowledged is lost, it recovers (T30, full form).

What the portal's pages answer meanwhile is tests/test_full_disk.py.
"""

import os
import subprocess
from contextlib import closing, suppress

import psycopg2
import pytest

from launcher.identity import choose
from launcher.stack import Stack
from tests.launcher.conftest import SMALL

pytestmark = pytest.mark.xdist_group("launcher")
VOLUME, BALLAST = 256 * 1024**2, 48 * 1024**2  # bytes
ROW = (
    "(select string_agg(md5(random()::text), '') from generate_series(1, 8000))"  # 256 kB that do not shrink
)
MOST = 4_000  # rows; many more than there is room for
REFUSED = 20


@pytest.fixture
def volume(tmp_path):
    """A small file system of its own, with a file in it that can be taken away."""
    folder = tmp_path / "volume"
    folder.mkdir(mode=0o700)
    if os.geteuid() != 0 or choose().user is not None:
        pytest.skip("only root can mount a small volume, and PostgreSQL must be able to live in it")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={VOLUME},mode=700", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("this machine lets nobody mount a small volume")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def opened(folder):
    """A server in that folder, with no broker of its own."""
    stack = Stack(folder, project=SMALL, broker_url="redis://127.0.0.1:9")
    stack.open_servers()
    return stack


def write(url, number):
    """Write one row; returns the SQLSTATE of a refusal, "gone" for a lost server, nothing when it was acknowledged."""
    try:
        with closing(psycopg2.connect(url, connect_timeout=5)) as line, line, line.cursor() as cursor:
            cursor.execute(f"insert into ledger select %s, {ROW}", [number])
    except psycopg2.Error as refusal:
        return refusal.pgcode or "gone"
    return None


def kept(url):
    """Numbers of the rows that are there."""
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute("select number from ledger where length(content) = 256000")
        return {number for (number,) in cursor}


@pytest.mark.drill
def test_t30_a_full_volume_refuses_keeps_what_it_acknowledged_and_recovers(volume):
    ballast = volume / "ballast"
    ballast.write_bytes(b"x" * BALLAST)
    stack = opened(volume)
    try:
        url = stack.owner_url
        with closing(psycopg2.connect(url)) as line, line, line.cursor() as cursor:
            cursor.execute("create table ledger (number int primary key, content text)")
        acknowledged, refusals = set(), []
        for number in range(MOST):
            if word := write(url, number):
                refusals.append(word)
            else:
                acknowledged.add(number)
            if len(refusals) == REFUSED:
                break
        assert len(refusals) == REFUSED, "the volume never filled up"  # control: it did
        assert set(refusals) <= {"53100", "57P03", "gone"}
        assert acknowledged

        ballast.unlink()
        if write(url, MOST):  # where the log had no room the server has stopped: it is started again
            with suppress(Exception):
                stack.close()
            stack = opened(volume)
            assert write(stack.owner_url, MOST) is None
        assert kept(stack.owner_url) >= acknowledged | {MOST}
    finally:
        stack.close()
