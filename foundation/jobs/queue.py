"""Hand work over, take it up, finish it.

``enqueue`` writes the job in the caller's transaction and rings Celery once it has committed; when the bell is not
heard (no broker, a worker killed) the sweeper rings again. A worker claims a job with a lease that it renews while it
lives; a job whose lease has run out is claimed by the next one, three times at most. The worker's last transaction
holds the effect and the state together, so an effect can be there once or not at all.
"""

import datetime as dt
import logging
import threading
import time
import uuid

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseTrouble
from django.db import connection, models, transaction
from django.db.models import F, Min, Value
from django.db.models.functions import Coalesce, Now
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as BrokerDown

from foundation.jobs.models import Job, JobState
from foundation.trail import origin

log = logging.getLogger(__name__)

WORKS = {}
TRIED_OUT = "Đã thử ba lần mà chưa xong. Hãy báo quản trị hệ thống."


def work(function):
    """Register a function that a job may run: ``function(progress, **arguments) -> address of the result``."""
    WORKS[f"{function.__module__}.{function.__name__}"] = function
    return function


def enqueue(function, *, title, by=None, effect_key=None, **arguments):
    """Add a job to the caller's transaction and return it; a second one with the same ``effect_key`` is the first."""
    name = f"{function.__module__}.{function.__name__}"
    if name not in WORKS:
        raise LookupError(f"{name} is not marked @work.")
    facts = {"work": name, "title": title, "by": by, "arguments": arguments}
    if effect_key is None:
        job, new = Job.objects.create(**facts), True
    else:
        job, new = Job.objects.get_or_create(effect_key=effect_key, defaults=facts)
    if new:
        transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id):
    """Tell Celery that there is work. A broker that is away loses nothing: the sweeper rings again."""
    try:
        current_app.send_task("foundation.jobs.tasks.run", args=[job_id], retry=False)
    except (BrokerDown, OSError):
        log.warning("broker away, job %s waits for the sweeper", job_id)


class LeaseLost(Exception):
    """Another worker has the job now; this one must leave no trace."""


class Keeper(threading.Thread):
    """Keeps the lease while the work runs, and carries its progress outside.

    It has a connection of its own: the work runs inside one transaction, whose writes nobody sees before its end.
    Calling it with a percentage and a sentence shows both to the person who waits; raises LeaseLost when another worker
    has taken over. ``JOB_STEP_PAUSE`` (seconds, demonstrations and drills only) makes each step last.
    """

    def __init__(self, job):
        super().__init__(daemon=True)
        self.job, self.percent, self.message = job, 0, ""
        self.lost, self.wake, self.ended = False, threading.Event(), False

    def __call__(self, percent, message=""):
        self.percent, self.message = percent, message
        self.wake.set()
        if settings.JOB_STEP_PAUSE:
            time.sleep(settings.JOB_STEP_PAUSE)
        if self.lost:
            raise LeaseLost

    def run(self):
        while not self.ended:
            self.wake.wait(settings.JOB_LEASE_SECONDS / 4)
            self.wake.clear()
            if not self.ended:
                self._renew()
        connection.close()

    def _renew(self):
        try:
            self.lost = not held(self.job).update(
                progress=self.percent, message=self.message[:300], lease_until=_lease_end()
            )
        except DatabaseTrouble:
            log.warning("lease of job %s not renewed this time", self.job.pk)
            connection.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.ended = True
        self.wake.set()
        self.join(timeout=5)


def _lease_end():
    return Now() + Value(
        dt.timedelta(seconds=settings.JOB_LEASE_SECONDS), output_field=models.DurationField()
    )


def held(job):
    """The job's row while this worker's lease on it is the valid one; every later write goes through here."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)


def claim(job_id):
    """Take the job if nobody holds it; None when it is finished, held, or tried too often (then it is parked)."""
    with transaction.atomic():
        job = Job.objects.waiting().select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return None
        row = Job.objects.filter(pk=job.pk)
        if job.attempts >= Job.MAX_ATTEMPTS:
            log.error("job %s (%s) parked after %s tries", job.pk, job.work, job.attempts)
            row.update(state=JobState.FAILED, message=TRIED_OUT, finished_at=Now())
            return None
        row.update(
            state=JobState.RUNNING,
            lease=uuid.uuid4(),
            lease_until=_lease_end(),
            attempts=F("attempts") + 1,
            progress=0,
            message="",
        )
        job.refresh_from_db()
    return job


def run(job_id):
    """Claim and carry out one job. Called twice it does nothing the second time."""
    job = claim(job_id)
    if job is None:
        return
    try:
        with Keeper(job) as progress, transaction.atomic():
            with origin.told(origin.Origin(origin.JOB)):
                result = import_string(job.work)(progress, **job.arguments)
            finish(job, result)
    except LeaseLost:
        log.warning("job %s was taken over", job.pk)
    except ValidationError as refusal:
        held(job).update(state=JobState.FAILED, message=" ".join(refusal.messages)[:300], finished_at=Now())
    except Exception:
        log.exception("job %s failed", job.pk)
        release(job)


def finish(job, result):
    """Write the end of the work in the transaction of its effect; whoever lost the lease rolls back.

    One statement asks and writes: of two workers the later one waits for the first to commit and then finds nothing.
    """
    done = {"state": JobState.DONE, "progress": 100, "message": "", "result_url": result or ""}
    if not held(job).update(**done, finished_at=Now()):
        raise LeaseLost


def release(job):
    """Give the job back for another try, or park it after the last one."""
    if job.attempts >= Job.MAX_ATTEMPTS:
        log.error("job %s (%s) parked after %s tries", job.pk, job.work, job.attempts)
        held(job).update(state=JobState.FAILED, message=TRIED_OUT, finished_at=Now())
    else:
        held(job).update(state=JobState.QUEUED, lease=None, lease_until=Now(), message="Sẽ thử lại.")


def backlog_seconds():
    """How long the oldest job that nobody works on has been waiting; 0 when none waits.

    For a watchdog: a worker may be alive and yet deaf.
    """
    since = Coalesce("lease_until", "created_at")
    waited = Job.objects.waiting().aggregate(seconds=Now() - Min(since))["seconds"]
    return waited.total_seconds() if waited else 0.0


def known(keys):
    """Those of the effect keys that have a job already."""
    return set(Job.objects.filter(effect_key__in=keys).values_list("effect_key", flat=True))


def revive(job):
    """Give a parked job three new tries, when somebody asks for its effect again; any other job stays as it is."""
    parked = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
    fresh = {"state": JobState.QUEUED, "attempts": 0, "lease": None, "lease_until": None, "finished_at": None}
    if parked.update(**fresh, message=""):
        job.refresh_from_db()
        transaction.on_commit(lambda: ring(job.pk))
    return job
