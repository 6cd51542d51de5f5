"""What a worker does with a workbook: read it, check every row, write what holds. Each job is one transaction."""

import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import connection

from accounts.imports import compare, importers, read_line, shown
from accounts.models import Fate, ImportRow, ImportRun, ImportStatus
from accounts.tables import DEEPEST, find_head, is_caption, is_numbering, texts
from foundation import clock
from foundation.jobs.queue import work
from foundation.sheets.opening import UnfitWorkbook, rows_of
from foundation.trail.moves import move

BATCH = 1_000
MAX_ROWS = 20_000
ONE_AT_A_TIME = 7310871452  # key of the lock under which imports are written one after another
TOO_MANY = "Bảng có quá 20.000 dòng dữ liệu. Hãy chia thành nhiều tệp."
CHANGED = "Dữ liệu trong cổng đã thay đổi từ khi xem trước. Hãy xem lại rồi gửi lại dòng này."


@contextmanager
def local_copy(file):
    """The stored workbook as a file that another process can open."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        with file.open("rb") as source:
            for chunk in iter(lambda: source.read(1024**2), b""):
                copy.write(chunk)
        copy.flush()
        yield copy.name


@work
def read_workbook(step, *, run_id):
    """Find the table and its heads; a workbook that is unfit is refused with the reason."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    importer = importers()[run.importer]
    step(10, "Đang mở tệp")
    try:
        with local_copy(run.file) as path:
            first, last, total = [], 0, 0
            for row in rows_of(path):
                if len(first) <= DEEPEST:
                    first.append((row.number, texts(row.cells, shown)))
                last, total = row.number, total + 1
            if total - DEEPEST > MAX_ROWS:
                raise UnfitWorkbook("rows")
    except UnfitWorkbook as unfit:
        move(run, ImportStatus.REFUSED, by=run.by, note=str(unfit), refusal=str(unfit))
        return run.get_absolute_url()
    known = [column.words for column in importer.columns]
    head, heads = find_head(first, lambda line: known_heads(known, line))
    above = sum(number <= head for number, _ in first)
    facts = {"heads": heads, "first_row": head + 1, "total": total - above}
    move(run, ImportStatus.MAPPING, by=run.by, note=f"{total - above} dòng, đến dòng {last}", **facts)
    return run.get_absolute_url()


def known_heads(known, line):
    """How many columns are known by these heads."""
    said = {compare(text) for text in line if text}
    return sum(bool(words & said) for words in known)


@work
def check_rows(step, *, run_id):
    """Decide what would become of each row, and keep it for the preview. Writes nothing else."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    session = importers()[run.importer].open(run.by, run)
    ImportRow.objects.of(run).delete()
    counts = Counter()
    for lines in batches(run, step):
        outcomes = session.plan(lines)
        counts.update(outcome.fate for outcome in outcomes)
        keep(run, outcomes)
    move(run, ImportStatus.READY, by=run.by, note=in_words(counts), counts=counts, total=counts.total())
    return run.get_absolute_url()


@work
def store_rows(step, *, run_id):
    """Decide again, now that nobody else imports, and write what still holds as it was shown."""
    wait_for_turn(step)
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    session = importers()[run.importer].open(run.by, run)
    counts = Counter()
    for lines in batches(run, step):
        outcomes = session.plan(lines)
        changed = settle(run, outcomes)
        session.write([outcome for outcome in outcomes if outcome.fate in {Fate.NEW, Fate.CHANGE}])
        counts.update(outcome.fate for outcome in outcomes)
        ImportRow.objects.bulk_update(changed, ["fate", "reason"], batch_size=500)
    step(95, "Đang kết thúc")
    facts = {"counts": counts, "done_at": clock.now()}
    move(run, ImportStatus.DONE, by=run.by, note=f"{in_words(counts)}; tệp {run.sha256[:12]}", **facts)
    return run.get_absolute_url()


def settle(run, outcomes):
    """Let stand only what the preview promised; returns the kept rows whose fate is another now."""
    numbers = [outcome.line.number for outcome in outcomes]
    kept = {row.number: row for row in ImportRow.objects.of(run).filter(number__in=numbers).defer("cells")}
    changed = []
    for outcome in outcomes:
        row = kept[outcome.line.number]
        if not as_promised(row, outcome):
            outcome.fate, outcome.reason = Fate.ERROR, outcome.reason or CHANGED
        if row.fate == Fate.ERROR:
            outcome.fate, outcome.reason = Fate.ERROR, row.reason
        if (row.fate, row.reason) != (outcome.fate, outcome.reason):
            row.fate, row.reason = outcome.fate, outcome.reason
            changed.append(row)
    return changed


def as_promised(row, outcome):
    """The row still becomes what was shown, or has become it by another hand."""
    if outcome.fate == Fate.CHANGE:
        return row.fate == Fate.CHANGE and row.changes == [list(change) for change in outcome.changes]
    return outcome.fate in {row.fate, Fate.SAME}


def wait_for_turn(step):
    """Imports are written one after another, so that two people cannot both add the same record."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            if cursor.fetchone()[0]:
                return
        step(1, "Đang chờ lần nhập khác ghi xong")
        time.sleep(0.5)


def batches(run, step):
    """The rows of the table, a thousand at a time, so that memory does not grow with the file."""
    columns = importers()[run.importer].columns
    with local_copy(run.file) as path:
        rows = (row for row in rows_of(path) if row.number >= run.first_row)
        done = 0
        while batch := list(islice(rows, BATCH)):
            found = [row for row in batch if counts_as_row(row)]
            done += len(found)
            if done > MAX_ROWS:
                raise ValidationError(TOO_MANY)
            yield [read_line(row.number, row.cells, columns, run.mapping) for row in found]
            step(5 + int(85 * min(done / max(run.total, 1), 1)), f"Đã xử lý {done} trên {run.total} dòng")


def counts_as_row(row):
    """Numbers below the head and captions across the sheet are no rows."""
    said = texts(row.cells, shown)
    return not (is_numbering(said) or is_caption(said))


def keep(run, outcomes):
    """Store what was decided about a batch."""
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            number=outcome.line.number,
            fate=outcome.fate,
            title=outcome.title[:300],
            reason=outcome.reason,
            changes=outcome.changes,
            cells=[shown(cell) for cell in outcome.line.cells],
        )
        for outcome in outcomes
    )


def in_words(counts):
    """Thêm mới 12, Thay đổi 3, …"""
    return ", ".join(f"{label.lower()} {counts.get(fate, 0)}" for fate, label in Fate.choices)
