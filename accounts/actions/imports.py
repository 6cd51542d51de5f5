"""Deeds on imports: send a workbook, choose its columns, confirm, drop, run again; and clear what is past its time."""

import datetime as dt
import hashlib
import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.imports import importers
from accounts.models import ImportMapping, ImportRow, ImportRun, ImportStatus
from accounts.permissions import may_import, require
from accounts.privacy import rules
from accounts.works import imports as works
from foundation import clock
from foundation.jobs.files import keep_file
from foundation.jobs.queue import enqueue
from foundation.trail.moves import move, write

MOST_OPEN = 10
WORKS = {
    ImportStatus.READING: (works.read_workbook, "Đọc tệp"),
    ImportStatus.CHECKING: (works.check_rows, "Kiểm tra tệp"),
    ImportStatus.STORING: (works.store_rows, "Ghi dữ liệu từ tệp"),
}
OPEN = (ImportStatus.READING, ImportStatus.MAPPING, ImportStatus.CHECKING, ImportStatus.READY)


@transaction.atomic
def send_workbook(importer, file, *, by):
    """Keep a workbook and have it read by a worker; returns the import."""
    require(may_import(by, importer))
    if ImportRun.objects.visible_to(by).filter(status__in=OPEN).count() >= MOST_OPEN:
        raise ValidationError(f"Bạn đang có {MOST_OPEN} lần nhập chưa xong. Hãy xác nhận hoặc bỏ bớt trước.")
    content = file.read()
    code = uuid.uuid4()
    run = ImportRun.objects.create(
        code=code,
        importer=importer.name,
        by=by,
        file=keep_file(f"imports/{code.hex}/{uuid.uuid4().hex}.xlsx", content),
        file_name=PurePath(file.name).name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
    )
    write(run, "Tải tệp lên", by=by, new=run.status, note=run.sha256)
    hand_over(run)
    return run


def hand_over(run):
    """Have a worker do what the import's status asks for."""
    function, title = WORKS[run.status]
    run.job = enqueue(function, title=f"{title} {run.file_name}"[:200], by=run.by, run_id=run.pk)
    run.save(update_fields=["job"])


@transaction.atomic
def choose_columns(run, mapping, *, by):
    """Fix which head of the workbook is which column, remember it for next time, and have every row checked."""
    require(may_import(by, importers()[run.importer]) and run.by_id == by.pk)
    heads = {key: run.heads[position] for key, position in mapping.items()}
    move(run, ImportStatus.CHECKING, by=by, mapping=mapping, counts={})
    ImportMapping.objects.update_or_create(person=by, importer=run.importer, defaults={"heads": heads})
    hand_over(run)


@transaction.atomic
def confirm(run, *, by):
    """Have the rows written as the preview shows them."""
    require(may_import(by, importers()[run.importer]) and run.by_id == by.pk)
    if not run.to_write:
        raise ValidationError("Không có dòng nào để ghi.")
    move(run, ImportStatus.STORING, by=by)
    hand_over(run)


@transaction.atomic
def drop(run, *, by):
    """Give an import up: nothing was written, and its file is no longer kept."""
    require(run.by_id == by.pk)
    move(run, ImportStatus.DROPPED, by=by)
    clear(run)


@transaction.atomic
def run_again(run, *, by):
    """Let the job of an import that was given up run once more."""
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("job", "by").get(pk=run.pk)
    require(run.by_id == by.pk)
    if not run.is_stuck:
        raise ValidationError("Việc này đang chạy hoặc đã xong. Hãy tải lại trang.")
    write(run, "Chạy lại", by=by)
    hand_over(run)


def clear(run):
    """Take file and rows away; the import itself and its story stay."""
    ImportRow.objects.of(run).delete()
    storage, name = run.file.storage, run.file.name
    run.file, run.cleared_at = "", clock.now()
    run.save(update_fields=["file", "cleared_at"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def clear_past():
    """Clear imports whose time is over; returns how many. May run as often as one likes."""
    limit = clock.now() - dt.timedelta(days=rules().retention["import"].span.count)
    rows = list(ImportRun.objects.past(limit).order_by("pk")[:200])
    for run in rows:
        clear(run)
    return len(rows)
