"""Roles and databases: ``python roles.py DEED``, details as JSON on stdin, by the Python that has psycopg2.

``prepare``: the owner and the application's role exist with their passwords; the owner has the database.
``create`` and ``drop``: one more empty database of the owner, for a test.
"""

import contextlib
import json
import sys

import psycopg2
from psycopg2 import sql

RIGHTS = {
    "portal_owner": "login createdb nosuperuser nocreaterole",
    "portal_app": "login nocreatedb nosuperuser nocreaterole",  # owns nothing
}


@contextlib.contextmanager
def session(url):
    """A cursor outside any transaction, as creating databases demands."""
    connection = psycopg2.connect(url, connect_timeout=5)
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()


def prepare(url, passwords, database):
    """Make roles and database, or put them right."""
    owner = sql.Identifier("portal_owner")
    with session(url) as cursor:
        for name, rights in RIGHTS.items():
            cursor.execute("select 1 from pg_roles where rolname = %s", [name])
            verb = sql.SQL("alter role" if cursor.fetchone() else "create role")
            role = (sql.Identifier(name), sql.SQL(rights), sql.Literal(passwords[name]))
            cursor.execute(sql.SQL("{} {} {} password {}").format(verb, *role))
        cursor.execute("select 1 from pg_database where datname = %s", [database])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(database), owner))
    with session(url.rsplit("/", 1)[0] + "/" + database) as cursor:
        cursor.execute(sql.SQL("alter schema public owner to {}").format(owner))
        cursor.execute("revoke create on schema public from public")


def create(url, database):
    """A new, empty database that belongs to the role of the address."""
    with session(url) as cursor:
        cursor.execute(sql.SQL("create database {}").format(sql.Identifier(database)))


def drop(url, database):
    """Remove it, whoever is still connected."""
    with session(url) as cursor:
        cursor.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


DEEDS = {"prepare": prepare, "create": create, "drop": drop}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](**json.load(sys.stdin))
