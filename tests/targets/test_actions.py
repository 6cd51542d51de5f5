"""Asking for reports: who, which day, once per period; and what the worker then writes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from targets import actions, papers, periods, progress, tasks
from targets.models import ProgressReport
from tests.factories.targets import JobFactory, ProgressReportFactory, YearPlanFactory, district
from tests.targets.test_papers import text_of
from tests.targets.working import carry_out

AUTUMN = dt.date(2024, 10, 15)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Nobody hears the bell; the test runs the work itself."""
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


@pytest.fixture
def officer(people):
    return people["province_officer"]


def test_asking_leaves_a_job_for_the_asker(plan, officer):
    job = actions.ask_report(plan, plan.area, AUTUMN, by=officer)

    assert (job.by, job.state, job.effect_key) == (officer, JobState.QUEUED, None)
    assert job.arguments["as_of"] == "2024-10-15"


@pytest.mark.parametrize("person", ["commune_officer", "district_officer", "judge", "producer", "nobody"])
def test_asking_for_the_province_is_refused_to_others(plan, people, person):
    with pytest.raises(PermissionDenied):
        actions.ask_report(plan, plan.area, AUTUMN, by=people[person])

    assert not Job.objects.exists()


@pytest.mark.parametrize("day", [AUTUMN + dt.timedelta(days=1), dt.date(2023, 12, 31)])
def test_a_day_after_today_or_before_the_plan_is_refused(plan, officer, day):
    with pytest.raises(ValidationError) as refusal:
        actions.ask_report(plan, plan.area, day, by=officer)

    assert list(refusal.value.error_dict) == ["as_of"]
    assert not Job.objects.exists()


@pytest.mark.parametrize("day", [AUTUMN, dt.date(2024, 1, 1)])
def test_the_first_day_of_the_plan_and_today_are_accepted(plan, officer, day):
    assert actions.ask_report(plan, plan.area, day, by=officer).pk


def test_the_worker_writes_one_report_with_frozen_figures_and_three_files(plan, officer, rate):
    rate(dt.date(2024, 5, 1))
    job = actions.ask_report(plan, plan.area, AUTUMN, by=officer)

    step = carry_out(job)

    report = ProgressReport.objects.get()
    assert (report.job, report.by, report.as_of, report.period) == (job, officer, AUTUMN, "")
    assert [row["text"] for row in report.figures["targets"]][:2] == ["1", "118–123"]
    assert report.digest == papers.digest(report.figures)
    assert report.pdf.read().startswith(b"%PDF-")
    assert report.xlsx.read().startswith(b"PK")
    assert report.docx.read().startswith(b"PK")
    assert set(report.checksums) == {"pdf", "docx", "xlsx"}
    assert (report.author, report.code_version) == (str(officer), papers.code_version())
    assert Job.objects.get(pk=job.pk).result_url == report.get_absolute_url()
    assert [percent for percent, _ in step.seen] == sorted(percent for percent, _ in step.seen)


def test_the_report_says_what_progress_says(plan, officer, books):
    carry_out(actions.ask_report(plan, plan.area, AUTUMN, by=officer))

    figures = ProgressReport.objects.get().figures

    assert [row["text"] for row in figures["targets"]] == [
        row.figure.text for row in progress.progress_of(books(AUTUMN))
    ]
    assert [row["total"]["text"] for row in figures["districts"]] == [
        total.text for _, total, _ in progress.by_district(books(AUTUMN))
    ]


def test_same_day_and_same_data_give_the_same_digest_and_a_correction_another(plan, officer, rate):
    for _ in range(2):
        carry_out(actions.ask_report(plan, plan.area, AUTUMN, by=officer))
    first, second = ProgressReport.objects.order_by("pk")
    assert first.digest == second.digest

    rate(dt.date(2024, 5, 1))  # keyed in later, for a day before
    carry_out(actions.ask_report(plan, plan.area, AUTUMN, by=officer))

    third = ProgressReport.objects.order_by("pk").last()
    assert third.digest != first.digest
    first.refresh_from_db()
    assert papers.digest(first.figures) == first.digest


def test_a_district_report_holds_that_district_only(plan, people):
    job = actions.ask_report(plan, district("349"), AUTUMN, by=people["district_officer"])

    carry_out(job)

    figures = ProgressReport.objects.get().figures
    assert (figures["districts"], figures["remarks"]) == ([], [])
    assert {row["indicator"] for row in figures["targets"]} == {"new_products", "total_products"}


# ------------------------------------------------------------ the timetable
def of_province(plan):
    """The jobs that are due now for the province, by period."""
    jobs = actions.write_due_reports()
    return {job.arguments["period"]: job for job in jobs if job.arguments["area_id"] == plan.area_id}


def test_every_period_that_has_ended_is_asked_for_once(plan):
    found = of_province(plan)
    assert set(found) == {"2024-09", "2024-q3", "2024-9t"}
    job = found["2024-09"]
    assert (job.effect_key, job.by) == (f"report:{plan.pk}:{plan.area_id}:2024-09", None)

    assert actions.write_due_reports() == []
    carry_out(job)
    tasks.write_due_reports()

    report = ProgressReport.objects.get()
    assert (report.period, report.as_of, report.by) == ("2024-09", dt.date(2024, 9, 30), None)
    assert str(report) == "Báo cáo tiến độ tháng 9 năm 2024, Tỉnh Hà Nam"


def test_each_district_gets_its_own_for_the_longer_periods(plan):
    jobs = actions.write_due_reports()

    below = [job.arguments for job in jobs if job.arguments["area_id"] != plan.area_id]
    assert {facts["period"] for facts in below} == {"2024-q3", "2024-9t"}
    assert len({facts["area_id"] for facts in below}) * 2 == len(below) == 12


def test_the_next_month_has_a_report_of_its_own(plan, settings):
    carry_out(of_province(plan)["2024-09"])

    settings.DEMO_DAY = dt.date(2024, 11, 1)
    carry_out(of_province(plan)["2024-10"])

    assert list(ProgressReport.objects.order_by("period").values_list("period", flat=True)) == [
        "2024-09",
        "2024-10",
    ]


def test_after_a_long_silence_only_the_last_month_is_written(plan, settings):
    settings.DEMO_DAY = dt.date(2024, 12, 20)

    tasks.write_due_reports()
    tasks.write_due_reports()

    months = [job.arguments["period"] for job in Job.objects.filter(arguments__area_id=plan.area_id)]
    assert sorted(months) == ["2024-11", "2024-9t", "2024-q3"]


def test_a_month_of_a_year_without_a_plan_has_no_report(plan, settings):
    settings.DEMO_DAY = dt.date(2024, 1, 10)  # the month before is of 2023

    assert actions.write_due_reports() == []


def test_january_closes_the_year_before(plan, settings):
    YearPlanFactory(year=2025)
    settings.DEMO_DAY = dt.date(2025, 1, 2)

    found = of_province(plan)
    assert set(found) == {"2024-12", "2024-q4", "2024"}
    assert found["2024"].arguments["as_of"] == "2024-12-31"


# ------------------------------------------------------------ one report for each period, whoever asks
def test_two_jobs_of_one_period_leave_one_report(plan, officer):
    first = actions.ask_report(plan, plan.area, period=periods.parse("2024-q3"), by=officer)
    second = JobFactory(arguments=first.arguments)

    carry_out(first)
    carry_out(second)

    assert ProgressReport.objects.get().job == first
    assert Job.objects.get(pk=second.pk).result_url == ProgressReport.objects.get().get_absolute_url()


def test_the_database_itself_holds_one_report_for_each_period(plan):
    facts = {"plan": plan, "area": plan.area, "period": "2024-q3"}
    ProgressReportFactory(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReportFactory(**facts)
    ProgressReportFactory(**facts | {"period": "2024-9t"})  # the control: another period
    ProgressReportFactory.create_batch(2, **facts | {"period": ""})


def test_asking_twice_for_a_period_rings_for_the_same_job_and_then_says_where_it_is(plan, officer):
    quarter = periods.parse("2024-q3")
    job = actions.ask_report(plan, plan.area, period=quarter, by=officer)
    assert actions.ask_report(plan, plan.area, period=quarter, by=officer) == job

    carry_out(job)

    with pytest.raises(ValidationError, match="đã có"):
        actions.ask_report(plan, plan.area, period=quarter, by=officer)


def test_a_parked_report_gets_new_tries_when_somebody_asks(plan, officer):
    job = of_province(plan)["2024-q3"]
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, attempts=3)

    assert actions.write_due_reports() == []
    again = actions.ask_report(plan, plan.area, period=periods.parse("2024-q3"), by=officer)

    assert (again.pk, again.state, again.attempts) == (job.pk, JobState.QUEUED, 0)


@pytest.mark.parametrize("slug", ["2024-q4", "2023-q3", "2024-10"])
def test_a_period_that_is_not_over_or_of_another_year_is_refused(plan, officer, slug):
    with pytest.raises(ValidationError) as refusal:
        actions.ask_report(plan, plan.area, period=periods.parse(slug), by=officer)

    assert list(refusal.value.error_dict) == ["period"]
    assert not Job.objects.exists()


def test_a_district_reports_on_no_months(plan, people):
    with pytest.raises(ValidationError):
        actions.ask_report(
            plan, district("349"), period=periods.parse("2024-09"), by=people["district_officer"]
        )
    assert actions.ask_report(
        plan, district("349"), period=periods.parse("2024-q3"), by=people["district_officer"]
    ).pk


# ------------------------------------------------------------ a part that fails
def broken(*args, **kwargs):
    raise RuntimeError("hỏng")


def test_a_part_that_fails_is_tried_again_and_in_the_last_try_named(plan, officer, monkeypatch):
    monkeypatch.setattr("targets.papers.figures._developed", broken)
    job = actions.ask_report(plan, plan.area, AUTUMN, by=officer)

    with pytest.raises(RuntimeError):
        carry_out(job)
    assert not ProgressReport.objects.exists()

    Job.objects.filter(pk=job.pk).update(attempts=2, state=JobState.QUEUED, lease=None)
    carry_out(job)

    report = ProgressReport.objects.get()
    assert report.figures["failed"] == ["developed"]
    assert report.figures["targets"]
    assert "Phần chưa lập được" in text_of(report.pdf.read())


def test_a_file_that_fails_is_named_in_the_others(plan, officer, monkeypatch):
    monkeypatch.setitem(papers.MAKERS, "docx", broken)
    job = actions.ask_report(plan, plan.area, AUTUMN, by=officer)
    Job.objects.filter(pk=job.pk).update(attempts=2)

    carry_out(job)

    report = ProgressReport.objects.get()
    assert (report.failures, report.docx.name, set(report.checksums)) == (["docx"], "", {"pdf", "xlsx"})
    assert "Bản Word" in text_of(report.pdf.read())
