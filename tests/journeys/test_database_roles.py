"""Web and worker run as a role that owns nothing: what it may not do, and what the owner of the tables could."""

import psycopg2
import pytest
from psycopg2 import errors

pytestmark = pytest.mark.xdist_group("portal")

FORBIDDEN = {
    "drop": "drop table products_rating",
    "alter": "alter table products_rating add column x int",
    "truncate": "truncate products_rating cascade",
    "disable a trigger": "alter table trail_entry disable trigger all",
    "change the trail": "update trail_entry set act = 'khác'",
    "link an entry itself": "insert into trail_link (seq, entry_id, previous, hash, version)"
    " select seq + 1, entry_id, hash, hash, 1 from trail_link",
    "change a link": "update trail_link set hash = previous",
    "delete a detail": "delete from trail_detail",
    "let an entry wait": "insert into trail_waiting values (1)",
    "delete from the trail": "delete from trail_entry",
    "switch row security off": "alter table evaluation_score disable row level security",
    "take a policy away": "drop policy sealed_read on evaluation_opinion",
    "make a table": "create table x (y int)",
    "skip triggers": "set session_replication_role = replica",
    "become the owner": "set role portal_owner",
}


@pytest.fixture
def as_app(portal):
    """A connection with the rights of web and worker, rolled back at the end."""
    connection = psycopg2.connect(portal.database_url)
    with connection.cursor() as cursor:
        yield cursor
    connection.rollback()
    connection.close()


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_application_role_may_not(as_app, name):
    with pytest.raises(errors.InsufficientPrivilege):
        as_app.execute(FORBIDDEN[name])


def test_it_owns_nothing(as_app):
    as_app.execute(
        "select count(*) from pg_class join pg_roles on relowner = pg_roles.oid where rolname = current_user"
    )

    assert as_app.fetchone() == (0,)


def test_it_may_add_to_the_trail_and_read_it(as_app):
    as_app.execute("select count(*) from trail_entry")
    before = as_app.fetchone()[0]
    as_app.execute(
        "insert into trail_entry (role, subject_id, act, old, new, subject_type_id)"
        " select '', 1, 'thử', '', '', id from django_content_type limit 1"
    )
    as_app.execute("select count(*) from trail_entry")

    assert as_app.fetchone()[0] == before + 1


def test_the_owner_could_alter_so_the_refusals_come_from_the_role(portal):
    """The control."""
    connection = psycopg2.connect(portal.owner_url)
    with connection.cursor() as cursor:
        cursor.execute(FORBIDDEN["alter"])
    connection.rollback()
    connection.close()
