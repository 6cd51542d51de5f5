"""Files in pieces: order, repeats, rights, limits, digests, a full disk."""

import errno
import hashlib
import os
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.files import actions, purposes
from foundation.files.models import MAX_BYTES, Piece, Upload, UploadStatus
from foundation.jobs.models import Job
from products.models import DossierStatus
from tests.factories.files import UploadFactory
from tests.factories.products import EvidenceFactory
from tests.files.conftest import stored
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
CONTENT = b"0123456789" * 10


@pytest.fixture
def begun(evidence, producer):
    """A file of 100 bytes that was announced."""
    return actions.begin("evidence", str(evidence.code), by=producer, name="a.pdf", size=100)


def test_pieces_follow_one_another_and_the_file_is_handed_to_the_check(begun, producer):
    actions.add_piece(begun, 0, CONTENT[:60], by=producer)
    upload = actions.add_piece(begun, 60, CONTENT[60:], by=producer)
    assert (upload.received, upload.percent) == (100, 100)
    upload = actions.finish(begun, by=producer)
    assert upload.status == UploadStatus.RECEIVED
    assert upload.original_sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert upload.job.work == "foundation.files.works.check"


def test_every_step_may_come_twice(begun, producer, evidence):
    for _ in range(2):
        assert actions.add_piece(begun, 0, CONTENT[:60], by=producer).received == 60
    assert actions.add_piece(begun, 10, CONTENT[10:30], by=producer).received == 60  # inside what is there
    actions.add_piece(begun, 60, CONTENT[60:], by=producer)
    for _ in range(2):
        assert actions.finish(begun, by=producer).status == UploadStatus.RECEIVED
    assert Job.objects.doing("foundation.files.works.check").count() == 1
    assert actions.add_piece(begun, 0, CONTENT, by=producer).received == 100  # after the end too
    again = actions.begin("evidence", str(evidence.code), by=producer, name="a.pdf", size=100, key=begun.key)
    assert again.pk == begun.pk
    assert Piece.objects.count() == 2


@pytest.mark.parametrize(("start", "content"), [(10, b"x"), (0, b""), (0, b"x" * 101)])
def test_a_piece_that_does_not_follow_on_is_told_where_to_go_on(begun, producer, start, content):
    with pytest.raises(actions.OutOfStep) as refusal:
        actions.add_piece(begun, start, content, by=producer)
    assert refusal.value.args == (0,)
    assert Piece.objects.count() == 0


def test_a_file_that_is_not_whole_is_not_finished(begun, producer):
    actions.add_piece(begun, 0, CONTENT[:60], by=producer)
    with pytest.raises(actions.OutOfStep):
        actions.finish(begun, by=producer)


def test_a_file_that_arrived_otherwise_than_announced_begins_anew(
    evidence, producer, django_capture_on_commit_callbacks
):
    wrong = hashlib.sha256(b"otherwise").hexdigest()
    upload = actions.begin(
        "evidence", str(evidence.code), by=producer, name="a", size=100, sha256=wrong.upper()
    )
    before = stored("quarantine")
    actions.add_piece(upload, 0, CONTENT, by=producer)
    with django_capture_on_commit_callbacks(execute=True):
        upload = actions.finish(upload, by=producer)
    assert (upload.status, upload.received, upload.pieces.count()) == (UploadStatus.RECEIVING, 0, 0)
    assert stored("quarantine") == before


FIRST, SECOND = (hashlib.sha256(content).hexdigest() for content in (b"a", b"b"))


@pytest.mark.parametrize("other", [{"size": 101}, {"sha256": SECOND}, {"subject": "khac"}])
def test_t04_a_key_stands_for_one_file(people, producer, evidence, other):
    subject = str(EvidenceFactory(dossier=evidence.dossier, added_by=producer).code)
    other = other | ({"subject": subject} if "subject" in other else {})
    facts = {
        "subject": str(evidence.code),
        "name": "a.pdf",
        "size": 100,
        "key": uuid.uuid4(),
        "sha256": FIRST,
    }
    first = actions.begin("evidence", by=producer, **facts)
    assert (
        actions.begin("evidence", by=producer, **facts) == first
    )  # control: the same again is the same file
    with pytest.raises(ValidationError, match="Khóa này đã dùng cho một tệp khác"):
        actions.begin("evidence", by=producer, **facts | other)
    assert Upload.objects.count() == 1
    assert actions.begin("evidence", by=producer, **facts | other | {"key": uuid.uuid4()}) != first  # control


def test_t04_a_key_sent_again_with_other_content_is_refused_over_the_wire(client, producer, evidence):
    client.force_login(producer)
    facts = {"purpose": "evidence", "subject": str(evidence.code), "name": "a.pdf", "size": 100,
             "key": str(uuid.uuid4()), "sha256": FIRST}  # fmt: skip
    first, again = (client.post(reverse("files:begin"), facts) for _ in range(2))
    assert first.json()["code"] == again.json()["code"]
    other = client.post(reverse("files:begin"), facts | {"sha256": SECOND})
    assert (other.status_code, other.json()) == (400, {"error": "Khóa này đã dùng cho một tệp khác."})
    assert Upload.objects.get().declared_sha256 == FIRST


def test_t04_the_database_keeps_a_key_once_per_person(begun, producer, people):
    with pytest.raises(IntegrityError, match="upload_key_once"), transaction.atomic():
        UploadFactory(owner=producer, key=begun.key)
    UploadFactory(owner=people["other_producer"], key=begun.key)  # control: another person's key is another


@pytest.mark.parametrize(("size", "says"), [(0, "rỗng"), (MAX_BYTES + 1, "lớn hơn 50 MB")])
def test_empty_and_oversize_files_are_refused_before_a_byte_is_sent(evidence, producer, size, says):
    with pytest.raises(ValidationError, match=says):
        actions.begin("evidence", str(evidence.code), by=producer, name="a", size=size)
    with pytest.raises(IntegrityError, match="upload_size_in_bounds"), transaction.atomic():
        UploadFactory(size=size)


def test_limits_per_record_person_and_day(evidence, producer, monkeypatch):
    def begin():
        return actions.begin("evidence", str(evidence.code), by=producer, name="a", size=100)

    begin()
    for name, value, says in (
        ("MOST_UNFINISHED", 1, "gửi dở"),
        ("MOST_A_DAY", 150, "24 giờ"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(actions, name, value)
            with pytest.raises(ValidationError, match=says):
                begin()
    begin()  # control
    UploadFactory.create_batch(28, subject=str(evidence.code))
    with pytest.raises(ValidationError, match="nhiều nhất 30"):
        begin()


def test_only_who_may_change_the_record_sends_and_only_the_sender_goes_on(people, evidence, begun):
    """may_send, may_continue and may_discard say no to everybody else."""
    stranger = people["other_producer"]
    subject = str(evidence.code)
    for act in (
        lambda by: actions.begin("evidence", subject, by=by, name="a", size=1),
        lambda by: actions.begin("nothing", subject, by=by, name="a", size=1),
        lambda by: actions.begin("evidence", "not-a-code", by=by, name="a", size=1),
        lambda by: actions.begin("evidence", str(uuid.uuid4()), by=by, name="a", size=1),
        lambda by: actions.add_piece(begun, 0, b"x", by=by),
        lambda by: actions.finish(begun, by=by),
        lambda by: actions.discard(begun, by=by),
        lambda by: actions.join_photos([begun], "a", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(stranger)


def test_the_right_is_asked_at_each_step(evidence, begun, producer):
    actions.add_piece(begun, 0, CONTENT, by=producer)
    dossier = evidence.dossier
    dossier.status, dossier.submitted_on = DossierStatus.SUBMITTED, "2024-10-01"
    dossier.save()
    for act in (
        lambda: actions.add_piece(begun, 0, CONTENT, by=producer),
        lambda: actions.finish(begun, by=producer),
        lambda: actions.discard(begun, by=producer),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_discarding_leaves_nothing_and_may_come_twice(
    begun, producer, evidence, django_capture_on_commit_callbacks
):
    before = stored("quarantine")
    actions.add_piece(begun, 0, CONTENT, by=producer)
    assert evidence.files.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(begun, by=producer)
        actions.discard(begun, by=producer)
    assert stored("quarantine") == before
    assert (Upload.objects.count(), evidence.files.count()) == (0, 0)


def test_a_form_without_scripts_takes_the_same_steps(evidence, producer, monkeypatch):
    monkeypatch.setattr(actions, "PIECE", 64)
    content = pdf()
    upload = actions.receive_whole(
        "evidence", str(evidence.code), SimpleUploadedFile("a.pdf", content), by=producer
    )
    assert (upload.status, upload.received) == (UploadStatus.RECEIVED, len(content))
    assert upload.pieces.count() == -(-len(content) // 64)


# ---------------------------------------------------------------- a full disk (T29)


def full_disk(*args, **options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_keeps_no_half_piece_and_says_so(begun, producer, disk, monkeypatch):
    actions.add_piece(begun, 0, CONTENT[:50], by=producer)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        with pytest.raises(actions.NoRoom):
            actions.add_piece(begun, 50, CONTENT[50:], by=producer)
    assert [path.stat().st_size for path in disk.rglob("*") if path.is_file()] == [50]
    assert Upload.objects.get().received == 50
    assert actions.add_piece(begun, 50, CONTENT[50:], by=producer).received == 100  # room again


def test_another_trouble_of_the_disk_is_not_hidden(begun, producer, disk, monkeypatch):
    def broken(*args):
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="I/O"):
        actions.add_piece(begun, 0, CONTENT, by=producer)


# ---------------------------------------------------------------- over the wire


@pytest.fixture
def as_producer(client, producer):
    client.force_login(producer)
    return client


def announce(client, evidence, **facts):
    facts = {"purpose": "evidence", "subject": str(evidence.code), "name": "a.pdf", "size": 100} | facts
    return client.post(reverse("files:begin"), facts)


def put(client, url, start, content):
    return client.post(f"{url}tu/{start}/", content, content_type="application/octet-stream")


def test_a_device_sends_asks_and_goes_on(as_producer, evidence):
    begun = announce(as_producer, evidence).json()
    assert begun["received"] == 0
    assert put(as_producer, begun["url"], 0, CONTENT[:60]).json()["received"] == 60
    elsewhere = put(as_producer, begun["url"], 80, CONTENT[80:])
    assert (elsewhere.status_code, elsewhere.json()["received"]) == (409, 60)
    assert as_producer.post(f"{begun['url']}xong/").status_code == 409
    assert as_producer.get(begun["url"]).json()["received"] == 60
    put(as_producer, begun["url"], 60, CONTENT[60:])
    assert as_producer.post(f"{begun['url']}xong/").json()["status"] == "received"
    assert as_producer.post(f"{begun['url']}bo/").json() == {"discarded": True}
    assert as_producer.get(begun["url"]).status_code == 404


def test_a_digest_that_differs_sends_the_device_back_to_the_start(as_producer, evidence):
    begun = announce(as_producer, evidence, sha256="0" * 64).json()
    put(as_producer, begun["url"], 0, CONTENT)
    answer = as_producer.post(f"{begun['url']}xong/")
    assert (answer.status_code, answer.json()["received"]) == (409, 0)


@pytest.mark.parametrize(
    "facts",
    [
        {"size": "x"},
        {"size": ""},
        {"size": -1},
        {"size": 10**30},
        {"size": 0},
        {"size": MAX_BYTES + 1},
        {"key": "x"},
        {"sha256": "x"},
        {"purpose": "../.."},
    ],
)
def test_a_bad_announcement_is_400_with_a_sentence(as_producer, evidence, facts):
    answer = announce(as_producer, evidence, **facts)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert Upload.objects.count() == 0


def test_a_null_byte_is_400(as_producer, evidence):
    assert announce(as_producer, evidence, subject="a\x00b").status_code == 400


@pytest.mark.parametrize("name", ["../../a.pdf", "a\x00b.pdf", "a\r\nb.pdf", "a" * 900, ""])
def test_any_name_is_taken_as_text(as_producer, evidence, name):
    answer = announce(as_producer, evidence, name=name)
    assert answer.status_code in {201, 400}
    assert all(len(row.name) <= 150 and "/" not in row.name for row in Upload.objects.all())


def test_a_body_that_is_too_large_is_refused_flat(as_producer, evidence):
    begun = announce(as_producer, evidence, size=4_000_000).json()
    assert put(as_producer, begun["url"], 0, b"x" * 3_000_000).status_code in {400, 413}
    assert Piece.objects.count() == 0


@pytest.mark.parametrize("start", ["-1", "x", "9" * 30])
def test_a_start_that_is_no_place_in_a_file_is_404(as_producer, evidence, start):
    begun = announce(as_producer, evidence).json()
    assert put(as_producer, begun["url"], start, b"x").status_code == 404


def test_a_full_disk_is_507(as_producer, evidence, disk, monkeypatch):
    begun = announce(as_producer, evidence).json()
    monkeypatch.setattr(os, "fsync", full_disk)
    answer = put(as_producer, begun["url"], 0, CONTENT)
    assert (answer.status_code, answer.json()["error"]) == (507, actions.NO_ROOM)


def test_others_do_not_find_the_file(client, people, evidence, begun):
    for role in ("other_producer", "district_officer", "administrator"):
        client.force_login(people[role])
        assert client.get(begun.get_absolute_url()).status_code == 404
        assert put(client, begun.get_absolute_url(), 0, b"x").status_code == 404


def test_names_of_purposes_that_nobody_knows():
    assert purposes.purpose_of("x") is None
    assert purposes.provider_of("x") is None
    assert purposes.nothing(1) is None
