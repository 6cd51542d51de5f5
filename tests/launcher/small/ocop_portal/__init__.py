"""The celery application of the miniature: a pulse, and one job."""

import os

import psycopg2
from celery import Celery

app = Celery("ocop_portal", broker=os.environ["BROKER_URL"])
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    worker_soft_shutdown_timeout=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    beat_schedule={"pulse": {"task": "ocop_portal.pulse", "schedule": 1.0, "options": {"expires": 4}}},
)
NOTE = "insert into life values (%s, now()) on conflict (sign) do update set at = now()"


def note(sign):
    """Write down that this part is alive."""
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(NOTE, [sign])


@app.task
def pulse():
    """Rung by beat, carried out by the worker."""
    note("beat")
    note("worker")


@app.task
def keep():
    """A job that leaves something behind."""
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("insert into kept values ('chuông')")
