"""A signed head outside the database: what cannot be seen from within is found with it (T112, T113)."""

import base64
import json
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from foundation.trail import canonical, heads
from foundation.trail.models import Link
from foundation.trail.moves import write
from tests.trail.conftest import faults, link_now, sql, unguarded

pytestmark = pytest.mark.usefixtures("guarded")


def verify_trail(*arguments):
    """What the command says; its refusal is a CommandError."""
    link_now()
    said = StringIO()
    call_command("verify_trail", *map(str, arguments), stdout=said)
    return said.getvalue()


def rebuild():
    """Compute the whole chain anew over the entries as they stand: what a superuser can do who knows the form."""
    with unguarded("trail_link"):
        before = canonical.GENESIS
        for link in Link.objects.select_related("entry").order_by("seq"):
            fresh = link.expected_hash(before)
            sql("update trail_link set previous = %s, hash = %s where seq = %s", before, fresh, link.seq)
            before = fresh


@pytest.fixture
def story(person):
    """Three linked entries."""
    for act in ("Lập", "Sửa", "Gửi"):
        write(person, act, by=person, note=f"vì {act}")
    link_now()


@pytest.fixture
def falsified(story):
    """Changes the second entry and rebuilds the chain over it."""

    def falsify(act="Không sửa gì"):
        with unguarded("trail_entry"):
            sql("update trail_entry set act = %s where act = 'Sửa'", act)
        rebuild()

    return falsify


def test_a_whole_trail_is_said_to_be_whole(story):
    head = heads.current()

    assert f"Nhật ký nguyên vẹn: 3 mục, dấu cuối {head.hash}" in verify_trail()


def test_an_empty_trail_is_whole():
    assert f"0 mục, dấu cuối {canonical.GENESIS.hex()}" in verify_trail()


def test_todays_trail_extends_an_old_head(story, person, head_file):
    old = head_file()
    write(person, "Nhận", by=person)

    assert "Khớp với 1 dấu cuối đã ký." in verify_trail("--against", old)


def test_t112_a_trail_rebuilt_as_a_whole_is_found_with_an_old_head(story, falsified, head_file):
    old = head_file()
    falsified()

    with pytest.raises(CommandError, match=r"Mắt xích 3 khác với head\.json .* nhật ký đã bị viết lại"):
        verify_trail("--against", old)


def test_without_an_old_head_it_is_not(story, falsified):
    """The control: from within, a rebuilt chain is as good as the first."""
    falsified()

    assert "Nhật ký nguyên vẹn" in verify_trail()


def test_t112_a_trail_cut_short_is_found_with_an_old_head(story, head_file):
    old = head_file()
    with unguarded("trail_entry"), unguarded("trail_detail"), unguarded("trail_link"):
        for table, key in (("trail_link", "entry_id"), ("trail_detail", "entry_id"), ("trail_entry", "id")):
            sql(f"delete from {table} where {key} = (select max({key}) from {table})")

    assert faults() == []
    with pytest.raises(CommandError, match=r"chỉ có 2 mắt xích, thiếu mắt xích 3 mà head\.json đã xác nhận"):
        verify_trail("--against", old)


def test_t113_two_histories_shown_to_two_people_contradict_each_other(story, falsified, head_file, tmp_path):
    """A forked copy: both heads are signed by the true key, and each fits the copy it came from."""
    shown_to_one = head_file("one.json")
    falsified()
    shown_to_another = head_file("another.json")

    assert "Khớp với 1" in verify_trail("--against", shown_to_another)
    with pytest.raises(CommandError, match="cùng nói về mắt xích 3 nhưng mang hai dấu khác nhau: có hai bản"):
        verify_trail("--against", shown_to_one, shown_to_another)
    with pytest.raises(CommandError, match="có hai bản nhật ký"):
        verify_trail("--against", tmp_path)


def test_heads_of_one_history_do_not_contradict_each_other(story, person, head_file, tmp_path):
    """The control."""
    head_file("one.json")
    head_file("same.json")
    write(person, "Nhận", by=person)
    head_file("later.json")

    assert "Khớp với 3 dấu cuối" in verify_trail("--against", tmp_path)


def test_a_switched_off_guard_is_told_though_nothing_was_changed(story):
    sql("alter table trail_entry disable trigger trail_entry_no_change")

    with pytest.raises(CommandError, match="Chốt bảo vệ trail_entry_no_change đã bị tắt"):
        verify_trail()


def test_a_broken_trail_names_the_place(story):
    with unguarded("trail_entry"):
        sql("update trail_entry set act = 'khác' where act = 'Sửa'")

    with pytest.raises(
        CommandError, match=r"KHÔNG NGUYÊN VẸN \(3 mục\):\n  - Mục nhật ký số \d+ hoặc mắt xích 2"
    ):
        verify_trail()


# ---------------------------------------------------------------- signatures


@pytest.fixture
def paper(story):
    """A signed head as it stands in a file."""
    return heads.signed(heads.current())


def test_a_signed_head_is_read_back(paper):
    assert heads.read(paper, [heads.public_key()]) == heads.Head(**json.loads(paper)["head"])


def flipped(text, at):
    """Base64 text with one bit of its content turned."""
    raw = bytearray(base64.b64decode(text))
    raw[at // 8] ^= 1 << (at % 8)
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize("bit", range(0, 512, 37))
def test_a_turned_bit_in_the_signature_is_refused(paper, bit):
    content = json.loads(paper)
    content["signature"] = flipped(content["signature"], bit)

    with pytest.raises(heads.HeadRefused, match="không mang chữ ký"):
        heads.read(json.dumps(content), [heads.public_key()])


@pytest.mark.parametrize(
    ("name", "value"),
    [("seq", 4), ("hash", "0" * 64), ("portal", "https://khac.vn"), ("at", "2020-01-01")],
)
def test_a_changed_head_is_refused(paper, name, value):
    content = json.loads(paper)
    content["head"][name] = value

    with pytest.raises(heads.HeadRefused, match="không mang chữ ký"):
        heads.read(json.dumps(content), [heads.public_key()])


@pytest.fixture
def foreign(story):
    """A head of this chain signed by another key, which it brings along; and that key."""
    key, head = Ed25519PrivateKey.generate(), heads.current()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    content = json.loads(heads.signed(head))
    content |= {"signature": base64.b64encode(key.sign(head.canonical())).decode(), "public_key": public}
    return json.dumps(content), public


def test_a_head_signed_by_another_key_is_refused_though_it_brings_that_key(foreign, tmp_path):
    path = tmp_path / "foreign.json"
    path.write_text(foreign[0], encoding="utf-8")

    with pytest.raises(CommandError, match=r"foreign.json không mang chữ ký của cổng này"):
        verify_trail("--against", path)


def test_a_retired_key_is_accepted_when_it_is_named(foreign, tmp_path):
    """The control, and how older heads are checked after the key has changed."""
    path = tmp_path / "foreign.json"
    path.write_text(foreign[0], encoding="utf-8")

    assert "Khớp với 1" in verify_trail("--against", path, "--public-key", foreign[1])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "không phải JSON",
        "[]",
        "{}",
        '{"head": {}, "signature": ""}',
        b"\xff\xfe",
        '{"head": 1, "signature": "?"}',
    ],
)
def test_nonsense_is_refused_in_words(db, content):
    with pytest.raises(heads.HeadRefused, match="không phải là tệp dấu cuối"):
        heads.read(content, [heads.public_key()])


def test_a_head_of_another_make_is_refused(paper):
    content = json.loads(paper)
    content["head"]["seq"] = "3"

    with pytest.raises(heads.HeadRefused, match="không đúng mẫu"):
        heads.read(json.dumps(content), [heads.public_key()])


def test_a_file_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        verify_trail("--against", tmp_path / "mất.json")
