"""T111 as three roles: the application's may not, the owner is stopped by triggers, a superuser is stopped or found."""

import os

import pytest
from psycopg2 import errors

from foundation.trail.moves import write
from foundation.trail.verify import guards_off, verify
from tests.factories.accounts import UserFactory
from tests.trail.conftest import connected, sql

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATION, OWNER, SUPERUSER = "DATABASE_APP_URL", "DATABASE_URL", "DATABASE_SUPER_URL"
CHANGES = [
    "update trail_entry set act = 'khác'",
    "delete from trail_entry",
    "truncate trail_entry cascade",
    "update trail_link set hash = previous",
    "delete from trail_link",
    "truncate trail_link",
    "update trail_detail set note = 'khác'",
    "delete from trail_detail",
    "truncate trail_detail",
]
needs_superuser = pytest.mark.skipif(
    SUPERUSER not in os.environ, reason="needs a superuser of the test server"
)
needs_application = pytest.mark.skipif(
    APPLICATION not in os.environ, reason="needs the role of web and worker"
)


@pytest.fixture(autouse=True)
def entry(transactional_db):
    """One committed entry."""
    person = UserFactory()
    return write(person, "Lập", by=person, note="vì cần")


@needs_application
@pytest.mark.usefixtures("granted")
@pytest.mark.parametrize(
    "statement",
    [
        *(change for change in CHANGES if "update trail_detail" not in change),
        "insert into trail_link select seq + 1, hash, hash, 1, entry_id from trail_link",
        "insert into trail_waiting values (1)",
        "select trail_append_link()",
        "alter table trail_entry disable trigger all",
        "set session_replication_role = replica",
    ],
)
def test_t111_the_application_may_not(statement):
    with connected(APPLICATION) as cursor, pytest.raises(errors.InsufficientPrivilege):
        cursor.execute(statement)


@needs_application
@pytest.mark.usefixtures("granted")
def test_t111_what_the_application_may_is_still_stopped_by_the_trigger():
    with connected(APPLICATION) as cursor, pytest.raises(errors.IntegrityConstraintViolation):
        cursor.execute("update trail_detail set note = 'khác'")


@needs_application
@pytest.mark.usefixtures("granted")
def test_the_application_adds_entries_and_the_database_links_them(entry):
    with connected(APPLICATION) as cursor:
        cursor.execute(
            "insert into trail_entry (role, subject_id, act, old, new, subject_type_id)"
            " select '', 1, 'thử', '', '', id from django_content_type limit 1"
        )
        cursor.connection.commit()

    outcome = verify()
    assert (outcome.count, outcome.faults) == (2, [])


@pytest.fixture
def always(transactional_db):
    """The guards against emptying stand again for one test."""
    tables = ("trail_entry", "trail_detail", "trail_link")
    for table in tables:
        sql(f"alter table {table} enable always trigger {table}_no_truncate")
    yield
    for table in tables:
        sql(f"alter table {table} disable trigger {table}_no_truncate")


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("statement", CHANGES)
def test_t111_the_owner_is_stopped_by_triggers(statement):
    with connected(OWNER) as cursor, pytest.raises(errors.IntegrityConstraintViolation):
        cursor.execute(statement)


@needs_superuser
@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("statement", CHANGES)
def test_t111_a_superuser_in_replica_mode_is_stopped_too(statement):
    with connected(SUPERUSER) as cursor:
        cursor.execute("set session_replication_role = replica")
        with pytest.raises(errors.IntegrityConstraintViolation):
            cursor.execute(statement)


@needs_superuser
def test_t111_what_a_superuser_changes_behind_the_trigger_is_found(entry):
    with connected(SUPERUSER) as cursor:
        cursor.execute("alter table trail_entry disable trigger trail_entry_no_change")
        cursor.execute("update trail_entry set act = 'khác'")
        cursor.execute("alter table trail_entry enable always trigger trail_entry_no_change")
        cursor.connection.commit()

    assert verify().faults == [f"Mục nhật ký số {entry.pk} hoặc mắt xích 1 của nó đã bị sửa."]


@needs_superuser
def test_t111_an_entry_a_superuser_slips_in_in_replica_mode_is_linked_all_the_same():
    with connected(SUPERUSER) as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(
            "insert into trail_entry (role, subject_id, act, old, new, subject_type_id)"
            " select '', 1, 'lén', '', '', id from django_content_type limit 1"
        )
        cursor.connection.commit()

    assert (verify().count, verify().faults) == (2, [])


@pytest.mark.usefixtures("always")
def test_every_guard_is_always_on():
    assert guards_off() == []
