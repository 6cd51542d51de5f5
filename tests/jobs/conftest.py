"""Jobs in committed transactions, and a real worker beside the tests."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection

from foundation.jobs import queue
from foundation.jobs.models import Job
from tests.factories.targets import JobFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bell(monkeypatch):
    """Which jobs were rung for; nobody hears it."""
    rung = []
    monkeypatch.setattr(queue, "ring", rung.append)
    return rung


@pytest.fixture
def job(db):
    """Make a job for one of the test works: ``job(works.leave_mark, seconds=1)``."""

    def make(function, *, by=None, **arguments):
        return JobFactory(work=f"{function.__module__}.{function.__name__}", by=by, arguments=arguments)

    return make


def wait_for(condition, seconds=20):
    """What the condition returns once it is true; fails after so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail(f"nothing came within {seconds} s")


class Workers:
    """Real Celery workers on the test database and on a broker database of their own."""

    def __init__(self, folder, **environment):
        row = connection.settings_dict
        place = f"{row['HOST']}:{row['PORT']}/{row['NAME']}"
        url = f"postgresql://{quote(row['USER'])}:{quote(row['PASSWORD'])}@{place}"
        self.broker = django_settings.CELERY_BROKER_URL.rsplit("/", 1)[0] + "/13"
        self.folder, self.process = folder, None
        self.app = Celery(broker=self.broker)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ocop_portal.settings",
            "DATABASE_URL": url,
            "BROKER_URL": self.broker,
            "PORTAL_DEMO": "1",
            "PORTAL_STATE_DIR": str(folder),
            "JOB_LEASE_SECONDS": "2",
            **environment,
        }
        with self.app.connection_for_write() as broker:
            broker.default_channel.client.flushdb()

    def start(self):
        """One worker with one process, in a process group of its own."""
        options = ["-A", "ocop_portal", "worker", "--concurrency=1", "--without-gossip", "--without-mingle"]
        self.log = (self.folder / "worker.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", *options],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self):
        """kill -9, parent and child at once."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.log.close()

    def send(self, task, *arguments):
        """Ring as the portal and its beat do."""
        self.app.send_task(f"foundation.jobs.tasks.{task}", args=arguments)

    def until(self, job, condition, seconds=25):
        """Ring for forgotten jobs each half second, as beat does each five, until the job is so."""
        rung = 0.0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            row = Job.objects.get(pk=job.pk)
            if condition(row):
                return row
            if time.monotonic() - rung > 0.5:
                self.send("sweep")
                rung = time.monotonic()
            time.sleep(0.05)
        pytest.fail(f"job is {row.state} at {row.progress}% after {seconds} s; log:\n{self.tail()}")

    def tail(self):
        """The end of the worker's log."""
        return (self.folder / "worker.log").read_text()[-3000:]


@pytest.fixture
def workers(transactional_db, tmp_path):
    """Workers that are surely gone before the database is emptied: ``workers(JOB_STEP_PAUSE="0.5")``."""
    made = []

    def make(**environment):
        made.append(Workers(tmp_path, **environment))
        return made[-1]

    yield make
    for one in made:
        one.kill()
