"""What a worker does for this app: write a progress report, set its papers anew, run it again."""

import datetime as dt
import hashlib
import logging
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation import clock
from foundation.areas.models import Area
from foundation.jobs.files import clear_folder, keep_file
from foundation.jobs.queue import work
from targets import consolidation, notices, papers, periods, progress
from targets.models import ProgressReport, ReportRun, ReportStatus, YearPlan

log = logging.getLogger(__name__)


@work
def write_report(step, *, plan_id, area_id, as_of, period=""):
    """Freeze the figures, set paper, Word file and workbook, and record the one report of this job.

    Runs at least once, inside one transaction with the end of the job: the row is there once or not at all. The files
    lie in a folder of this try, whole and on the disk before the row names them. Of a period there is one report: a
    second job finds the first one's.
    """
    job = step.job
    plan = YearPlan.objects.select_related("area__parent__parent").get(pk=plan_id)
    area = Area.objects.with_parents().get(pk=area_id)
    if period and (held := ProgressReport.objects.of_period(plan, area, period).first()):
        return held.get_absolute_url()
    clear_folder(f"reports/{job.code.hex}")
    step(5, "Đang đọc số liệu")
    books = progress.open_books(plan, dt.date.fromisoformat(as_of))
    step(25, "Đang tính các chỉ tiêu")
    figures = papers.frozen(books, area, guarded(job))
    step(45, "Đang lập bản in, bản Word và bảng tính")
    report = drawn_up(job, plan, area, books.day, period, figures)
    files = made(report, guarded(job))
    step(80, "Đang lưu tệp")
    keep(report, job, files)
    step(95, "Đang ghi báo cáo")
    report.save()
    notices.report_written(report)
    return report.get_absolute_url()


def drawn_up(job, plan, area, day, period, figures):
    """The report as a row that is not yet saved, with its words."""
    asker = User.objects.filter(pk=job.by_id).first()
    report = ProgressReport(
        plan=plan,
        area=area,
        as_of=day,
        period=period,
        figures=figures,
        digest=papers.digest(figures),
        code=f"bc-{day.isoformat()}-{job.code.hex[:8]}",
        texts=papers.paragraphs(figures),
        author=str(asker or ""),
        written_at=clock.now(),
        code_version=papers.code_version(),
        by=asker,
        job=job,
    )
    report.annex = annex_of(report)
    return report


def annex_of(report):
    """The reports from below, when it is the province's report of a period."""
    period = periods.parse(report.period)
    if period is None or report.area_id != report.plan.area_id:
        return []
    return consolidation.annex(report.plan, period, report.figures, clock.today())


def guarded(job):
    """How a part is made: what fails is tried again with the whole job; in the last try it is left out and named."""

    def part(name, make):
        if job.attempts < job.MAX_ATTEMPTS:
            return make()
        try:
            with transaction.atomic():
                return make()
        except Exception:
            log.exception("part %s of job %s left out", name, job.pk)
            return None

    return part


def facts_of(report):
    """What the papers say besides the figures, as it stands in the row: the same row, the same bytes."""
    names = ("digest", "code", "author", "texts", "annex", "number", "signed_on", "signer", "signer_role")
    moment = timezone.localtime(report.written_at or report.created_at)
    return {name: getattr(report, name) for name in names} | {"moment": moment, "period": report.period_label}


def made(report, part):
    """The bytes of each file by kind. A kind that failed is noted in the report and named in the others."""
    facts, report.failures = facts_of(report), []
    while True:
        files = {
            kind: part(kind, partial(make, report.figures, failures=report.failures, **facts))
            for kind, make in papers.MAKERS.items()
            if kind not in report.failures
        }
        failed = [kind for kind, content in files.items() if content is None]
        if not failed:
            return files
        report.failures = [*report.failures, *failed]


def checksums(files):
    """SHA-256 of each file."""
    return {kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()}


def keep(report, job, files):
    """Store the files in a folder of this try and name them in the row."""
    folder = f"reports/{job.code.hex}/{job.lease.hex}/bao-cao-ocop-{report.as_of.isoformat()}"
    for kind in papers.MAKERS:
        setattr(report, kind, keep_file(f"{folder}.{kind}", files[kind]) if kind in files else "")
    report.checksums = checksums(files)


@work
def set_papers(step, *, report_id, edition):
    """Set the files of a report anew after its words, its number or the reports from below have changed.

    Only for the edition that was asked for: when another change has come since, that one's job does it.
    """
    report = ProgressReport.objects.select_for_update(of=("self",)).for_list().get(pk=report_id)
    if edition != report.edition or report.is_set:
        return report.get_absolute_url()
    clear_folder(f"reports/{step.job.code.hex}")
    old = [name for kind in papers.MAKERS if (name := getattr(report, kind).name)]
    if report.status == ReportStatus.DRAFT:
        report.annex = annex_of(report)
    step(20, "Đang lập lại bản in, bản Word và bảng tính")
    files = made(report, guarded(step.job))
    step(80, "Đang lưu tệp")
    keep(report, step.job, files)
    report.set_edition, report.code_version = edition, papers.code_version()
    report.save()
    transaction.on_commit(partial(forget, old))
    return report.get_absolute_url()


def forget(names):
    """Remove files that no row names any more."""
    for name in names:
        default_storage.delete(name)


@work
def run_again(step, *, report_id):
    """Ask the day of a report once more: every file byte for byte the same, or what differs, by name."""
    report = ProgressReport.objects.for_list().get(pk=report_id)
    step(10, "Đang đọc số liệu")
    figures = papers.frozen(progress.open_books(report.plan, report.as_of), report.area)
    step(50, "Đang so với báo cáo")
    sums, differences = compared(report, figures)
    run = ReportRun.objects.create(
        report=report,
        job=step.job,
        figures=figures,
        digest=papers.digest(figures),
        checksums=sums,
        code_version=papers.code_version(),
        changes=differences,
        by=User.objects.filter(pk=step.job.by_id).first(),
    )
    notices.report_run(run)
    return report.get_absolute_url()


def compared(report, figures):
    """(checksums, differences) of the report with these figures instead of its own."""
    said = papers.changes(report.figures, figures)
    again = ProgressReport.objects.for_list().get(pk=report.pk)
    again.figures, again.digest = figures, papers.digest(figures)
    sums = checksums(made(again, papers.plainly))
    if not said:
        said = [
            f"{papers.FILES[kind]}: tệp khác trước dù số liệu như cũ."
            for kind in papers.MAKERS
            if report.checksums.get(kind) != sums.get(kind)
        ]
    version = papers.code_version()
    if said and version != report.code_version:
        said.append(f"Phiên bản chương trình: {report.code_version or 'chưa ghi'} → {version}.")
    return sums, said
