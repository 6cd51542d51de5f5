"""Receive a file piece by piece, hand it to the check, take it away again, join photos, ask for packs.

Every step may be sent twice and asks for the right anew. What was acknowledged is on the disk.
"""

import datetime as dt
import errno
import hashlib
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils import timezone

from foundation.files import bundles, permissions, works
from foundation.files.models import MAX_BYTES, MEGABYTE, Upload, UploadStatus, quarantine
from foundation.files.names import clean_name
from foundation.files.purposes import provider_of, purpose_of
from foundation.jobs.files import keep_file
from foundation.jobs.models import Job, JobState
from foundation.jobs.queue import enqueue
from foundation.trail.moves import move, write

PIECE = 512 * 1024  # bytes that a device sends at once
MOST_UNFINISHED = 40  # files on their way, of one person
MOST_A_DAY = 1024 * MEGABYTE  # bytes begun within 24 hours, by one person
MOST_PHOTOS = 40  # pages of a PDF joined from photos
NO_ROOM = "Máy chủ tạm hết chỗ chứa tệp. Phần đã gửi vẫn còn; hãy thử lại sau ít phút."


class OutOfStep(Exception):
    """The device is elsewhere than the portal; ``args[0]`` is the byte to go on from."""


class NoRoom(Exception):
    """The disk is full; nothing of this piece was kept."""


def require(allowed):
    """Stop here unless the predicate said yes."""
    if not allowed:
        raise PermissionDenied("Bạn không có quyền thực hiện việc này với tệp.")


@transaction.atomic
def begin(purpose_name, subject, *, by, name, size, key=None, sha256=""):
    """Announce a file; the same ``key`` again is the same file."""
    purpose = purpose_of(purpose_name)
    require(permissions.may_send(by, purpose, subject))
    key = key or uuid.uuid4()
    facts = {"purpose": purpose_name, "subject": subject, "size": size}
    if known := Upload.objects.filter(owner=by, key=key).first():
        digests = {known.declared_sha256, sha256.lower()} - {""}
        if len(digests) > 1 or any(getattr(known, fact) != value for fact, value in facts.items()):
            raise ValidationError("Khóa này đã dùng cho một tệp khác.")
        return known
    if not 1 <= size <= MAX_BYTES:
        raise ValidationError(
            "Tệp rỗng, hãy chọn tệp khác." if size < 1 else
            f"Tệp lớn hơn {MAX_BYTES // MEGABYTE} MB. Hãy quét ở 150–200 dpi hoặc chia thành nhiều tệp."
        )  # fmt: skip
    keep_limits(purpose, subject, size, by)
    upload = Upload.objects.create(
        owner=by, key=key, name=clean_name(name), declared_sha256=sha256.lower(), **facts
    )
    purpose.begun(upload)
    return upload


def keep_limits(purpose, subject, size, by):
    """What one person may send, and what one record may hold."""
    if Upload.objects.about(purpose.name, subject).count() >= purpose.most:
        raise ValidationError(f"Mỗi mục có nhiều nhất {purpose.most} tệp.")
    mine = Upload.objects.filter(owner=by)
    if mine.unfinished().count() >= MOST_UNFINISHED:
        raise ValidationError(f"Bạn đang có {MOST_UNFINISHED} tệp gửi dở. Hãy gửi xong hoặc bỏ bớt trước.")
    day = timezone.now() - dt.timedelta(days=1)
    sent = mine.filter(created_at__gt=day).aggregate(total=Sum("size"))["total"] or 0
    if sent + size > MOST_A_DAY:
        raise ValidationError("Bạn đã gửi 1 GB tệp trong 24 giờ qua. Hãy gửi tiếp vào ngày mai.")


def locked(upload):
    """The row, held until the transaction ends."""
    return Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)


@transaction.atomic
def add_piece(upload, start, content, *, by):
    """Keep the bytes from ``start`` on; bytes that are there already are acknowledged again."""
    require(permissions.may_continue(by, upload))
    upload = locked(upload)
    end = start + len(content)
    if content and end <= upload.received:
        return upload
    if (
        upload.status != UploadStatus.RECEIVING
        or start != upload.received
        or not content
        or end > upload.size
    ):
        raise OutOfStep(upload.received)
    try:
        name = keep_file(f"{upload.folder}/{start:012}", content, storage=quarantine())
    except OSError as full:
        if full.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoRoom(NO_ROOM) from full
        raise
    upload.pieces.create(start=start, size=len(content), file=name)
    upload.received, upload.touched_at = end, Now()
    upload.save(update_fields=["received", "touched_at"])
    upload.refresh_from_db(fields=["touched_at"])
    return upload


@transaction.atomic
def finish(upload, *, by):
    """Everything was sent: hand the file to the check. A file that arrived otherwise than announced begins anew."""
    require(permissions.may_continue(by, upload))
    upload = locked(upload)
    if upload.status != UploadStatus.RECEIVING:
        return upload
    if upload.received != upload.size:
        raise OutOfStep(upload.received)
    digest = hashlib.sha256()
    for content in works.contents(upload):
        digest.update(content)
    if upload.declared_sha256 and digest.hexdigest() != upload.declared_sha256:
        works.drop_pieces(upload)
        upload.received = 0
        upload.save(update_fields=["received"])
        return upload
    move(upload, UploadStatus.RECEIVED, by=by, original_sha256=digest.hexdigest())
    works.ask_for_check(upload)
    return upload


def receive_whole(purpose_name, subject, file, *, by):
    """A file that came with an ordinary form: the same steps, at once."""
    upload = begin(purpose_name, subject, by=by, name=file.name or "", size=file.size)
    file.seek(0)
    while content := file.read(PIECE):
        upload = add_piece(upload, upload.received, content, by=by)
    return finish(upload, by=by)


@transaction.atomic
def discard(upload, *, by):
    """Take a file away with everything that was stored of it."""
    require(permissions.may_discard(by, upload))
    upload = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if upload is None:  # a second press
        return
    write(upload, "Bỏ tệp", by=by, old=upload.status, note=upload.name)
    works.delete(upload)


@transaction.atomic
def join_photos(uploads, name, *, by):
    """Have several photos made into one PDF, in the order given; the photos go when it is there. Returns the job."""
    first = uploads[0] if uploads else None
    require(first is not None and all(permissions.may_continue(by, upload) for upload in uploads))
    if not 2 <= len(uploads) <= MOST_PHOTOS:
        raise ValidationError(f"Hãy chọn từ 2 đến {MOST_PHOTOS} ảnh để ghép.")
    if {(upload.purpose, upload.subject) for upload in uploads} != {(first.purpose, first.subject)}:
        raise ValidationError("Chỉ ghép được các ảnh của cùng một mục.")
    if not all(upload.is_released and upload.is_picture for upload in uploads):
        raise ValidationError("Chỉ ghép được các ảnh đã kiểm tra xong.")
    name = clean_name(f"{name or 'Tai lieu'}.pdf")
    keys = [upload.pk for upload in uploads]
    return enqueue(works.join, title=f"Ghép {len(keys)} ảnh thành PDF", by=by, upload_ids=keys, name=name)


@transaction.atomic
def ask_for_bundle(provider_name, subject, *, by):
    """Have a record's files packed; while a pack of the same is being made, that one. Returns the job."""
    provider = provider_of(provider_name)
    require(permissions.may_pack(by, provider, subject))
    facts = {"provider_name": provider_name, "subject": subject}
    running = Job.objects.doing("foundation.files.bundles.pack").filter(by=by, arguments=facts)
    if job := running.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).first():
        return job
    return enqueue(bundles.pack, title=f"Lập gói {provider.file_name(subject)}"[:200], by=by, **facts)
