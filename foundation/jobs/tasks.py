"""Clocks: run one job, ring again for forgotten ones, show life."""

from celery import shared_task
from django.db.models.functions import Now

from foundation.jobs import queue
from foundation.jobs.models import Job, Pulse


@shared_task
def run(job_id):
    """Carry out one job."""
    queue.run(job_id)


@shared_task
def sweep():
    """Ring for every job that nobody works on; ringing twice does no harm."""
    for job_id in Job.objects.waiting().order_by("pk").values_list("pk", flat=True)[:100]:
        queue.ring(job_id)


@shared_task
def pulse():
    """Beat rang and a worker heard it: the worker's sign of life (beat's own: foundation.jobs.beat)."""
    Pulse.objects.update_or_create(name="worker", defaults={"at": Now()})
