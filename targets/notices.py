"""Who is told about progress reports. Called by the worker, in the transaction that ends its job, and by deeds."""

from accounts.models import Notice, NoticeKind, User
from accounts.notices import tell
from targets.models import REPORT_OWNERS


def report_written(report):
    """Whoever asked; of the report of a period, those who lead the unit's programme."""
    if report.by:
        _tell([report.by], NoticeKind.REPORT_READY, report, f"{report} đã lập xong.")
    if report.period:
        _tell(leaders(report.area), NoticeKind.REPORT_MONTHLY, report, f"{report} đã có, mời xem.")


def report_run(run):
    """Whoever had the report run again: the same, or how many differences."""
    said = "giống hệt" if run.is_same else f"có {len(run.changes)} điểm khác"
    if run.by:
        _tell([run.by], NoticeKind.REPORT_READY, run.report, f"{run.report} chạy lại: {said}.")


def report_sent(report, *, by):
    """A district's report has come up: those who lead the province's programme."""
    people = leaders(report.plan.area)
    text = f"{report.area} đã gửi báo cáo {report.period_label}."
    tell(people, NoticeKind.REPORT_SENT, report, text=text, area=report.plan.area, by=by)


def report_late(report):
    """The district's officers, once for each report."""
    if not Notice.objects.about(report).filter(kind=NoticeKind.REPORT_LATE).exists():
        text = f"{report} chưa gửi lên tỉnh, hạn gửi là {report.due_on:%d/%m/%Y}."
        _tell(leaders(report.area), NoticeKind.REPORT_LATE, report, text)


def leaders(area):
    """People who lead the unit's programme today."""
    return [
        person for role in REPORT_OWNERS.get(area.kind, ()) for person in User.objects.serving(area, role)
    ]


def _tell(people, kind, report, text):
    tell(people, kind, report, text=text, area=report.area)
