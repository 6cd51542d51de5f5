"""Who is told about progress reports. Called by the worker, in the transaction that ends its job."""

from accounts.models import NoticeKind, Role, User
from accounts.notices import tell


def report_written(report):
    """Whoever asked; of the report of a month, those who lead the unit's programme."""
    if report.by:
        _tell([report.by], NoticeKind.REPORT_READY, report, f"{report} đã lập xong.")
    if report.period:
        leaders = [
            person
            for role in (Role.MANAGER, Role.PROVINCE_OFFICER)
            for person in User.objects.serving(report.area, role)
        ]
        _tell(leaders, NoticeKind.REPORT_MONTHLY, report, f"{report} đã có, mời xem.")


def _tell(people, kind, report, text):
    tell(people, kind, report, text=text, area=report.area)
