"""Reaching the test database as its owner, as the application's role and as a superuser; linking within a test."""

import contextlib
import os
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from foundation.trail import heads
from foundation.trail.verify import verify
from tests.factories.accounts import UserFactory

ALL_GUARDS = ("trail_entry_no_truncate", "trail_detail_no_truncate", "trail_link_no_truncate")


def link_now():
    """What the end of the transaction would do."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def sql(statement, *values):
    """One statement on the test's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


@contextlib.contextmanager
def unguarded(table):
    """The table as an attacker leaves it who may switch its triggers off and on again."""
    sql(f"alter table {table} disable trigger user")
    yield
    link_now()
    for guard in ("no_change", "no_truncate"):
        sql(f"alter table {table} enable always trigger {table}_{guard}")
    if table == "trail_entry":
        sql("alter table trail_entry enable always trigger trail_entry_is_linked")


@contextlib.contextmanager
def connected(variable):
    """The test database, as the role that the variable names."""
    parts = urlsplit(os.environ[variable])
    database = connection.settings_dict["NAME"]
    raw = psycopg2.connect(parts._replace(path=f"/{database}").geturl())
    try:
        with raw.cursor() as cursor:
            yield cursor
    finally:
        raw.rollback()
        raw.close()


@pytest.fixture
def person(db):
    """Somebody whom entries are about."""
    return UserFactory()


@pytest.fixture
def guarded(db):
    """The guards against emptying the tables stand again; the other tests clean up by emptying them."""
    for guard in ALL_GUARDS:
        table = guard.removesuffix("_no_truncate")
        sql(f"alter table {table} enable always trigger {guard}")


def faults(**wanted):
    """What verifying finds, after linking what waits."""
    link_now()
    return verify(**wanted).faults


@pytest.fixture
def head_file(tmp_path):
    """A signed head of the chain as it stands, in a file."""

    def made(name="head.json"):
        link_now()
        path = tmp_path / name
        path.write_text(heads.signed(heads.current()), encoding="utf-8")
        return path

    return made


@pytest.fixture
def granted(transactional_db):
    """The application's role has its rights in the test database."""
    call_command("grant_rights", verbosity=0)
