"""Letters on their way through real mail servers. T28: one that refuses, hangs or is away; and repetition."""

import time

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Letter, LetterKind, LetterStatus
from accounts.works import letters as works
from foundation.jobs import queue
from foundation.jobs.models import JobState
from tests.factories.accounts import LetterFactory
from tests.factories.targets import JobFactory
from tests.jobs import works as job_works
from tests.notices.conftest import Post, make_due, sender_process

pytestmark = pytest.mark.django_db


def ring(times=1):
    """Beat rings, each time when the next try of every letter has come."""
    for _ in range(times):
        make_due()
        works.send_due_letters()


def test_a_letter_goes_out_once_with_the_number_that_was_stored(post_office):
    post = post_office()
    letter = LetterFactory(subject="Kính gửi Xã Chuyên Ngoại", body="Nội dung có dấu.\n")
    ring(3)

    letter.refresh_from_db()
    [mail] = post.mails
    assert (letter.status, letter.attempts) == (LetterStatus.SENT, 1)
    assert letter.sent_at is not None
    assert mail["Message-ID"] == letter.message_id
    assert (mail["Subject"], mail["To"]) == ("Kính gửi Xã Chuyên Ngoại", letter.to)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert post.texts == ["Nội dung có dấu.\n"]


def test_many_letters_go_out_over_one_call_oldest_first(post_office):
    post = post_office()
    letters = LetterFactory.create_batch(5)

    assert works.send_due_letters() == 5
    assert [mail["To"] for mail in post.mails] == [letter.to for letter in letters]


def test_a_secret_letter_is_forgotten_once_it_is_out(post_office):
    post = post_office()
    letter = LetterFactory(kind=LetterKind.INVITATION, body="https://portal/loi-moi/bi-mat/\n")
    ring()

    letter.refresh_from_db()
    assert (post.texts, letter.body) == (["https://portal/loi-moi/bi-mat/\n"], "")


# ---------------------------------------------------------------- T28


@pytest.mark.parametrize("answer", ["451 later", "421 closing"])
def test_t28_a_server_that_refuses_for_now_is_tried_eight_times_at_most(post_office, answer):
    post = post_office(Post(answer))
    letters = LetterFactory.create_batch(3)
    ring(30)

    assert max(post.offered.count(number) for number in set(post.offered)) <= Letter.MAX_ATTEMPTS
    for letter in Letter.objects.all():
        assert (letter.status, letter.attempts) == (LetterStatus.GIVEN_UP, Letter.MAX_ATTEMPTS)
        assert letter.last_error.startswith(("Máy chủ thư tạm thời chưa nhận", "Không nối được máy chủ thư"))
    assert len(set(post.offered)) == len(letters)


def test_t28_without_the_cap_it_would_go_on_until_the_database_stops_it(post_office, monkeypatch):
    post = post_office(Post("451 later"))
    LetterFactory()
    monkeypatch.setattr(Letter, "MAX_ATTEMPTS", 99)
    with pytest.raises(IntegrityError), transaction.atomic():
        ring(30)

    assert len(post.offered) == 8


def test_a_server_that_refuses_for_good_is_asked_once(post_office):
    post = post_office(Post("550 no such person"))
    letter = LetterFactory()
    ring(5)

    letter.refresh_from_db()
    assert (letter.status, letter.attempts, len(post.offered)) == (LetterStatus.GIVEN_UP, 1, 1)
    assert letter.last_error == "Máy chủ thư từ chối địa chỉ hoặc nội dung (mã 550)."


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("silent_server")
def test_t28_a_server_that_hangs_holds_one_ring_for_one_time_limit_and_jobs_go_on(settings):
    LetterFactory.create_batch(40)
    begun = time.monotonic()
    works.send_due_letters()
    took = time.monotonic() - begun

    assert took < settings.EMAIL_TIMEOUT * 6  # forty probes would take forty
    assert sorted(Letter.objects.values_list("attempts", flat=True))[-2:] == [0, 1]  # one probe, nobody else
    assert not Letter.objects.due().exists()
    job = JobFactory(work="tests.jobs.works.leave_mark")
    queue.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job_works.marks("mark")) == (JobState.DONE, 1)


@pytest.mark.usefixtures("silent_server")
def test_t28_without_holding_back_the_next_ring_would_hang_again(monkeypatch):
    monkeypatch.setattr(works, "hold_back", lambda: None)
    LetterFactory.create_batch(3)
    works.send_due_letters()

    assert Letter.objects.due().count() == 2


@pytest.mark.usefixtures("nobody_listens")
def test_t28_half_an_hour_without_a_server_loses_no_letter(post_office):
    LetterFactory.create_batch(4)
    for _ in range(6):  # every five minutes
        ring()
    assert set(Letter.objects.values_list("status", flat=True)) == {LetterStatus.WAITING}

    post = post_office()
    ring()
    assert len(post.mails) == 4


def test_pauses_grow_are_capped_and_never_the_same_for_all():
    minutes = [Letter(attempts=n).pause().total_seconds() / 60 for n in range(1, 9)]

    assert minutes[0] == pytest.approx(1, rel=0.25)
    assert minutes[3] == pytest.approx(64, rel=0.25)
    assert max(minutes) <= 6 * 60 * 1.25
    assert len({Letter(attempts=3).pause() for _ in range(20)}) > 1


def test_one_address_that_is_refused_does_not_stop_the_others(post_office):
    post = post_office()
    bad = LetterFactory(to="dia-chi-xa-la@example.org")
    Letter.objects.filter(pk=bad.pk).update(subject="a\x0bb")  # no mail can carry this in its head
    good = LetterFactory()
    ring()

    assert good.to in [mail["To"] for mail in post.mails]
    good.refresh_from_db()
    assert good.status == LetterStatus.SENT


def test_without_a_server_outside_a_demonstration_letters_wait(settings, mailoutbox):
    settings.MAIL_GOES_OUT = False
    letter = LetterFactory()
    ring()

    letter.refresh_from_db()
    assert (letter.status, letter.attempts, mailoutbox) == (LetterStatus.WAITING, 0, [])


def test_in_a_demonstration_letters_become_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
    letter = LetterFactory()
    ring()

    [file] = (tmp_path / "letters").iterdir()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT
    assert letter.message_id in file.read_text(encoding="utf-8")


# ---------------------------------------------------------------- a worker that dies, and two at once


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_repeats_one_mail_under_the_same_number(post_office):
    killed = []
    post = post_office(Post(kills=killed))
    letters = LetterFactory.create_batch(3)
    worker = sender_process(post.port)
    killed.append(worker)
    worker.communicate(b"\n", timeout=60)
    assert [mail["To"] for mail in post.mails] == [letters[0].to]
    assert Letter.objects.get(pk=letters[0].pk).status == LetterStatus.WAITING

    ring()

    numbers = [mail["Message-ID"] for mail in post.mails]
    assert len(numbers) == 4
    assert sorted(numbers.count(number) for number in set(numbers)) == [1, 1, 2]
    assert set(Letter.objects.values_list("status", flat=True)) == {LetterStatus.SENT}


def test_a_number_that_was_not_stored_before_sending_would_change():
    letter = LetterFactory()
    first = works.claim().message_id
    make_due()
    assert works.claim().message_id == first

    Letter.objects.update(message_id="", next_try_at="2020-01-01T00:00:00+07:00")
    assert works.claim().message_id != first
    assert letter.pk


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_another_worker_holds_is_passed_over(post_office):
    post = post_office()
    held, free = LetterFactory(), LetterFactory()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("select 1 from accounts_letter where id = %s for update", [held.pk])
        works.send_due_letters()
        assert [mail["To"] for mail in post.mails] == [free.to]
        other.rollback()
    finally:
        other.close()
    works.send_due_letters()
    assert len(post.mails) == 2


@pytest.mark.django_db(transaction=True)
def test_a_second_post_office_goes_home_while_the_first_works(post_office):
    post = post_office()
    LetterFactory()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [works.SENDERS])
        assert works.send_due_letters() == 0
    finally:
        other.close()
    time.sleep(0.2)
    assert works.send_due_letters() == len(post.mails) == 1


def test_a_letter_whose_worker_died_eight_times_is_given_up_and_says_so(post_office):
    post = post_office()
    letter = LetterFactory()
    for _ in range(Letter.MAX_ATTEMPTS):
        make_due()
        assert works.claim() == letter
    ring()

    letter.refresh_from_db()
    assert (letter.status, letter.last_error, post.mails) == (LetterStatus.GIVEN_UP, works.KILLED, [])
