"""Statuses move along their table, leave an entry, and the past stays."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove, diagram, move, write
from products.models import Idea, IdeaStatus
from tests.factories.accounts import UserFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(commune):
    return IdeaFactory(entity__area=commune)


def test_move_changes_the_status_and_leaves_one_entry(idea):
    officer = UserFactory()

    move(idea, IdeaStatus.SUBMITTED, by=officer, note="lần đầu", submitted_on="2024-10-15")

    idea.refresh_from_db()
    entry = Entry.objects.about(idea).get()
    assert idea.status == IdeaStatus.SUBMITTED
    assert str(idea.submitted_on) == "2024-10-15"
    assert (entry.by, entry.old, entry.new, entry.note) == (officer, "draft", "submitted", "lần đầu")


def test_a_step_outside_the_table_is_refused_in_words_and_changes_nothing(idea):
    with pytest.raises(IllegalMove, match="Không thể chuyển sang “Đã chấp nhận”"):
        move(idea, IdeaStatus.ACCEPTED, by=UserFactory())

    assert Idea.objects.get().status == IdeaStatus.DRAFT
    assert not Entry.objects.about(idea).exists()


def test_the_row_as_it_stands_decides_not_the_copy_in_hand(idea):
    stale = Idea.objects.get(pk=idea.pk)
    move(idea, IdeaStatus.WITHDRAWN, by=UserFactory())

    with pytest.raises(IllegalMove):
        move(stale, IdeaStatus.SUBMITTED, by=UserFactory(), submitted_on="2024-10-15")


@transaction.atomic
def move_and_fail(idea):
    """A deed that breaks after its move."""
    move(idea, IdeaStatus.WITHDRAWN, by=UserFactory())
    raise ZeroDivisionError


def test_a_failed_transaction_leaves_neither_status_nor_entry(idea):
    with pytest.raises(ZeroDivisionError):
        move_and_fail(idea)

    assert Idea.objects.get().status == IdeaStatus.DRAFT
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "statement",
    ["update trail_entry set act = 'khác'", "delete from trail_entry", "truncate trail_entry cascade"],
)
def test_the_past_cannot_be_changed_by_sql(idea, statement):
    write(idea, "Lập ý tưởng", by=None)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table trail_entry enable always trigger trail_entry_no_truncate")
        cursor.execute("savepoint before")
        with pytest.raises(IntegrityError, match="chỉ được ghi thêm"):
            cursor.execute(statement)
        cursor.execute("rollback to before")

    assert Entry.objects.get().act == "Lập ý tưởng"


def test_without_the_trigger_the_past_could_be_changed(idea):
    """The control of the test above."""
    write(idea, "Lập ý tưởng", by=None)

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table trail_entry disable trigger trail_entry_no_change")
        cursor.execute("update trail_entry set act = 'khác'")

    assert Entry.objects.get().act == "khác"


def test_the_trigger_fires_in_replica_mode_too():
    with connection.cursor() as cursor:
        cursor.execute("select tgenabled from pg_trigger where tgname = 'trail_entry_no_change'")
        assert cursor.fetchone() == ("A",)


def test_diagram_names_every_state_and_arrow():
    drawn = diagram(Idea)

    assert drawn.startswith("stateDiagram-v2\n")
    assert "    draft --> submitted\n" in drawn
    assert "    returned: Cần bổ sung\n" in drawn
