"""The scheduler that shows its own life, so that a silent beat and a deaf worker can be told apart."""

import logging
import time

from celery.beat import PersistentScheduler
from django.db import Error as DatabaseTrouble
from django.db import connection
from django.db.models.functions import Now

from foundation.jobs.models import Pulse

log = logging.getLogger(__name__)

PULSE_SECONDS = 2


class PulsingScheduler(PersistentScheduler):
    """Celery's scheduler; between its ticks it writes the pulse "beat". A database that is away does not stop it."""

    last_pulse = 0.0

    def tick(self, *args, **kwargs):
        """One round of the timetable; returns the seconds until the next, never longer than a pulse."""
        if time.monotonic() - self.last_pulse >= PULSE_SECONDS:
            self.last_pulse = time.monotonic()
            show_life()
        return min(super().tick(*args, **kwargs), PULSE_SECONDS)


def show_life():
    """Write beat's pulse."""
    try:
        Pulse.objects.update_or_create(name="beat", defaults={"at": Now()})
    except DatabaseTrouble:
        log.warning("pulse of beat not written")
        connection.close()
