"""Asking again for an effect whose job was parked."""

from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from tests.jobs import works


def test_a_parked_job_is_given_new_tries_and_any_other_is_left_alone(
    bell, job, django_capture_on_commit_callbacks
):
    parked, done = job(works.leave_mark), job(works.leave_mark)
    Job.objects.filter(pk=parked.pk).update(state=JobState.FAILED, attempts=3, message=queue.TRIED_OUT)
    Job.objects.filter(pk=done.pk).update(state=JobState.DONE, attempts=1)
    done.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        queue.revive(parked)
        queue.revive(done)

    assert (parked.state, parked.attempts, parked.message) == (JobState.QUEUED, 0, "")
    assert Job.objects.get(pk=done.pk).state == JobState.DONE
    assert bell == [parked.pk]


def test_which_effects_have_a_job_is_told_at_once(bell, db, django_assert_num_queries):
    queue.enqueue(works.leave_mark, title="Thử", effect_key="a")

    with django_assert_num_queries(1):
        assert queue.known(["a", "b"]) == {"a"}
