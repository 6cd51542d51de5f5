"""Every entry is linked, whatever is changed afterwards is found (T111), erasing is not a change."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.trail import canonical, origin, verify
from foundation.trail.erasure import erase
from foundation.trail.models import Detail, Entry, Link
from foundation.trail.moves import write
from tests.trail.conftest import faults, link_now, sql, unguarded

pytestmark = pytest.mark.django_db
# By hand: printf 'ocop-trail/1\x1f…' | sha256sum
LINK = "fd9ddacae5cc719c707402bc4ce19dfb5f92de377e553e6cba235f25be95ad6d"
DETAIL = "de28c89a4e418d976cf9ec141e57152c93ce08f58115915011cf9ec990010dd6"


@pytest.fixture
def story(person):
    """Four linked entries; their keys."""
    acts = [("Lập", "vì cần\nlàm \\ ngay\t!"), ("Sửa", ""), ("Gửi \\ lại", "lần hai"), ("Nhận", "đủ hồ sơ")]
    with origin.told(origin.Origin("203.0.113.9", "Firefox 130")):
        keys = [write(person, act, by=person, old="a", new="b", note=note).pk for act, note in acts]
    link_now()
    return keys


def whole_reads(person):
    """How often linking a few entries read the table of those that wait from end to end."""
    count = "select seq_scan from pg_stat_xact_user_tables where relname = 'trail_waiting'"
    ((before,),) = sql(count)
    for number in range(5):
        write(person, f"Lần {number}", by=person)
    link_now()
    ((after,),) = sql(count)
    return after - before


def test_linking_finds_each_entry_by_its_key(person):
    """Reading the whole table for each entry would make a large import hold the chain's lock for long."""
    assert whole_reads(person) == 0


def test_control_reading_the_whole_table_would_be_counted(person):
    sql("alter function trail_append_link() reset enable_seqscan")
    sql("set local enable_indexscan = off")
    sql("set local enable_bitmapscan = off")

    assert whole_reads(person) == 5


def test_entries_are_numbered_without_gaps_and_each_holds_the_hash_before(story):
    links = list(Link.objects.order_by("seq"))

    assert [link.entry_id for link in links] == story
    assert [link.seq for link in links] == [1, 2, 3, 4]
    assert [bytes(link.previous) for link in links] == [
        canonical.GENESIS,
        *(bytes(link.hash) for link in links[:-1]),
    ]


def test_python_and_the_database_compute_the_same_hash(story):
    before = canonical.GENESIS
    for link in Link.objects.select_related("entry").order_by("seq"):
        assert link.expected_hash(before) == bytes(link.hash)
        before = bytes(link.hash)
    assert faults() == []


def test_the_canonical_form_is_fixed():
    """Whoever changes this form must give it a new version: old links stay readable by the old one."""
    at = canonical.moment(dt.datetime(2024, 10, 15, 3, 4, 5, 6, dt.UTC))
    fields = (
        "1",
        canonical.GENESIS.hex(),
        "7",
        at,
        "3",
        "Cán bộ xã – Xã A",
        "12",
        "5",
        "Tiếp nhận",
        "a",
        "b",
        "",
    )

    assert at == "2024-10-15T03:04:05.000006Z"
    assert canonical.link_hash(fields).hex() == LINK
    assert canonical.detail_digest(b"s" * 16, "vì sao", "203.0.113.9", "Firefox 130").hex() == DETAIL


def test_an_entry_that_is_rolled_back_leaves_no_gap(person):
    write(person, "Một", by=None)
    with transaction.atomic():
        write(person, "Hai", by=None)
        transaction.set_rollback(True)
    write(person, "Ba", by=None)
    link_now()

    assert list(Link.objects.order_by("seq").values_list("seq", "entry__act")) == [(1, "Một"), (2, "Ba")]


def test_text_is_composed_and_the_separator_cannot_come_in(person):
    entry = write(person, "Ho\u0302\u0300 sơ\x1f", by=None, note="tri\x1fển\x00\r\nkhai")

    assert (entry.act, entry.note) == ("Hồ sơ ", "tri ển \nkhai")
    with pytest.raises(IntegrityError, match="entry_texts_hold_no_separator"), transaction.atomic():
        Entry.objects.create(subject=person, act="x\x1fy")


@pytest.mark.parametrize("column", ["act", "role", "old", "new"])
def test_t111_an_entry_altered_by_whoever_may_switch_the_trigger_off_is_found(story, column):
    with unguarded("trail_entry"):
        sql(f"update trail_entry set {column} = 'khác' where id = %s", story[1])

    assert faults() == [f"Mục nhật ký số {story[1]} hoặc mắt xích 2 của nó đã bị sửa."]


@pytest.mark.parametrize("change", ["at = at + interval '1 microsecond'", "by_id = null", "subject_id = 0"])
def test_t111_other_time_person_or_subject_is_found(story, change):
    with unguarded("trail_entry"):
        sql(f"update trail_entry set {change} where id = %s", story[2])

    assert faults() == [f"Mục nhật ký số {story[2]} hoặc mắt xích 3 của nó đã bị sửa."]


def test_t111_a_deleted_entry_is_found(story):
    with unguarded("trail_entry"), unguarded("trail_detail"):
        sql(f"alter table trail_link drop constraint {foreign_key('trail_link')}")
        sql("delete from trail_detail where entry_id = %s", story[1])
        sql("delete from trail_entry where id = %s", story[1])

    assert faults() == [f"Mục nhật ký số {story[1]} (mắt xích 2) đã mất."]


def test_t111_an_entry_deleted_with_its_link_leaves_a_gap(story):
    with unguarded("trail_entry"), unguarded("trail_detail"), unguarded("trail_link"):
        for table in ("trail_link", "trail_detail"):
            sql(f"delete from {table} where entry_id = any(%s)", story[1:3])
        sql("delete from trail_entry where id = any(%s)", story[1:3])

    assert faults() == ["Thiếu các mắt xích từ 2 đến 3."]


def test_t111_a_missing_link_is_found_twice_as_a_gap_and_as_an_entry_without_one(story):
    with unguarded("trail_link"):
        sql("delete from trail_link where seq = 2")

    assert faults() == [f"Mục nhật ký số {story[1]} không có mắt xích.", "Thiếu mắt xích 2."]


def test_t111_an_altered_link_breaks_the_chain_after_it_too(story):
    with unguarded("trail_link"):
        sql("update trail_link set hash = sha256('khác') where seq = 2")

    assert faults() == [
        f"Mục nhật ký số {story[1]} hoặc mắt xích 2 của nó đã bị sửa.",
        "Mắt xích 3 không nối với mắt xích trước nó.",
    ]


@pytest.mark.parametrize("early", [verify.EARLY, 1])
def test_entries_linked_in_another_order_than_written_are_whole_too(person, monkeypatch, early):
    """Whoever commits first is linked first. When too many come early, the chain's own order decides."""
    monkeypatch.setattr(verify, "EARLY", early)
    with unguarded("trail_entry"):
        for number in range(5):
            write(person, f"Việc {number}", by=None)
    sql("insert into trail_waiting select id from trail_entry order by id desc")

    assert faults() == []
    assert Link.objects.latest("seq").entry.act == "Việc 0"


def test_an_entry_slipped_in_without_being_linked_is_found(story, person):
    with unguarded("trail_entry"):
        slipped = write(person, "Lén", by=None).pk

    assert faults() == [f"Mục nhật ký số {slipped} không có mắt xích."]


@pytest.mark.parametrize(
    "change",
    ["note = 'khác'", "address = '203.0.113.9'", "agent = 'khác'", "salt = '\\x00'", "erased_why = 'x'"],
)
def test_a_detail_cannot_be_changed(story, change):
    with pytest.raises(IntegrityError, match="chỉ được xoá trắng"), transaction.atomic():
        sql(f"update trail_detail set {change} where entry_id = %s", story[0])


@pytest.mark.parametrize("kept", ["note", "address", "agent", "salt"])
def test_a_detail_cannot_be_erased_by_halves(story, kept):
    blank = [
        "note = ''",
        "address = ''",
        "agent = ''",
        "salt = ''",
        "erased_on = current_date",
        "erased_why = 'x'",
    ]
    blank = [part for part in blank if not part.startswith(kept)]
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"update trail_detail set {', '.join(blank)} where entry_id = %s", story[0])


@pytest.mark.parametrize("statement", ["delete from trail_detail", "truncate trail_detail"])
@pytest.mark.usefixtures("guarded", "story")
def test_details_cannot_be_deleted(statement):
    with pytest.raises(IntegrityError, match="chỉ được xoá trắng"), transaction.atomic():
        sql(statement)


@pytest.mark.parametrize("change", ["note = 'khác'", "address = '::1'", "salt = sha256('x')"])
def test_an_altered_detail_that_is_not_marked_erased_is_found(story, change):
    """The control of the refusals above: without the trigger the change goes through, and the chain tells."""
    with unguarded("trail_detail"):
        sql(f"update trail_detail set {change} where entry_id = %s", story[3])

    assert faults() == [f"Chi tiết của mục nhật ký số {story[3]} đã bị sửa mà không phải là xoá theo luật."]


def test_a_deleted_detail_is_found(story):
    with unguarded("trail_detail"):
        sql("delete from trail_detail where entry_id = %s", story[3])

    assert faults() == [f"Chi tiết của mục nhật ký số {story[3]} đã mất."]


def test_erasing_leaves_no_text_keeps_the_chain_whole_and_is_itself_on_the_trail(story, person):
    assert erase(Entry.objects.filter(pk__in=[story[0], story[3]]), by=person, why="Yêu cầu 12/2026") == 2

    left = sql("select trail_detail::text from trail_detail where entry_id = %s", story[3])[0][0]
    assert "hồ sơ" not in left
    assert "203.0.113.9" not in left
    detail = Detail.objects.get(pk=story[3])
    assert (detail.note, detail.address, detail.agent, bytes(detail.salt)) == ("", "", "", b"")
    assert (detail.erased_why, detail.is_whole) == ("Yêu cầu 12/2026", True)
    assert Entry.objects.about(Entry.objects.get(pk=story[3])).get().act == "Xoá nội dung mục nhật ký"
    assert faults() == []


def test_erasing_twice_does_nothing_the_second_time_and_cannot_be_undone(story, person):
    entries = Entry.objects.filter(pk=story[0])
    erase(entries, by=person, why="Yêu cầu 12/2026")

    assert erase(entries, by=person, why="Yêu cầu 13/2026") == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("update trail_detail set erased_on = null, erased_why = '' where entry_id = %s", story[0])


def test_a_story_costs_two_queries_with_people_and_reasons(story, person, django_assert_num_queries):
    write(person, "Nữa", by=person)
    with django_assert_num_queries(1):
        told = Entry.objects.about(person).as_timeline()

    assert [line["note"] for line in told] == ["", "đủ hồ sơ", "lần hai", "", "vì cần\nlàm \\ ngay\t!"]


def foreign_key(table):
    """The name of the key from this table to the entries."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return next(name for name, facts in found.items() if facts["foreign_key"] == ("trail_entry", "id"))
