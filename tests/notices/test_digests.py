"""One letter a day for those who want it so; old notices are forgotten; T27: every clock rung twice."""

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Letter, LetterKind, LetterStatus, MailWish, Notice, NoticeGroup, NoticeKind
from accounts.works import letters as works
from foundation.jobs.models import Pulse
from tests.factories.accounts import LetterFactory, NoticeFactory, NoticeSettingFactory
from tests.factories.products import IdeaFactory
from tests.factories.targets import JobFactory

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 2, 7, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def officer(reachable):
    """The district's officer, who wants one letter a day about ideas."""
    NoticeSettingFactory(person=reachable["district_officer"], group=NoticeGroup.IDEAS, mail=MailWish.DAILY)
    return reachable["district_officer"]


@pytest.fixture
def news(officer, entity):
    """Two sent ideas that the officer was told of, and has not read."""
    ideas = IdeaFactory.create_batch(2, entity=entity, status="submitted", submitted_on="2024-10-01")
    facts = {"person": officer, "kind": NoticeKind.IDEA_SUBMITTED}
    return [NoticeFactory(subject=idea, text=f"Có ý tưởng “{idea.name}”.", **facts) for idea in ideas]


def gather(moment=MORNING):
    with time_machine.travel(moment, tick=False):
        works.gather_digests()


def test_a_digest_gathers_what_is_unread_into_one_letter(post_office, officer, news):
    post = post_office()
    gather()
    works.send_due_letters()

    [text] = post.texts
    assert all(f"- {notice.text}" in text for notice in news)
    assert "2 thông báo chưa đọc" in post.mails[0]["Subject"]
    assert Letter.objects.get().status == LetterStatus.SENT


def test_gathered_twice_it_is_sent_once_and_nothing_is_gathered_again(post_office, news, entity, officer):
    post = post_office()
    for _ in range(2):
        gather()
        works.send_due_letters()
    NoticeFactory(person=officer, kind=NoticeKind.IDEA_SUBMITTED, subject=IdeaFactory(entity=entity))
    gather()
    assert len(post.mails) == Letter.objects.count() == 1

    gather(MORNING + dt.timedelta(days=1))
    assert Letter.objects.count() == 2
    assert Letter.objects.latest("pk").gathered.count() == 1


@pytest.mark.usefixtures("news")
def test_without_the_mark_of_the_day_there_would_be_a_second_letter(monkeypatch):
    gather()
    monkeypatch.setattr(works, "served_on", lambda day: Letter.objects.none().values("person"))
    Notice.objects.update(digest=None)
    with pytest.raises(IntegrityError, match="accounts_letter"):
        gather()


@pytest.mark.usefixtures("news")
def test_before_the_hour_nothing_is_gathered():
    gather(MORNING.replace(hour=6, minute=59))

    assert not Letter.objects.exists()


def test_what_was_read_meanwhile_is_not_sent(post_office, news):
    post = post_office()
    gather()
    Notice.objects.update(read_at=timezone.now())
    works.send_due_letters()

    assert (Letter.objects.get().last_error, post.mails) == ("Người nhận đã đọc hết trên cổng.", [])


def test_t61_what_is_out_of_sight_meanwhile_is_not_in_it(post_office, officer, news, other_commune):
    post = post_office()
    gather()
    officer.assignments.update(area=other_commune.parent)
    works.send_due_letters()

    assert (Letter.objects.get().status, post.mails) == (LetterStatus.DROPPED, [])


@pytest.mark.parametrize("mail", [MailWish.AT_ONCE, MailWish.NONE])
@pytest.mark.usefixtures("news")
def test_who_wants_no_digest_gets_none(officer, mail):
    officer.notice_settings.update(mail=mail)
    gather()

    assert not Letter.objects.exists()


def test_a_long_digest_counts_what_it_does_not_name(post_office, officer, entity):
    post = post_office()
    idea = IdeaFactory(entity=entity, status="submitted", submitted_on="2024-10-01")
    for n in range(60):
        NoticeFactory(
            person=officer,
            kind=NoticeKind.IDEA_SUBMITTED,
            subject=idea,
            day=dt.date(2024, 1, 1) + dt.timedelta(n),
        )
    gather()
    works.send_due_letters()

    assert post.texts[0].count("\n- ") == 51
    assert "- và 10 thông báo khác" in post.texts[0]


def test_notices_read_long_ago_are_forgotten_and_others_stay(settings):
    now = timezone.now()
    kept = [NoticeFactory(), NoticeFactory(read_at=now - dt.timedelta(days=89))]
    NoticeFactory(read_at=now - dt.timedelta(days=91))
    assert works.clear_old_notices() == 1
    assert works.clear_old_notices() == 0
    assert set(Notice.objects.all()) == set(kept)

    settings.NOTICE_KEEP_DAYS = 30
    assert works.clear_old_notices() == 1


def test_a_letter_outlives_its_notice():
    notice = NoticeFactory(read_at=timezone.now() - dt.timedelta(days=91))
    letter = LetterFactory(kind=LetterKind.NOTICE, notice=notice)
    works.clear_old_notices()

    letter.refresh_from_db()
    assert letter.notice is None


# ---------------------------------------------------------------- T27

CLOCKS = sorted({entry["task"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()})


def state():
    """Every row of the portal, without the signs of life, whose time goes on."""
    models = [model for model in apps.get_models() if model is not Pulse]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.usefixtures("news")
def test_t27_each_clock_rung_twice_leaves_the_same_state(clock, post_office, real_data):
    post = post_office()
    LetterFactory.create_batch(2)
    NoticeFactory(read_at=timezone.now() - dt.timedelta(days=91))
    task = import_string(clock)
    with time_machine.travel(MORNING, tick=False):
        task()
        once, mails = state(), len(post.mails)
        task()
        assert (state(), len(post.mails)) == (once, mails)


@pytest.mark.django_db(transaction=True)
def test_t27_a_job_delivered_twice_leaves_the_same_state():
    job = JobFactory(work="tests.jobs.works.leave_mark")
    run = import_string("foundation.jobs.tasks.run")
    run(job.pk)
    once = state()
    run(job.pk)

    assert state() == once
    assert Pulse.objects.count() == 1


def test_t27_the_comparison_sees_a_second_effect():
    LetterFactory()
    once = state()
    LetterFactory()

    assert state() != once
