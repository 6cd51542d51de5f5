"""Channels from workbooks: of producers inside the officer's area, each known by kind, partner and first day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.imports import read_line
from accounts.models import Fate
from entities import channel_books, imports
from entities.models import SalesChannel
from foundation.trail.models import Entry
from tests.factories.entities import EntityFactory, SalesChannelFactory
from tests.imports.books import plain_book
from tests.imports.conftest import checked, imported, reasons

HEADS = [
    "Chủ thể",
    "Xã",
    "Loại kênh",
    "Nơi bán",
    "Liên kết",
    "Số hợp đồng",
    "Từ ngày",
    "Đến hết ngày",
    "Ghi chú",
]
START, END = dt.date(2024, 2, 1), dt.date(2024, 8, 31)


def row(kind="Siêu thị", partner="Siêu thị Trình Diễn", **more):
    facts = {
        "name": "HTX Một",
        "commune": "Xã Chuyên Ngoại",
        "kind": kind,
        "partner": partner,
        "link": None,
        "contract": "12/HĐ",
        "since": START,
        "until": None,
        "note": None,
    }
    return list((facts | more).values())


def book(*rows):
    return plain_book(HEADS, rows)


@pytest.fixture
def maker(people, commune):
    return EntityFactory(area=commune, name="HTX Một")


@pytest.fixture
def officer(people, maker):
    return people["commune_officer"]


def test_channels_come_in_with_their_facts_and_the_trail_says_from_which_line(officer, maker):
    floor = row("sàn TMĐT", "Sàn A", link="https://san.example/htx-mot", until=END, note="gian hàng thử")

    run = imported(book(row(), floor), officer, "channels")

    assert run.counts == {Fate.NEW: 2}
    channel = maker.channels.get(kind="e_commerce")
    assert (channel.link, channel.contract, channel.since, channel.until, channel.note) == (
        "https://san.example/htx-mot",
        "12/HĐ",
        START,
        END,
        "gian hàng thử",
    )
    told = Entry.objects.about(channel).get()
    assert (told.act, told.by) == ("Thêm từ tệp Excel", officer)
    assert told.note.startswith("danh-sach.xlsx, dòng 3. Sàn thương mại điện tử: Sàn A, từ 01/02/2024")


def test_the_same_file_twice_changes_nothing(officer):
    content = book(row(), row("Chợ", "Chợ Lương"))
    imported(content, officer, "channels")

    run = checked(content, officer, "channels")

    assert run.counts == {Fate.SAME: 2}
    assert not run.to_write
    assert SalesChannel.objects.count() == 2


def test_what_a_line_states_otherwise_changes_and_what_it_leaves_empty_stays(officer, maker):
    imported(book(row(note="cũ")), officer, "channels")

    run = imported(book(row(partner="siêu thị  TRÌNH DIỄN", contract=None, until=END)), officer, "channels")

    assert run.rows.get().changes == [["Đến hết ngày", "", "31/08/2024"]]
    channel = maker.channels.get()
    assert (channel.partner, channel.contract, channel.until, channel.note) == (
        "Siêu thị Trình Diễn",
        "12/HĐ",
        END,
        "cũ",
    )
    assert [entry.act for entry in Entry.objects.about(channel)] == [
        "Thêm từ tệp Excel",
        "Sửa theo tệp Excel",
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("siêu thị", "supermarket"),
        ("TMĐT", "e_commerce"),
        ("Đại lý", "agent"),
        ("chợ", "market"),
        ("Điểm OCOP", "ocop_point"),
    ],
)
def test_kinds_are_known_by_the_words_of_offices(officer, maker, word, kind):
    imported(book(row(word, link="https://a.example/")), officer, "channels")

    assert maker.channels.get().kind == kind


BAD = [
    (row("Shopee"), "“Shopee” không phải một loại kênh"),
    (row(name="HTX Không Có"), "Cổng không có chủ thể tên “HTX Không Có”"),
    (row(commune="Phù Vân"), "ngoài địa bàn của bạn"),
    (row(until=START - dt.timedelta(days=1)), "ngày kết thúc không được trước ngày bắt đầu"),
    (row("Sàn TMĐT"), "kênh trên mạng cần liên kết"),
    (row(partner="B", link="javascript:alert(1)"), "không phải một liên kết"),
    (row(partner="C", since=None), "Từ ngày: còn trống"),
    (row(partner=None), "Nơi bán, đối tác: còn trống"),
    (row(partner="D" * 161), "tối đa 160"),
    (row(partner="SIÊU THỊ trình diễn"), "Trùng với dòng 2 của tệp"),
]


def test_wrong_rows_stay_outside_with_their_reasons(officer, other_commune):
    EntityFactory(area=other_commune, name="HTX Một")

    run = imported(book(row(), *(bad for bad, _ in BAD)), officer, "channels")

    assert run.counts == {Fate.NEW: 1, Fate.ERROR: len(BAD)}
    for number, (_, reason) in enumerate(BAD, start=3):
        assert reason in reasons(run)[number], number
    assert SalesChannel.objects.count() == 1


def test_the_end_is_set_against_the_first_day_that_the_portal_has(officer, maker):
    SalesChannelFactory(
        entity=maker, kind="supermarket", partner="Siêu thị Trình Diễn", since=START, until=END
    )

    run = checked(book(row(until=dt.date(2024, 1, 1))), officer, "channels")

    assert "không được trước ngày bắt đầu" in reasons(run)[2]
    assert maker.channels.get().until == END


@pytest.mark.parametrize(("until", "constraint"), [(dt.date(2024, 1, 1), "channel_runs_forward")])
def test_without_the_check_the_database_refuses_and_nothing_is_half_saved(
    officer, monkeypatch, until, constraint
):
    monkeypatch.setattr(channel_books.ChannelSession, "check", lambda *args: None)
    run = checked(book(row(), row(partner="B", until=until)), officer, "channels")
    assert run.counts == {Fate.NEW: 2}
    keys = [column.key for column in imports.CHANNEL_COLUMNS]
    mapping = {key: n for n, key in enumerate(keys)}
    cells = [row(), row(partner="B", until=until)]
    lines = [
        read_line(number, line_of(values), imports.CHANNEL_COLUMNS, mapping)
        for number, values in enumerate(cells, start=2)
    ]
    session = imports.open_channels(officer, run)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        session.write(session.plan(lines))

    assert not SalesChannel.objects.exists()


def line_of(values):
    """Cells as the reader of workbooks gives them."""
    return [{"day": value.isoformat()} if isinstance(value, dt.date) else value for value in values]


def test_two_producers_of_one_name_are_told_apart_by_nobody(officer, commune):
    EntityFactory(area=commune, name="HTX  MỘT")

    assert "có nhiều chủ thể" in reasons(checked(book(row()), officer, "channels"))[2]


def test_a_merged_record_gets_no_channel(officer, maker, commune):
    other = EntityFactory(area=commune, name="HTX Hai")
    type(maker).objects.filter(pk=maker.pk).update(status="merged", merged_into=other)

    assert "Cổng không có chủ thể" in reasons(checked(book(row()), officer, "channels"))[2]
