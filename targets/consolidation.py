"""Reports from below: which district has sent its report of a period up, which is late, and whether figures agree."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from foundation.areas.models import Area
from targets import timetable
from targets.models import ProgressReport, ReportStatus

SENT, SENT_LATE, LATE, AWAITED = "đã gửi", "gửi muộn", "chậm", "chưa đến hạn"
TONES = {SENT: "good", SENT_LATE: "info", LATE: "attention", AWAITED: "neutral"}


def districts_of(plan, day):
    """The districts of the plan's unit as they were on that day of its year."""
    found = Area.objects.districts().on(min(day, dt.date(plan.year, 12, 31))).with_parents()
    return found.filter(parent__code=plan.area.code).order_by("code")


@dataclass(frozen=True)
class Standing:
    """One district and its report of the period, if there is one."""

    area: object
    report: object
    due_on: dt.date
    today: dt.date

    @property
    def sent_on(self):
        """The day on which it was sent up, or None."""
        sent = self.report and self.report.status == ReportStatus.SENT
        return timezone.localtime(self.report.sent_at).date() if sent else None

    @property
    def state(self):
        """One of four words."""
        if self.sent_on:
            return SENT if self.sent_on <= self.due_on else SENT_LATE
        return LATE if self.today > self.due_on else AWAITED

    @property
    def tone(self):
        """The colour of its word."""
        return TONES[self.state]


def standings(plan, period, today):
    """Every district of the plan with where its report of the period stands: two queries."""
    districts = list(districts_of(plan, period.end))
    rows = ProgressReport.objects.filter(plan=plan, period=period.slug, area__in=districts)
    held = {row.area_id: row for row in rows}
    return [Standing(area, held.get(area.pk), timetable.due_on(period), today) for area in districts]


def annex(plan, period, figures, today):
    """The standings as plain data for the province's report; both totals, so that a difference is seen."""
    ours = {row["code"]: row["total"]["text"] for row in figures["districts"]}
    return [
        {
            "code": row.area.code,
            "name": row.area.full_name,
            "state": row.state,
            "sent_on": row.sent_on.isoformat() if row.sent_on else "",
            "report": row.report.code if row.sent_on else "",
            "theirs": _total(row.report.figures) if row.sent_on else "",
            "ours": ours.get(row.area.code, ""),
        }
        for row in standings(plan, period, today)
    ]


def _total(figures):
    """The total that a report states."""
    return next((row["text"] for row in figures["targets"] if row["indicator"] == "total_products"), "")
