"""Deeds: ask for a progress report, and write the report of the month that has ended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.jobs.queue import enqueue
from targets import permissions, works
from targets.models import ProgressReport, YearPlan


@transaction.atomic
def ask_report(plan, area, as_of, *, by):
    """Hand a progress report over to the workers; returns the Job, whose end is a link to the report."""
    require(permissions.may_ask_report(by, area))
    if as_of > clock.today():
        raise ValidationError({"as_of": "Ngày số liệu không được sau hôm nay."})
    if as_of < dt.date(plan.year, 1, 1):
        raise ValidationError({"as_of": f"Kế hoạch năm {plan.year} chưa bắt đầu vào ngày này."})
    title = f"Báo cáo tiến độ {plan.year}, {area}, đến ngày {as_of:%d/%m/%Y}"
    return _hand_over(plan, area, as_of, title=title, by=by)


@transaction.atomic
def write_due_reports():
    """Ask for the report of the month before this one, once for ever; returns the Job or None.

    Called as often as one likes. After a silence of months only the last month is written: each report holds the whole
    year up to its day, so nothing is lost.
    """
    end = clock.today().replace(day=1) - dt.timedelta(days=1)
    plan = YearPlan.objects.select_related("area").filter(year=end.year).first()
    period = f"{end:%Y-%m}"
    if plan is None or ProgressReport.objects.filter(plan=plan, area=plan.area, period=period).exists():
        return None
    title = f"Báo cáo tiến độ tháng {end:%m/%Y}, {plan.area}"
    return _hand_over(
        plan, plan.area, end, title=title, period=period, key=f"report:{plan.pk}:{plan.area_id}:{period}"
    )


def _hand_over(plan, area, as_of, *, title, period="", key=None, by=None):
    return enqueue(
        works.write_report,
        title=title,
        by=by,
        effect_key=key,
        plan_id=plan.pk,
        area_id=area.pk,
        as_of=as_of.isoformat(),
        period=period,
    )
