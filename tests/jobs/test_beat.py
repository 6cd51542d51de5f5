"""The scheduler's own sign of life."""

from celery import Celery
from django.db import OperationalError

from foundation.jobs import beat
from foundation.jobs.models import Pulse


def scheduler(tmp_path):
    return beat.PulsingScheduler(
        Celery(broker="memory://"), schedule_filename=str(tmp_path / "beat"), lazy=False
    )


def test_a_tick_writes_the_pulse_of_beat_and_waits_no_longer_than_a_pulse(db, tmp_path):
    clock = scheduler(tmp_path)

    assert clock.tick() <= beat.PULSE_SECONDS

    assert Pulse.objects.filter(name="beat").count() == 1


def test_ticks_in_between_do_not_ask_the_database(db, tmp_path, django_assert_num_queries):
    clock = scheduler(tmp_path)
    clock.tick()

    with django_assert_num_queries(0):
        clock.tick()


def test_a_database_that_is_away_does_not_stop_the_timetable(db, tmp_path, monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OperationalError("mất kết nối")

    monkeypatch.setattr(Pulse.objects, "update_or_create", away)
    monkeypatch.setattr(beat.connection, "close", lambda: None)

    assert scheduler(tmp_path).tick() > 0
    assert "pulse of beat not written" in caplog.text
