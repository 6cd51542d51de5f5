"""Deeds: ask for a progress report, write those of the timetable, edit, sign and send them up, run them again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.jobs import queue
from foundation.jobs.queue import enqueue
from foundation.trail.moves import move, write
from targets import consolidation, notices, papers, permissions, timetable, works
from targets.models import ProgressReport, ReportStatus, YearPlan

WRITTEN = "Báo cáo kỳ này đã có. Mở báo cáo đó trong danh sách để sửa lời văn hoặc chạy lại."
BEING_SET = "Bản in đang được lập lại. Hãy đợi vài giây rồi thử lại."
EDITED = "Người khác vừa sửa báo cáo này. Hãy tải lại trang để thấy lời văn mới nhất rồi sửa tiếp."


@transaction.atomic
def ask_report(plan, area, as_of=None, *, period=None, by):
    """Hand a progress report over to the workers; returns the Job, whose end is a link to the report.

    On a day, as often as one likes; on a ``period`` of the timetable once for ever, up to its last day.
    """
    require(permissions.may_ask_report(by, area))
    if period is not None:
        return _ask_for_period(plan, area, period, by=by)
    if as_of is None:
        raise ValidationError({"as_of": "Hãy chọn ngày số liệu hoặc một kỳ báo cáo."})
    if as_of > clock.today():
        raise ValidationError({"as_of": "Ngày số liệu không được sau hôm nay."})
    if as_of < dt.date(plan.year, 1, 1):
        raise ValidationError({"as_of": f"Kế hoạch năm {plan.year} chưa bắt đầu vào ngày này."})
    title = f"Báo cáo tiến độ {plan.year}, {area}, đến ngày {as_of:%d/%m/%Y}"
    return _hand_over(plan, area, as_of, title=title, by=by)


def _ask_for_period(plan, area, period, *, by):
    if period.year != plan.year or period.kind not in timetable.rules().get(area.kind, ()):
        raise ValidationError({"period": "Địa bàn này không lập báo cáo của kỳ đã chọn trong kế hoạch này."})
    if period.end >= clock.today():
        raise ValidationError({"period": "Kỳ báo cáo này chưa kết thúc."})
    if ProgressReport.objects.of_period(plan, area, period.slug).exists():
        raise ValidationError({"period": WRITTEN})
    return _of_period(plan, area, period, by=by)


@transaction.atomic
def write_due_reports():
    """Ask for the reports of every period that has ended, each once for ever; returns the jobs that are new.

    Called as often as one likes. After a silence only the last period of each kind is written: each report holds the
    whole year up to its day, so nothing is lost.
    """
    today = clock.today()
    plans = {
        plan.year: plan for plan in YearPlan.objects.select_related("area").filter(year__gte=today.year - 1)
    }
    wanted = {}
    for level in timetable.LEVELS:
        for period in timetable.ended(level, today):
            if plan := plans.get(period.year):
                places = [plan.area] if level == "province" else consolidation.districts_of(plan, period.end)
                wanted |= {_key(plan, area, period): (plan, area, period) for area in places}
    done = queue.known(wanted)
    return [_of_period(*wanted[key]) for key in wanted if key not in done]


def _key(plan, area, period):
    """One job for each period of a unit, whoever asks."""
    return f"report:{plan.pk}:{area.pk}:{period.slug}"


def _of_period(plan, area, period, *, by=None):
    title = f"Báo cáo tiến độ {period.label}, {area}"
    key = _key(plan, area, period)
    job = _hand_over(plan, area, period.end, title=title, period=period.slug, key=key, by=by)
    return queue.revive(job) if by else job


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


# ---------------------------------------------------------------- words, number, signature
@transaction.atomic
def edit_texts(report, texts, *, edition, by):
    """Put other words into a draft; ``edition`` is the one that was read, so that no other hand's words are lost."""
    require(permissions.may_edit_report(by, report))
    row = _locked(report)
    if row.edition != edition:
        raise ValidationError(EDITED)
    said = [
        {**one, "text": texts.get(one["key"], one["text"])}
        for one in row.texts or papers.paragraphs(row.figures)
    ]
    if said == row.texts:
        return row
    row.texts = said
    write(row, "Sửa lời văn", by=by)
    return _changed(row, "texts", by=by)


@transaction.atomic
def sign_report(report, *, number, signed_on, signer, signer_role, by):
    """Record that the report was signed outside the portal: from now on its words stay."""
    require(permissions.may_edit_report(by, report))
    row = _locked(report)
    if not row.as_of <= signed_on <= clock.today():
        raise ValidationError({"signed_on": f"Ngày ký phải từ {row.as_of:%d/%m/%Y} đến hôm nay."})
    facts = {"number": number, "signed_on": signed_on, "signer": signer, "signer_role": signer_role}
    move(row, ReportStatus.SIGNED, by=by, note=f"{number}, {signer}", **facts)
    return _changed(row, by=by)


@transaction.atomic
def send_up(report, *, by):
    """A district sends its signed report to the province, whose own draft of the period then shows it."""
    require(permissions.may_send_report(by, report))
    row = _locked(report)
    if not row.is_set:
        raise ValidationError(BEING_SET)
    move(row, ReportStatus.SENT, by=by, sent_at=clock.now())
    notices.report_sent(row, by=by)
    upper = ProgressReport.objects.of_period(row.plan, row.plan.area, row.period)
    upper = upper.filter(status=ReportStatus.DRAFT).select_for_update(of=("self",)).for_list().first()
    if upper is not None:
        _changed(upper)
    return row


def _locked(report):
    """The report's row, so that two hands come one after the other."""
    row = ProgressReport.objects.select_for_update(of=("self",)).for_list().get(pk=report.pk)
    if row.status != report.status:
        raise ValidationError("Báo cáo đã đổi trạng thái. Hãy tải lại trang.")
    return row


def _changed(row, *columns, by=None):
    """Another edition: a worker sets its files."""
    row.edition += 1
    row.save(update_fields=["edition", *columns])
    enqueue(
        works.set_papers,
        title=f"Lập lại bản in: {row}",
        by=by,
        effect_key=f"report-papers:{row.pk}:{row.edition}",
        report_id=row.pk,
        edition=row.edition,
    )
    return row


@transaction.atomic
def run_again(report, *, by):
    """Have the day of a report asked once more, to see whether it comes out the same; returns the Job."""
    require(permissions.may_ask_report(by, report.area))
    if not report.is_set:
        raise ValidationError(BEING_SET)
    return enqueue(works.run_again, title=f"Chạy lại: {report}", by=by, report_id=report.pk)


@transaction.atomic
def remind_late():
    """Tell the districts whose report of a period is not sent although its day has passed, each once."""
    today = clock.today()
    for period in timetable.ended("district", today):
        plan = YearPlan.objects.select_related("area").filter(year=period.year).first()
        if plan is None or today <= timetable.due_on(period):
            continue
        for row in consolidation.standings(plan, period, today):
            if row.state == consolidation.LATE and row.report:
                notices.report_late(row.report)
