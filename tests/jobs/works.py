"""Works that tests hand over. Their effect is a row of its own, so that effects can be counted."""

import os
import time
import uuid

from django.core.exceptions import ValidationError
from django.db import connection

from foundation.jobs.models import Pulse
from foundation.jobs.queue import work


def mark(name):
    """One effect; each call is another row."""
    Pulse.objects.create(name=f"{name[:8]}-{uuid.uuid4().hex[:8]}")


def marks(name):
    """How often the effect is there."""
    return Pulse.objects.filter(name__startswith=f"{name[:8]}-").count()


@work
def leave_mark(step, name="mark", seconds=0):
    """Leave one mark, taking so long."""
    step(10, "Bắt đầu")
    mark(name)
    time.sleep(seconds)
    step(90, "Sắp xong")
    return "/ban-lam-viec/"


@work
def fail(step, name="fail"):
    """Leave a mark and break."""
    mark(name)
    raise RuntimeError("hỏng")


@work
def refuse(step):
    """Say no, for a reason of the domain."""
    mark("refuse")
    raise ValidationError("Không làm được vì thiếu số liệu.")


@work
def break_the_database(step):
    """Leave the transaction broken."""
    with connection.cursor() as cursor:
        cursor.execute("select 1/0")


@work
def die(step):
    """Take the worker's process along."""
    step(10, "Sắp chết")
    os._exit(9)
