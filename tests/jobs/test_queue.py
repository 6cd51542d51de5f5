"""Handing over, claiming, finishing: every promise of the queue, with what would happen without it."""

import logging
import threading
import time
import uuid

import pytest
from celery import Celery
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from foundation.jobs import queue, tasks
from foundation.jobs.models import Job, JobState, Pulse
from tests.jobs import works


def outside(question):
    """Ask on another connection, as another person would; returns the answer."""
    found = []

    def ask():
        try:
            found.append(question())
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


def let_the_lease_run_out(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timezone.timedelta(seconds=1))


# ------------------------------------------------------------ handing over
def test_a_job_stands_in_the_callers_transaction_and_rings_after_it(
    bell, django_capture_on_commit_callbacks, db
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        job = queue.enqueue(works.leave_mark, title="Thử", seconds=3)
        assert bell == []

    assert len(callbacks) == 1
    assert bell == [job.pk]
    assert (job.work, job.arguments) == ("tests.jobs.works.leave_mark", {"seconds": 3})


@pytest.mark.django_db(transaction=True)
def test_a_caller_that_rolls_back_leaves_neither_job_nor_ring(bell):
    with transaction.atomic():
        queue.enqueue(works.leave_mark, title="Thử")
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert bell == []


def test_only_registered_works_can_be_handed_over(db):
    with pytest.raises(LookupError, match="@work"):
        queue.enqueue(works.mark, title="Thử")


def test_a_second_job_for_the_same_effect_is_the_first(bell, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = queue.enqueue(works.leave_mark, title="Thử", effect_key="tháng 9")
        second = queue.enqueue(works.leave_mark, title="Thử", effect_key="tháng 9")
        other = queue.enqueue(works.leave_mark, title="Thử")

    assert first == second != other
    assert bell == [first.pk, other.pk]


def test_a_broker_that_is_away_loses_nothing_and_keeps_nobody_waiting(monkeypatch, settings, caplog):
    away = Celery(broker="redis://127.0.0.1:1/0")
    away.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(queue, "current_app", away)
    began = time.monotonic()

    queue.ring(7)

    assert "job 7 waits for the sweeper" in caplog.text
    assert time.monotonic() - began < 2


# ------------------------------------------------------------ claiming
def test_a_claimed_job_cannot_be_claimed_again(job):
    waiting = job(works.leave_mark)

    held = queue.claim(waiting.pk)

    assert (held.state, held.attempts) == (JobState.RUNNING, 1)
    assert queue.claim(waiting.pk) is None


def test_a_job_whose_lease_ran_out_goes_to_the_next_worker(job):
    first = queue.claim(job(works.leave_mark).pk)
    let_the_lease_run_out(first)

    second = queue.claim(first.pk)

    assert second.lease != first.lease
    assert second.attempts == 2


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_a_finished_job_is_never_claimed(job, state):
    finished = job(works.leave_mark)
    Job.objects.filter(pk=finished.pk).update(state=state)

    assert queue.claim(finished.pk) is None


def test_after_three_tries_a_job_is_parked_with_an_alarm(job, caplog):
    dying = job(works.die)
    for _ in range(3):
        assert queue.claim(dying.pk)
        let_the_lease_run_out(dying)

    assert queue.claim(dying.pk) is None

    dying.refresh_from_db()
    assert (dying.state, dying.message, dying.attempts) == (JobState.FAILED, queue.TRIED_OUT, 3)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert dying not in Job.objects.waiting()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_that_claim_at_once_one_gets_the_job(job):
    waiting = job(works.leave_mark)
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=waiting.pk)
        assert outside(lambda: queue.claim(waiting.pk)) is None

    assert outside(lambda: queue.claim(waiting.pk)).pk == waiting.pk


# ------------------------------------------------------------ running
@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_delivered_twice_has_one_effect(job):
    waiting = job(works.leave_mark)

    queue.run(waiting.pk)
    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert works.marks("mark") == 1
    assert (waiting.state, waiting.progress, waiting.result_url) == (JobState.DONE, 100, "/ban-lam-viec/")
    assert waiting.finished_at is not None


def test_control_without_the_claim_the_effect_would_be_there_twice(db):
    for _ in range(2):
        works.leave_mark(lambda percent, message="": None)

    assert works.marks("mark") == 2


@pytest.mark.django_db(transaction=True)
def test_a_broken_work_leaves_no_effect_and_is_tried_three_times(job):
    waiting = job(works.fail)

    for tries, state in [
        (1, JobState.QUEUED),
        (2, JobState.QUEUED),
        (3, JobState.FAILED),
        (3, JobState.FAILED),
    ]:
        queue.run(waiting.pk)
        waiting.refresh_from_db()
        assert (waiting.attempts, waiting.state) == (tries, state)

    assert works.marks("fail") == 0
    assert waiting.message == queue.TRIED_OUT


@pytest.mark.django_db(transaction=True)
def test_a_work_that_breaks_the_transaction_is_given_back(job):
    waiting = job(works.break_the_database)

    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.lease) == (JobState.QUEUED, None)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_by_the_domain_ends_the_job_with_its_words(job):
    waiting = job(works.refuse)

    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (JobState.FAILED, "Không làm được vì thiếu số liệu.")
    assert works.marks("refuse") == 0


# ------------------------------------------------------------ the lease
def another_worker_takes(job):
    """The lease runs out and another worker claims, on another connection."""

    def take():
        let_the_lease_run_out(job)
        return queue.claim(job.pk)

    return outside(take)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stolen", [True, False])
def test_whoever_lost_the_lease_leaves_no_trace(job, monkeypatch, stolen):
    waiting, taken = job(works.leave_mark), []

    def slow(step):
        works.mark("slow")
        if stolen:
            taken.append(another_worker_takes(waiting))
        return "/chậm/"

    monkeypatch.setattr(works, "leave_mark", slow)
    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert works.marks("slow") == (0 if stolen else 1)
    assert waiting.state == (JobState.RUNNING if stolen else JobState.DONE)
    if stolen:
        assert waiting.lease == taken[0].lease


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [RuntimeError("hỏng"), works.ValidationError("không được")])
def test_a_loser_that_breaks_does_not_touch_the_job_of_the_winner(job, monkeypatch, error):
    waiting = job(works.leave_mark)

    def broken(step):
        another_worker_takes(waiting)
        raise error

    monkeypatch.setattr(works, "leave_mark", broken)
    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (JobState.RUNNING, 2)


@pytest.mark.django_db(transaction=True)
def test_the_last_try_of_a_loser_does_not_park_the_job(job, monkeypatch):
    waiting = job(works.leave_mark)
    Job.objects.filter(pk=waiting.pk).update(attempts=1)

    def broken(step):
        another_worker_takes(waiting)
        raise RuntimeError

    monkeypatch.setattr(works, "leave_mark", broken)
    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == JobState.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_lost_lease_stops_the_work_at_its_next_step(job, settings, monkeypatch):
    settings.JOB_LEASE_SECONDS = 1
    waiting, reached = job(works.leave_mark), []

    def slow(step):
        another_worker_takes(waiting)
        for percent in range(100):
            step(percent, "")
            reached.append(percent)
            threading.Event().wait(0.05)

    monkeypatch.setattr(works, "leave_mark", slow)
    queue.run(waiting.pk)

    assert len(reached) < 100


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_lives_and_its_progress_is_seen_outside(
    job, settings, monkeypatch
):
    settings.JOB_LEASE_SECONDS = 1
    waiting, seen = job(works.leave_mark), []

    def slow(step):
        step(40, "Đang tính")
        threading.Event().wait(1.8)  # longer than a lease
        seen.append(outside(lambda: Job.objects.get(pk=waiting.pk)))
        seen.append(outside(lambda: Job.objects.waiting().count()))

    monkeypatch.setattr(works, "leave_mark", slow)
    queue.run(waiting.pk)

    assert (seen[0].progress, seen[0].message, seen[0].state) == (40, "Đang tính", JobState.RUNNING)
    assert seen[1] == 0
    waiting.refresh_from_db()
    assert waiting.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_renewal_that_fails_once_is_made_up_for(job, settings, monkeypatch):
    settings.JOB_LEASE_SECONDS = 1
    waiting, real, asked = job(works.leave_mark, seconds=1), queue.held, []

    def shaky(row):
        asked.append(row)
        if len(asked) == 1:
            raise OperationalError("mất kết nối")
        return real(row)

    monkeypatch.setattr(queue, "held", shaky)
    queue.run(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == JobState.DONE
    assert len(asked) > 2


@pytest.mark.parametrize(("pause", "slept"), [(0.4, [0.4]), (0.0, [])])
def test_a_step_lasts_only_where_a_drill_asks_for_it(job, settings, monkeypatch, pause, slept):
    settings.JOB_STEP_PAUSE, rests = pause, []
    monkeypatch.setattr(queue.time, "sleep", rests.append)

    queue.Keeper(job(works.leave_mark))(10, "")

    assert rests == slept


# ------------------------------------------------------------ clocks
def test_the_sweeper_rings_for_what_nobody_works_on(job, bell):
    waiting, running, forgotten, done = (job(works.leave_mark) for _ in range(4))
    queue.claim(running.pk)
    let_the_lease_run_out(queue.claim(forgotten.pk))
    Job.objects.filter(pk=done.pk).update(state=JobState.DONE)

    tasks.sweep()
    tasks.sweep()

    assert bell == [waiting.pk, forgotten.pk] * 2


def test_the_backlog_is_as_old_as_the_oldest_job_that_nobody_works_on(job):
    assert queue.backlog_seconds() == 0
    waiting = job(works.leave_mark)
    Job.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timezone.timedelta(seconds=90))
    assert queue.backlog_seconds() == pytest.approx(90, abs=2)

    held = queue.claim(waiting.pk)
    assert queue.backlog_seconds() == 0
    let_the_lease_run_out(held)
    assert queue.backlog_seconds() == pytest.approx(1, abs=1)


@pytest.mark.django_db(transaction=True)
def test_a_job_given_back_has_waited_only_since_then(job):
    waiting = job(works.fail)
    Job.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timezone.timedelta(seconds=90))

    queue.run(waiting.pk)

    assert queue.backlog_seconds() < 5


def test_the_pulse_is_one_row_however_often_it_beats(db):
    tasks.pulse()
    first = Pulse.objects.get(name="worker").at
    tasks.pulse()

    assert Pulse.objects.get().at >= first


def test_a_task_for_a_job_that_is_gone_does_nothing(db):
    tasks.run(987654321)


def test_a_job_cannot_run_without_a_lease_nor_beyond_its_tries(job):
    waiting = job(works.leave_mark)
    for facts in ({"state": JobState.RUNNING}, {"attempts": 4}, {"progress": 101}):
        with pytest.raises(queue.DatabaseTrouble), transaction.atomic():
            Job.objects.filter(pk=waiting.pk).update(**facts)
    Job.objects.filter(pk=waiting.pk).update(
        state=JobState.RUNNING, lease=uuid.uuid4(), lease_until=timezone.now()
    )
