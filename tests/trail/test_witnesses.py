"""Every day the head leaves the house: as a file, and by mail to the witnesses."""

import json

import pytest
from django.core.management import call_command

from accounts.models import Letter
from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from foundation.trail import heads
from foundation.trail.moves import write
from ocop_portal import tasks, works
from tests.trail.conftest import link_now, sql, unguarded

pytestmark = pytest.mark.usefixtures("witnesses")


@pytest.fixture
def witnesses(db, settings, tmp_path, person):
    """Two witnesses, a folder of our own, and one linked entry."""
    settings.TRAIL_WITNESSES, settings.STATE_DIR = ["a@example.vn", "b@example.vn"], tmp_path
    write(person, "Lập", by=person)
    link_now()


def run_job():
    """Ring, then do the job as a worker would."""
    tasks.sign_head_of_the_day()
    job = Job.objects.get()
    works.sign_head(lambda percent, message="": None, **job.arguments)
    return job


def test_one_job_a_day_however_often_the_clock_rings():
    for _ in range(3):
        tasks.sign_head_of_the_day()

    assert Job.objects.get().effect_key.startswith("trail-head:")


def test_the_job_leaves_a_signed_file_and_a_letter_for_each_witness(tmp_path):
    run_job()

    (path,) = (tmp_path / "heads").iterdir()
    head = heads.read(path.read_bytes(), [heads.public_key()])
    assert (head.seq, head.hash) == (1, heads.current().hash)
    letters = list(Letter.objects.order_by("pk"))
    assert [letter.to for letter in letters] == ["a@example.vn", "b@example.vn"]
    line = letters[0].body.strip().splitlines()[-1]
    assert heads.read(line.encode(), [heads.public_key()]) == head
    assert head.hash in letters[0].body


def test_a_job_that_is_tried_again_finds_its_letters():
    run_job()
    works.sign_head(lambda percent, message="": None, **Job.objects.get().arguments)

    assert Letter.objects.count() == 2


def test_a_broken_trail_is_told_and_not_signed(tmp_path):
    with unguarded("trail_entry"):
        sql("update trail_entry set act = 'khác'")
    run_job()

    assert list((tmp_path / "heads").iterdir()) == []
    letter = Letter.objects.earliest("pk")
    assert "Nhật ký KHÔNG nguyên vẹn" in letter.subject
    assert "mắt xích 1 của nó đã bị sửa" in letter.body


def test_t112_the_daily_job_holds_the_trail_against_the_heads_that_lie_here(tmp_path):
    folder = works.heads_folder()
    other = heads.head_of(1, "0" * 64)
    (folder / "hom-qua.json").write_text(heads.signed(other), encoding="utf-8")
    (folder / "rác.json").write_text("rác", encoding="utf-8")
    run_job()

    assert "Mắt xích 1 khác với hom-qua.json" in Letter.objects.earliest("pk").body


@pytest.mark.django_db(transaction=True)  # the lease is renewed over a connection of its own
def test_a_worker_does_it_to_the_end():
    job = works.ask_for_head()
    queue.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_the_command_prints_the_head_and_keeps_it(tmp_path, capsys):
    call_command("trail_head")

    printed = capsys.readouterr().out
    (path,) = (tmp_path / "heads").iterdir()
    assert path.read_text(encoding="utf-8") == printed
    assert json.loads(printed)["head"]["seq"] == 1


def test_the_command_tells_the_public_key_and_signs_nothing(tmp_path, capsys):
    call_command("trail_head", "--public-key")

    assert capsys.readouterr().out.strip() == heads.public_key()
    assert not (tmp_path / "heads").exists()
