"""Behind the pages: judge what was received, release it, draw its pages, join photos, and clear what was left."""

import datetime as dt
import hashlib
import logging
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from foundation.files.models import Bundle, PageImage, Piece, Upload, UploadStatus, quarantine
from foundation.files.purposes import purpose_of
from foundation.files.scanner import ScannerAway, virus_in
from foundation.inspection.kinds import KINDS
from foundation.inspection.opening import inspected
from foundation.inspection.words import Unfit
from foundation.jobs.files import clear_folder, keep_file
from foundation.jobs.models import JobState
from foundation.jobs.queue import enqueue, work
from foundation.trail.moves import move, write

log = logging.getLogger("portal.files")

AT_ONCE = 10  # pages that one child process draws
MOST_DRAWN = 300  # pages of one file that are drawn; the rest is read in the download
ABANDONED = dt.timedelta(days=2)  # without a new piece
KEPT_REFUSED = dt.timedelta(days=7)  # so that an administrator can still look at what was refused
KEPT_BUNDLE = dt.timedelta(days=7)
WRONG_KIND = "Mục này không nhận loại tệp {kind}."
VIRUS = "Máy quét vi-rút tìm thấy mã độc ({name}) trong tệp. Hãy quét máy của bạn rồi gửi tệp khác."
TRIED_OUT = "Không kiểm tra được tệp này. Hãy lưu hoặc quét lại tệp rồi tải lên."


# ---------------------------------------------------------------- bytes


def contents(upload):
    """The bytes of a file as they were received, piece by piece."""
    for piece in upload.pieces.all():
        with piece.file.open("rb") as file:
            yield file.read()


def delete_later(stored):
    """Delete stored files once the rows that named them are gone."""

    def delete_now():
        for storage, name in stored:
            storage.delete(name)

    transaction.on_commit(delete_now)


def drop_pieces(upload):
    """Forget what was received."""
    delete_later([(piece.file.storage, piece.file.name) for piece in upload.pieces.all()])
    upload.pieces.all().delete()


def delete(upload):
    """Its record forgets it; the row and all its files go, unless somebody else still needs them."""
    if purpose_of(upload.purpose).let_go(upload):
        erase(upload)


def erase(upload):
    """The row and all its files, which no record names any more."""
    delete_later(upload.stored())
    upload.delete()


# ---------------------------------------------------------------- the check


def ask_for_check(upload):
    """Have a worker judge it."""
    upload.job = enqueue(check, title=f"Kiểm tra tệp {upload.name}"[:200], upload_id=upload.pk)
    upload.save(update_fields=["job"])


@work
def check(step, *, upload_id):
    """Scan, judge and release or refuse one file. Runs at least once; a file that was taken away or judged is left."""
    upload = Upload.objects.select_for_update(of=("self",)).filter(pk=upload_id).first()
    if upload is None or upload.status not in {UploadStatus.RECEIVED, UploadStatus.CHECKING}:
        return ""
    clear_folder(upload.folder)  # of an earlier try
    if upload.status == UploadStatus.RECEIVED:
        move(upload, UploadStatus.CHECKING, by=None)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        with source.open("wb") as file:
            for content in contents(upload):
                file.write(content)
        step(20, "Đang quét và kiểm tra")
        try:
            judge(upload, source, step)
        except ScannerAway as away:
            log.warning("scanner away, upload %s waits: %s", upload.pk, away)
        except Unfit as refusal:
            move(upload, UploadStatus.REFUSED, by=None, note=refusal.args[0], reason=refusal.sentence)
    return ""


def judge(upload, source, step):
    """What the scanner and the child process say of the file; released when both let it pass."""
    if name := virus_in(source):
        reason = VIRUS.format(name=name)[:300]
        move(upload, UploadStatus.REFUSED, by=None, note=name, reason=reason)
        return
    with inspected(source, "release", name=upload.name) as found:
        kind = found.facts["kind"]
        if kind not in purpose_of(upload.purpose).kinds:
            reason = WRONG_KIND.format(kind=KINDS[kind].label)
            move(upload, UploadStatus.REFUSED, by=None, reason=reason)
            return
        step(40, "Đang vẽ trang")
        release(upload, found.released, found.facts, step, source=source)


def release(upload, path, facts, step, *, source=None):
    """Store the copy that people get and its pages; the original stays behind when it differs."""
    images = drawn(upload, path, facts, step)
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    original = ""
    if source is not None and digest != upload.original_sha256:
        original = keep_file(f"{upload.folder}/goc", source.read_bytes(), storage=quarantine())
    move(
        upload,
        UploadStatus.RELEASED,
        by=None,
        note=digest,
        kind=facts["kind"],
        content_type=facts["content_type"],
        pages=facts["pages"],
        original=original,
        file=keep_file(f"{upload.folder}/tep{facts['ending']}", content),
        file_sha256=digest,
        file_size=len(content),
    )
    PageImage.objects.bulk_create(images)
    drop_pieces(upload)


def drawn(upload, path, facts, step):
    """Images of the pages of a PDF, stored but not yet in the database."""
    if facts["kind"] != "pdf":
        return []
    return [
        PageImage(upload=upload, **page) for page in pages_kept(path, facts["pages"], upload.folder, step)
    ]


def pages_kept(path, total, folder, step):
    """Draw the pages of a PDF in child processes and store them; yields the facts of each one's row."""
    last = min(total, MOST_DRAWN)
    for first in range(1, last + 1, AT_ONCE):
        step(40 + 55 * first // (last + 1), f"Đang vẽ trang {first}/{last}")
        with inspected(path, "pages", first=first, last=min(first + AT_ONCE - 1, last)) as found:
            for number, (width, height) in zip(found.facts["numbers"], found.facts["sizes"], strict=True):
                content = (found.folder / f"{number:04}.jpg").read_bytes()
                name = keep_file(f"{folder}/trang/{number:04}.jpg", content)
                yield {"number": number, "width": width, "height": height, "file": name}


@work
def join(step, *, upload_ids, name):
    """Make one PDF from released photos, in this order; it takes their place."""
    found = Upload.objects.select_for_update(of=("self",)).in_bulk(upload_ids)
    sources = [found[key] for key in upload_ids if key in found]
    if len(sources) < len(upload_ids):  # done by an earlier try, or one was taken away meanwhile
        return ""
    first = sources[0]
    with tempfile.TemporaryDirectory() as folder:
        for number, source in enumerate(sources):
            with source.file.open("rb") as file:
                (Path(folder) / f"{number:04}.jpg").write_bytes(file.read())
        step(20, "Đang ghép ảnh")
        with inspected(folder, "join") as made:
            facts = {"kind": "pdf", "content_type": "application/pdf", "ending": ".pdf"} | made.facts
            size = made.released.stat().st_size
            digest = hashlib.sha256(made.released.read_bytes()).hexdigest()
            upload = Upload.objects.create(
                owner=first.owner,
                purpose=first.purpose,
                subject=first.subject,
                name=name,
                size=size,
                received=size,
                original_sha256=digest,
                status=UploadStatus.CHECKING,
            )
            write(upload, "Ghép ảnh", by=first.owner, note=f"{len(sources)} ảnh")
            release(upload, made.released, facts, step)
    purpose_of(first.purpose).joined(upload, sources)
    for source in sources:
        delete(source)
    return ""


# ---------------------------------------------------------------- upkeep


def look_again():
    """Files whose check ended without a verdict: the scanner was away (ask again), or every try failed (refuse)."""
    for upload in Upload.objects.unchecked():
        with transaction.atomic():
            if upload.job.state == JobState.DONE:
                ask_for_check(upload)
                continue
            if upload.status == UploadStatus.RECEIVED:
                move(upload, UploadStatus.CHECKING, by=None)
            move(upload, UploadStatus.REFUSED, by=None, reason=TRIED_OUT)


def clear_left_behind():
    """Uploads that nobody goes on with, the bytes of refused ones, and old packs."""
    now = timezone.now()
    for upload in Upload.objects.unfinished().filter(touched_at__lt=now - ABANDONED):
        with transaction.atomic():
            delete(upload)
    past = Piece.objects.filter(
        upload__status=UploadStatus.REFUSED, upload__touched_at__lt=now - KEPT_REFUSED
    )
    with transaction.atomic():
        delete_later([(piece.file.storage, piece.file.name) for piece in past])
        past.delete()
    for bundle in Bundle.objects.filter(made_at__lt=now - KEPT_BUNDLE):
        with transaction.atomic():
            delete_later([(bundle.file.storage, bundle.file.name)])
            bundle.delete()
