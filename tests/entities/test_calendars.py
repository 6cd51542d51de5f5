"""Calendars: the secret link, and nothing but dates, topics and names behind it."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from accounts.models.invitations import digest_of
from entities.actions import calendars as actions
from entities.calendars import calendar_of
from entities.models import CalendarLink
from foundation.trail.models import Entry
from tests.factories.support import FieldVisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(people):
    return people["commune_officer"]


@pytest.fixture
def visit(officer, entity):
    return FieldVisitFactory(
        entity=entity, officer=officer, purpose="Việc kín", planned_on=dt.date(2024, 10, 20)
    )


def feed(client, token):
    return client.get(reverse("entities:calendar_feed", args=[token]))


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_calendar_program_reads_the_visits_without_signing_in(client, officer, visit):
    response = feed(client, actions.renew_link(officer, by=officer))

    [event] = events(response)
    assert response["Content-Type"].startswith("text/calendar")
    assert "no-store" in response["Cache-Control"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2024, 10, 20), dt.date(2024, 10, 21))
    assert str(event["SUMMARY"]) == f"Hỗ trợ {visit.entity.name}"
    assert str(event["DESCRIPTION"]) == "Bao bì, nhãn hàng hóa"


def test_nothing_else_of_a_visit_is_in_the_feed(client, officer, entity):
    FieldVisitFactory(entity=entity, officer=officer, held=True, purpose="Việc kín", findings="Thấy kín")

    text = feed(client, actions.renew_link(officer, by=officer)).content.decode()

    assert "kín" not in text.replace("\r\n ", "")
    assert officer.full_name not in text


def test_a_new_link_ends_the_one_before(client, officer, visit):
    old = actions.renew_link(officer, by=officer)
    new = actions.renew_link(officer, by=officer)

    assert feed(client, old).status_code == 404
    assert feed(client, new).status_code == 200


def test_an_ended_link_is_gone(client, officer, visit):
    token = actions.renew_link(officer, by=officer)
    actions.end_link(officer, by=officer)

    assert feed(client, token).status_code == 404


def test_the_link_is_kept_nowhere(officer):
    token = actions.renew_link(officer, by=officer)

    row = CalendarLink.objects.get()
    assert row.token_sha256 == digest_of(token)
    assert len(token) >= 32
    assert token not in str(row.__dict__)


def test_t61_who_serves_elsewhere_or_has_left_reads_no_visit(client, officer, visit, other_commune):
    token = actions.renew_link(officer, by=officer)
    officer.assignments.update(area=other_commune)
    assert events(feed(client, token)) == []

    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert feed(client, token).status_code == 404


def test_the_producers_people_have_their_own_visits_and_no_others(client, people, visit):
    own = feed(client, actions.renew_link(people["producer"], by=people["producer"]))
    other = feed(client, actions.renew_link(people["other_producer"], by=people["other_producer"]))

    assert (len(events(own)), len(events(other))) == (1, 0)


def test_a_hostile_name_stays_inside_its_line(officer, visit):
    visit.entity.name = "HTX\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:giả"

    read = Calendar.from_ical(calendar_of([visit])).walk("VEVENT")

    assert len(read) == 1


def test_the_link_is_shown_once(client, officer):
    client.force_login(officer)
    client.post(reverse("entities:calendar_renewal"))

    first, second = (client.get(reverse("entities:calendar")).content.decode() for _ in range(2))

    assert ".ics" in first
    assert ".ics" not in second
    client.post(reverse("entities:calendar_end"))
    assert not CalendarLink.objects.exists()


def test_one_visit_as_a_file(client, officer, visit):
    client.force_login(officer)

    response = client.get(reverse("entities:visit_calendar", args=[visit.code]))

    assert len(events(response)) == 1
    assert response["Content-Disposition"] == 'attachment; filename="ho-tro-2024-10-20.ics"'


def test_ending_a_link_that_is_not_there_says_nothing(officer):
    before = Entry.objects.count()

    actions.end_link(officer, by=officer)

    assert Entry.objects.count() == before
