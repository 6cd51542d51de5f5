"""What becomes of a received file: scanned, judged, released or refused; joined; cleared."""

import datetime as dt
import hashlib
import os

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.files import actions, scanner, works
from foundation.files.models import Bundle, PageImage, Piece, Upload, UploadStatus
from foundation.files.purposes import Purpose
from foundation.inspection.kinds import KINDS
from foundation.jobs.models import Job, JobState
from foundation.trail.models import Entry
from tests.factories.files import BundleFactory, PieceFactory, UploadFactory
from tests.files.conftest import EICAR, Step, clamd, stored
from tests.inspection.test_kinds import BAD, GOOD, picture, word_file
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
STATUS = UploadStatus


def test_a_pdf_is_released_with_its_pages_drawn(sent, django_capture_on_commit_callbacks):
    content = pdf(pages=12)
    with django_capture_on_commit_callbacks(execute=True):
        upload = sent(content, "../Giấy phép.pdf")
    assert (upload.status, upload.kind, upload.pages, upload.name) == ("released", "pdf", 12, "Giấy phép.pdf")
    assert list(upload.images.values_list("number", flat=True)) == list(range(1, 13))
    with upload.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == upload.file_sha256
    with upload.original.open("rb") as file:
        assert file.read() == content
    assert upload.original_sha256 == hashlib.sha256(content).hexdigest()
    assert Piece.objects.count() == 0
    acts = list(Entry.objects.about(upload).values_list("new", flat=True))
    assert acts == ["received", "checking", "released"]


def test_a_photo_is_its_own_page_and_a_word_file_has_none(sent):
    photo, text = sent(picture("HEIF"), "IMG_1.HEIC"), sent(word_file(), "a.docx")
    assert (photo.status, photo.content_type, photo.download_name) == ("released", "image/jpeg", "IMG_1.jpg")
    assert (text.status, text.pages, text.original.name) == ("released", 0, "")
    assert text.file_sha256 == text.original_sha256
    assert PageImage.objects.count() == 0


@pytest.mark.parametrize("case", ["a PDF that is a page", "20,000 by 20,000 pixels", "a program called PDF"])
def test_what_is_refused_says_why_and_nothing_of_it_can_be_read(sent, case):
    content, name, _ = BAD[case]
    upload = sent(content, name)
    assert upload.status == STATUS.REFUSED
    assert upload.reason.endswith(".")
    assert not upload.file


def test_a_purpose_may_take_some_kinds_only(sent, monkeypatch):
    only = Purpose(name="evidence", may=lambda user, subject: True, kinds=frozenset(KINDS) - {"docx"})
    monkeypatch.setattr(works, "purpose_of", lambda name: only)
    assert sent(word_file(), "a.docx").reason == "Mục này không nhận loại tệp Word."
    assert sent(pdf(), "a.pdf").status == STATUS.RELEASED  # control


def test_a_check_that_comes_twice_or_too_late_changes_nothing(sent, producer):
    upload = sent(pdf())
    before = stored()
    works.check(Step(), upload_id=upload.pk)
    assert stored() == before
    actions.discard(upload, by=producer)
    assert works.check(Step(), upload_id=upload.pk) == ""


def test_only_some_pages_of_a_long_file_are_drawn(sent, monkeypatch):
    monkeypatch.setattr(works, "MOST_DRAWN", 3)
    upload = sent(pdf(pages=5))
    assert (upload.pages, upload.images.count()) == (5, 3)


# ---------------------------------------------------------------- the scanner (T86)


def test_a_virus_is_refused_by_name(sent, settings):
    content = pdf() + b"\n% " + EICAR
    assert sent(content).status == STATUS.RELEASED  # control: without a scanner nobody finds it
    with clamd() as daemon:
        settings.CLAMD_URL = daemon.url
        found = sent(content)
        assert sent(pdf()).status == STATUS.RELEASED
    assert daemon.scanned == [len(content), len(pdf())]
    assert found.status == STATUS.REFUSED
    assert "Eicar-Test-Signature" in found.reason
    assert not found.file


def test_while_the_scanner_is_away_the_file_waits_and_is_checked_again(sent, settings):
    with clamd() as daemon:
        settings.CLAMD_URL = daemon.url
    upload = sent(pdf())  # the daemon is gone
    assert (upload.status, bool(upload.file)) == (STATUS.CHECKING, False)
    works.look_again()
    assert Job.objects.doing("foundation.files.works.check").count() == 1  # control: its job has not ended
    Job.objects.filter(pk=upload.job_id).update(state=JobState.DONE)
    works.look_again()
    assert Job.objects.doing("foundation.files.works.check").count() == 2
    with clamd() as daemon:
        settings.CLAMD_URL = daemon.url
        works.check(Step(), upload_id=upload.pk)
    assert Upload.objects.get(pk=upload.pk).status == STATUS.RELEASED


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b""])
def test_an_answer_that_is_none_is_no_release(tmp_path, settings, answer):
    (tmp_path / "a").write_bytes(b"a")
    with clamd(answer) as daemon:
        settings.CLAMD_URL = daemon.url
        with pytest.raises(scanner.ScannerAway):
            scanner.virus_in(tmp_path / "a")


def test_a_scanner_behind_a_socket_file(settings, monkeypatch):
    said = []

    class Line:
        def __init__(self, *kind):
            said.append(kind)

        def settimeout(self, seconds):
            said.append(seconds)

        def connect(self, path):
            said.append(path)

    settings.CLAMD_URL = "unix:///run/clamav/clamd.ctl"
    monkeypatch.setattr(scanner.socket, "socket", Line)
    scanner.connected()
    assert said == [
        (scanner.socket.AF_UNIX, scanner.socket.SOCK_STREAM),
        scanner.SECONDS,
        "/run/clamav/clamd.ctl",
    ]


@pytest.mark.skipif("CLAMD_URL" not in os.environ, reason="CLAMD_URL names no real scanner")
def test_the_real_scanner_finds_the_test_virus(tmp_path, settings):
    settings.CLAMD_URL = os.environ["CLAMD_URL"]
    (tmp_path / "a").write_bytes(EICAR)
    assert "eicar" in scanner.virus_in(tmp_path / "a").lower()


def test_a_file_whose_every_check_failed_is_refused(sent):
    waiting = [sent(pdf(), check=False), sent(pdf(pages=3), check=False)]
    works.move(waiting[1], STATUS.CHECKING, by=None)
    Job.objects.update(state=JobState.FAILED)
    works.look_again()
    assert set(Upload.objects.values_list("status", "reason")) == {("refused", works.TRIED_OUT)}


# ---------------------------------------------------------------- photos joined


def test_photos_become_one_pdf_in_the_order_given(
    sent, producer, evidence, django_capture_on_commit_callbacks
):
    photos = [sent(picture(size=(30 + n, 40)), f"{n}.jpg") for n in range(3)]
    sent(pdf(), "khac.pdf")
    job = actions.join_photos(photos[::-1], "Biên bản/2024", by=producer)
    with django_capture_on_commit_callbacks(execute=True):
        works.join(Step(producer), **job.arguments)
    joined = Upload.objects.get(name="2024.pdf")
    assert (joined.status, joined.pages, joined.images.count()) == (STATUS.RELEASED, 3, 3)
    assert not Upload.objects.filter(pk__in=[photo.pk for photo in photos]).exists()
    assert [str(row) for row in evidence.files.all()] == ["2024.pdf", "khac.pdf"]
    assert works.join(Step(producer), **job.arguments) == ""  # a second time
    assert evidence.files.count() == 2


def test_what_cannot_be_joined_is_said(sent, producer, evidence, monkeypatch):
    photo, text = sent(picture(), "a.jpg"), sent(pdf(), "a.pdf")
    with pytest.raises(ValidationError, match="từ 2 đến"):
        actions.join_photos([photo], "a", by=producer)
    with pytest.raises(ValidationError, match="đã kiểm tra xong"):
        actions.join_photos([photo, text], "a", by=producer)
    with pytest.raises(PermissionDenied):
        actions.join_photos([], "a", by=producer)
    other = sent(picture(), "b.jpg")
    monkeypatch.setattr(actions.permissions, "may_continue", lambda user, upload: True)
    other.subject = "khac"
    with pytest.raises(ValidationError, match="cùng một mục"):
        actions.join_photos([photo, other], "a", by=producer)


# ---------------------------------------------------------------- upkeep


def test_the_night_removes_what_nobody_goes_on_with(evidence, django_capture_on_commit_callbacks):
    now = timezone.now()
    old, fresh = now - works.ABANDONED - dt.timedelta(hours=1), now - dt.timedelta(hours=1)
    before = stored("quarantine")
    PieceFactory(upload__touched_at=old)
    kept = PieceFactory(upload__touched_at=fresh)
    refused = {
        "status": STATUS.REFUSED,
        "reason": "x.",
        "received": 3,
        "size": 3,
        "original_sha256": "0" * 64,
    }
    past = PieceFactory(upload=UploadFactory(touched_at=now - dt.timedelta(days=8), **refused))
    recent = PieceFactory(upload=UploadFactory(touched_at=fresh, **refused))
    gone, stays = BundleFactory(), BundleFactory()
    Bundle.objects.filter(pk=gone.pk).update(made_at=now - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        works.clear_left_behind()
    assert set(Piece.objects.all()) == {kept, recent}
    assert set(Upload.objects.all()) == {kept.upload, past.upload, recent.upload}
    assert set(stored("quarantine")) - set(before) == {kept.file.name, recent.file.name}
    assert list(Bundle.objects.all()) == [stays]


# ---------------------------------------------------------------- what the table allows


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"received": 10**6}, "upload_not_more_than_said"),
        ({"status": "received"}, "upload_whole_has_a_digest"),
        ({"released": True, "file": ""}, "upload_released_has_a_file"),
        ({"released": True, "status": "refused"}, "upload_refused_has_a_reason"),
    ],
)
def test_the_table_itself_refuses(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        UploadFactory(**facts)


def test_every_kind_has_a_good_case():
    assert {case[2] for case in GOOD.values()} == set(KINDS)


def test_rows_say_what_they_are():
    row = UploadFactory(released=True, name="giay")
    assert row.download_name == "giay.jpg"
    assert str(PieceFactory(upload=row)) == f"{row.pk} +0"
    assert str(PageImage(upload=row, number=2)) == f"{row.pk} 2"
    assert str(BundleFactory(name="a.zip")) == "a.zip"
