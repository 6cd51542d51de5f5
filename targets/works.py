"""What a worker does for this app: write one progress report."""

import datetime as dt

from accounts.models import User
from foundation import clock
from foundation.areas.models import Area
from foundation.jobs.files import clear_folder, keep_file
from foundation.jobs.queue import work
from targets import notices, papers, progress
from targets.models import ProgressReport, YearPlan


@work
def write_report(step, *, plan_id, area_id, as_of, period=""):
    """Freeze the figures, set the paper and the workbook, and record the one report of this job.

    Runs at least once, inside one transaction with the end of the job: the row is there once or not at all. The files
    lie in a folder of this try, whole and on the disk before the row names them.
    """
    job = step.job
    plan = YearPlan.objects.select_related("area__parent__parent").get(pk=plan_id)
    area = Area.objects.with_parents().get(pk=area_id)
    clear_folder(f"reports/{job.code.hex}")
    step(5, "Đang đọc số liệu")
    books = progress.open_books(plan, dt.date.fromisoformat(as_of))
    step(25, "Đang tính các chỉ tiêu")
    figures = papers.frozen(books, area)
    facts = {"digest": papers.digest(figures), "code": f"bc-{as_of}-{job.code.hex[:8]}"}
    step(45, "Đang lập bản in")
    asker = User.objects.filter(pk=job.by_id).first()
    pdf = papers.printed(figures, author=str(asker or ""), moment=clock.now(), **facts)
    step(65, "Đang lập bảng tính")
    xlsx = papers.workbook(figures, **facts)
    step(80, "Đang lưu tệp")
    folder = f"reports/{job.code.hex}/{job.lease.hex}/bao-cao-ocop-{as_of}"
    files = {"pdf": keep_file(f"{folder}.pdf", pdf), "xlsx": keep_file(f"{folder}.xlsx", xlsx)}
    step(95, "Đang ghi báo cáo")
    report = ProgressReport.objects.create(
        plan=plan,
        area=area,
        as_of=books.day,
        period=period,
        figures=figures,
        by=asker,
        job=job,
        **facts,
        **files,
    )
    notices.report_written(report)
    return report.get_absolute_url()
