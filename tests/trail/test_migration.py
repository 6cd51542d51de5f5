"""A trail that is older than the chain: its notes become details, its entries are linked, and back again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation.trail.models import Entry, Link
from foundation.trail.verify import guards_off, verify
from tests.trail.conftest import ALL_GUARDS, sql

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, NOW = ("trail", "0002_append_only"), ("trail", "0004_trail_chain")


def migrate(target):
    """Bring the trail's tables to that state."""
    MigrationExecutor(connection).migrate([target])


@pytest.fixture
def older(transactional_db):
    """The tables as they were; whole again after the test, and ready to be emptied."""
    migrate(BEFORE)
    yield
    migrate(NOW)
    for guard in ALL_GUARDS:
        sql(f"alter table {guard.removesuffix('_no_truncate')} disable trigger {guard}")


def older_entry(act, note):
    """A row as it was written then."""
    sql(
        "insert into trail_entry (role, subject_type_id, subject_id, act, old, new, note)"
        " select '', id, 1, %s, '', '', %s from django_content_type order by id limit 1",
        act,
        note,
    )


@pytest.mark.usefixtures("older")
def test_older_entries_keep_their_notes_and_are_linked_in_order():
    sql("alter table trail_entry enable always trigger trail_entry_no_truncate")
    for act, note in (("Lập", ""), ("Gửi", "vì cần\ngấp"), ("Nhận", "Ho\u0302\u0300 sơ")):
        older_entry(act, note)
    migrate(NOW)

    assert [entry.note for entry in Entry.objects.with_detail()] == ["", "vì cần\ngấp", "Hồ sơ"]
    assert list(Link.objects.order_by("seq").values_list("seq", "entry__act")) == [
        (1, "Lập"),
        (2, "Gửi"),
        (3, "Nhận"),
    ]
    assert (verify().count, verify().faults, guards_off()) == (3, [], [])

    migrate(BEFORE)
    assert sql("select note from trail_entry order by id") == [("",), ("vì cần\ngấp",), ("Hồ sơ",)]
