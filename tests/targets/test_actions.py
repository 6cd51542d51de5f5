"""Asking for reports: who, which day, once per period; and what the worker then writes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from targets import actions, papers, progress, tasks
from targets.models import ProgressReport
from tests.factories.targets import YearPlanFactory, district

AUTUMN = dt.date(2024, 10, 15)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Nobody hears the bell; the test runs the work itself."""
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


class Step:
    """What a work is called with, without a thread beside it."""

    def __init__(self, job):
        self.job, self.seen = job, []

    def __call__(self, percent, message=""):
        self.seen.append((percent, message))


def carry_out(job):
    """Run the job's work here and now, in the test's transaction."""
    job = queue.claim(job.pk)
    step = Step(job)
    queue.finish(job, queue.import_string(job.work)(step, **job.arguments))
    job.refresh_from_db()
    return step


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


def test_the_worker_writes_one_report_with_frozen_figures_and_two_files(plan, officer, rate):
    rate(dt.date(2024, 5, 1))
    job = actions.ask_report(plan, plan.area, AUTUMN, by=officer)

    step = carry_out(job)

    report = ProgressReport.objects.get()
    assert (report.job, report.by, report.as_of, report.period) == (job, officer, AUTUMN, "")
    assert [row["text"] for row in report.figures["targets"]][:2] == ["1", "118–123"]
    assert report.digest == papers.digest(report.figures)
    assert report.pdf.read().startswith(b"%PDF-")
    assert report.xlsx.read().startswith(b"PK")
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


# ------------------------------------------------------------ the report of the month
def test_the_report_of_the_month_is_asked_for_once(plan):
    job = actions.write_due_reports()
    assert (job.effect_key, job.by) == (f"report:{plan.pk}:{plan.area_id}:2024-09", None)

    assert actions.write_due_reports() == job
    carry_out(job)
    assert actions.write_due_reports() is None
    tasks.write_due_reports()

    report = ProgressReport.objects.get()
    assert (report.period, report.as_of, report.by) == ("2024-09", dt.date(2024, 9, 30), None)
    assert Job.objects.count() == 1


def test_the_next_month_has_a_report_of_its_own(plan, settings):
    carry_out(actions.write_due_reports())

    settings.DEMO_DAY = dt.date(2024, 11, 1)
    carry_out(actions.write_due_reports())

    assert list(ProgressReport.objects.order_by("period").values_list("period", flat=True)) == [
        "2024-09",
        "2024-10",
    ]


def test_after_a_long_silence_only_the_last_month_is_written(plan, settings):
    settings.DEMO_DAY = dt.date(2024, 12, 20)

    tasks.write_due_reports()
    tasks.write_due_reports()

    assert [job.arguments["period"] for job in Job.objects.all()] == ["2024-11"]


def test_a_month_of_a_year_without_a_plan_has_no_report(plan, settings):
    settings.DEMO_DAY = dt.date(2024, 1, 10)  # the month before is of 2023

    assert actions.write_due_reports() is None


def test_january_closes_the_year_before(plan, settings):
    YearPlanFactory(year=2025)
    settings.DEMO_DAY = dt.date(2025, 1, 2)

    assert actions.write_due_reports().arguments["as_of"] == "2024-12-31"
