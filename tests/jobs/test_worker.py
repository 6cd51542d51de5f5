"""A real Celery worker on a real broker: killed in the middle it leaves one effect, and bad jobs stop nobody."""

import datetime as dt

import pytest

from accounts.models import Consent, Letter, MailWish, NoticeGroup, NoticeSetting, User
from foundation import clock
from foundation.jobs import queue
from foundation.jobs.models import JobState
from foundation.sources import loading as sources_loading
from targets import actions, loading
from targets.models import ProgressReport, YearPlan
from tests.jobs import works

OPEN = {JobState.QUEUED, JobState.RUNNING}


@pytest.fixture
def report_job(bell, people):
    """A report that the province's officer has asked for."""
    sources_loading.load()
    loading.load()
    plan = YearPlan.objects.select_related("area").get(year=2024)
    officer = people["province_officer"]
    User.objects.filter(pk=officer.pk).update(email="tinh@example.org")
    Consent.objects.grant([officer], clock.today())
    NoticeSetting.objects.create(person=officer, group=NoticeGroup.REPORTS, mail=MailWish.AT_ONCE)
    return actions.ask_report(plan, plan.area, dt.date(2024, 10, 15), by=people["province_officer"])


def files_below(folder):
    """Every file that reports have left, half ones too."""
    return sorted(path.suffix for path in (folder / "media" / "reports").rglob("*") if path.is_file())


def killed_at(workers, job, percents):
    """Kill the worker at each of these percentages, then let it finish."""
    for percent in percents:
        workers.start()
        workers.until(
            job, lambda row, percent=percent: row.state == JobState.RUNNING and row.progress >= percent
        )
        workers.kill()
        assert ProgressReport.objects.count() == 0
    workers.start()
    return workers.until(job, lambda row: row.state not in OPEN)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_twice_leaves_exactly_one_report(workers, report_job, tmp_path):
    done = killed_at(workers(JOB_STEP_PAUSE="0.4"), report_job, [25, 95])

    report = ProgressReport.objects.get()
    assert (done.state, done.attempts, done.result_url) == (JobState.DONE, 3, report.get_absolute_url())
    assert files_below(tmp_path) == [".docx", ".pdf", ".xlsx"]
    letter = Letter.objects.get()
    assert (letter.notice.subject_id, letter.person) == (report.pk, report.by)
    assert (tmp_path / "media" / report.pdf.name).read_bytes().rstrip().endswith(b"%%EOF")


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("percent", [5, 25, 45, 65, 80, 95])
def test_a_worker_killed_at_any_step_leaves_exactly_one_report(workers, report_job, tmp_path, percent):
    killed_at(workers(JOB_STEP_PAUSE="0.4"), report_job, [percent])

    assert ProgressReport.objects.count() == 1
    assert files_below(tmp_path) == [".docx", ".pdf", ".xlsx"]
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_its_worker_is_parked_and_others_go_on_and_twice_rung_is_once_done(workers, job):
    dying, good = job(works.die), job(works.leave_mark)
    office = workers()
    office.start()
    for _ in range(2):  # each rung for twice: delivered twice
        office.send("run", dying.pk)
        office.send("run", good.pk)

    office.until(good, lambda row: row.state == JobState.DONE)
    parked = office.until(dying, lambda row: row.state not in OPEN)

    assert (parked.state, parked.attempts, parked.message) == (JobState.FAILED, 3, queue.TRIED_OUT)
    assert works.marks("mark") == 1
    later = job(works.leave_mark, name="later")
    office.until(later, lambda row: row.state == JobState.DONE)
    assert works.marks("later") == 1
