"""Visits as iCalendar: dates, topics and the producer's name, nothing else."""

import datetime as dt

from django.conf import settings
from icalendar import Calendar, Event

from entities.models import VisitStatus

ONE_DAY = dt.timedelta(days=1)
BACK = dt.timedelta(days=180)  # a calendar shows the last half year and what comes


def calendar_of(visits, *, name="Hỗ trợ tại thực địa"):
    """The bytes of a calendar with these visits."""
    book = Calendar()
    book.add("prodid", "-//Cong OCOP//vi//")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for visit in visits:
        book.add_component(event_of(visit))
    return book.to_ical()


def event_of(visit):
    """One visit as an event of a whole day."""
    host = settings.PORTAL_URL.split("//")[-1].split(":")[0]
    event = Event()
    event.add("uid", f"{visit.code}@{host}")
    event.add("dtstamp", visit.created_at)
    event.add("dtstart", visit.day)
    event.add("dtend", visit.day + ONE_DAY)
    event.add("summary", f"Hỗ trợ {visit.entity.name}")
    event.add("description", visit.topics_in_words)
    event.add("status", "CANCELLED" if visit.status == VisitStatus.CANCELLED else "CONFIRMED")
    return event
