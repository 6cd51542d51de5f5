"""T40, T61: each period is told once, and a letter on a report goes to whoever may read it when it is sent."""

import pytest

from accounts.models import (
    Assignment,
    Consent,
    Letter,
    MailWish,
    NoticeGroup,
    NoticeKind,
    NoticeSetting,
    User,
)
from accounts.works import letters
from foundation import clock
from foundation.jobs import queue
from targets import actions, tasks
from targets.models import ProgressReport
from tests.factories.targets import district
from tests.targets.working import carry_out


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


@pytest.fixture
def officer(people):
    """The district's officer, who wants mail on reports at once."""
    person = people["district_officer"]
    User.objects.filter(pk=person.pk).update(email="huyen@example.org")
    Consent.objects.grant([person], clock.today())
    NoticeSetting.objects.create(person=person, group=NoticeGroup.REPORTS, mail=MailWish.AT_ONCE)
    return person


def write_quarter(plan):
    """The report of the quarter of the officer's district, by the timetable."""
    key = f"report:{plan.pk}:{district('349').pk}:2024-q3"
    carry_out(next(job for job in actions.write_due_reports() if job.effect_key == key))


def test_t40_a_scheduler_that_rings_twice_writes_and_mails_once(plan, officer):
    write_quarter(plan)
    for _ in range(2):
        tasks.write_due_reports()

    assert ProgressReport.objects.count() == 1
    letters_of = Letter.objects.filter(person=officer)
    assert letters_of.filter(notice__kind=NoticeKind.REPORT_MONTHLY).count() == 1
    assert letters_of.filter(notice__kind=NoticeKind.REPORT_LATE).count() == 1  # asked once too


def test_t61_a_letter_goes_to_who_may_read_the_report_when_it_is_sent(plan, officer):
    write_quarter(plan)
    letter = Letter.objects.get(person=officer)
    mail, _ = letters.as_mail(letter)
    assert mail.to == ["huyen@example.org"]

    Assignment.objects.filter(user=officer).update(area=district("347"))

    mail, why = letters.as_mail(letter)
    assert (mail, why) == (None, letters.NO_RIGHT)
