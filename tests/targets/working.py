"""Doing a worker's part here and now, in the test's transaction."""

from foundation.jobs import queue


class Step:
    """What a work is called with, without a thread beside it."""

    def __init__(self, job):
        self.job, self.seen = job, []

    def __call__(self, percent, message=""):
        self.seen.append((percent, message))


def carry_out(job):
    """Run the job's work, and end the job with it."""
    job = queue.claim(job.pk)
    step = Step(job)
    queue.finish(job, queue.import_string(job.work)(step, **job.arguments))
    job.refresh_from_db()
    return step
