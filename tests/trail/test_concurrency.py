"""Many writers keep one chain, and none waits for another in a circle. Real commits on connections of their own."""

import contextlib
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Role, User
from foundation.trail.models import Link
from foundation.trail.moves import write
from foundation.trail.verify import verify
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.trail.conftest import sql

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, EACH = 20, 5
LOCK = "perform pg_advisory_xact_lock(7310871451);"
PAUSE = "perform pg_sleep(0.02);"  # between reading the last link and writing the next


def at_once(*deeds):
    """Run these functions side by side, each on a connection of its own; their failures (None where it went well)."""

    def one(deed):
        try:
            return deed()
        except DatabaseError as failure:
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


@contextlib.contextmanager
def function(change):
    """The database's linking function, changed for a while."""
    (source,) = sql("select pg_get_functiondef('trail_append_link'::regproc)")[0]
    assert change(source) != source
    sql(change(source))
    try:
        yield
    finally:
        sql(source)


def writers(person):
    """Twenty people at work."""
    begin = threading.Barrier(WRITERS)

    def deed():
        begin.wait(10)
        for number in range(EACH):
            with transaction.atomic():
                write(person, f"Việc {number}", by=person, note="cùng lúc")

    return [deed] * WRITERS


def test_twenty_writers_at_once_keep_one_whole_chain():
    assert at_once(*writers(UserFactory())) == [None] * WRITERS

    outcome = verify()
    assert (outcome.count, outcome.faults) == (WRITERS * EACH, [])
    assert Link.objects.count() == WRITERS * EACH


def test_without_the_lock_they_do_not():
    """The control: two of them take the same link for the last one, and the second is refused."""
    before_insert = "number := coalesce(last.seq, 0) + 1;"
    with function(lambda source: source.replace(LOCK, "").replace(before_insert, before_insert + PAUSE)):
        failures = [failure for failure in at_once(*writers(UserFactory())) if failure]

    assert failures
    assert all("trail_link_pkey" in str(failure) for failure in failures)


# ---------------------------------------------------------------- who waits for whom


def two_deeds(one, other):
    """Two transactions: each does its first step, waits until both have, then does its second and commits.

    The other goes on a moment later, so that one already stands in its commit.
    """
    both = threading.Barrier(2)

    def run(steps, delay):
        with transaction.atomic():
            steps[0]()
            both.wait(10)
            time.sleep(delay)
            steps[1]()

    return at_once(lambda: run(one, 0), lambda: run(other, 0.3))


def lock(user):
    """What a deed does with the record it is about."""
    return User.objects.select_for_update().get(pk=user.pk)


def opposite_order():
    """One writes the trail and then locks a row, the other locks the row and then writes the trail."""
    row = UserFactory()
    return two_deeds(
        (lambda: write(row, "Một", by=None), lambda: lock(row)),
        (lambda: lock(row), lambda: write(row, "Hai", by=None)),
    )


def test_two_deeds_in_opposite_order_do_not_wait_for_each_other():
    assert opposite_order() == [None, None]
    assert verify().faults == []


def test_linking_while_the_deed_still_runs_would_let_them_deadlock():
    """The control: the chain's lock at the time of writing instead of at the commit."""
    with triggers("trail_entry", "trail_waiting", deferred=False):
        failures = [failure for failure in opposite_order() if failure]

    assert len(failures) == 1
    assert re.search("deadlock|lock timeout", str(failures[0]))


def foreign_key_checked_at_commit():
    """One writes the trail and then points at a row, which is checked at its commit; the other holds that row."""
    row, subject = UserFactory(), UserFactory()

    def points_at_it():
        write(subject, "Một", by=None)
        AssignmentFactory(user=row, role=Role.ADMINISTRATOR, area=None)

    return two_deeds(
        (points_at_it, lambda: None),
        (lambda: lock(row), lambda: write(subject, "Hai", by=None)),
    )


def test_checks_of_the_commit_come_before_the_chain():
    assert foreign_key_checked_at_commit() == [None, None]
    assert verify().faults == []


def test_linking_among_the_checks_of_the_commit_would_let_them_deadlock():
    """The control: without the second step, the chain's lock is held while a foreign key waits for a row."""
    with triggers("trail_waiting", deferred=False):
        failures = [failure for failure in foreign_key_checked_at_commit() if failure]

    assert len(failures) == 1
    assert re.search("deadlock|lock timeout", str(failures[0]))


FUNCTIONS = {"trail_entry": "trail_ask_for_link", "trail_waiting": "trail_append_link"}


@contextlib.contextmanager
def triggers(*tables, deferred):
    """The linking triggers of these tables with another moment, for a while."""
    arm(tables, deferred)
    try:
        yield
    finally:
        arm(tables, True)


def arm(tables, deferred):
    """Make the linking triggers anew."""
    for table in tables:
        moment = "deferrable initially deferred" if deferred else "not deferrable"
        sql(f"drop trigger {table}_is_linked on {table}")
        sql(
            f"create constraint trigger {table}_is_linked after insert on {table} {moment} "
            f"for each row execute function {FUNCTIONS[table]}()"
        )
        sql(f"alter table {table} enable always trigger {table}_is_linked")
