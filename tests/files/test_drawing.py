"""Pages of kept PDFs: drawn once for the same bytes, begun again after a kill, never in the way of the file."""

import hashlib
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from foundation.files import drawing, works
from foundation.files.models import Drawing, DrawnPage
from foundation.inspection.words import Unfit
from foundation.jobs.models import Job, JobState
from tests.factories.files import DrawingFactory, DrawnPageFactory, PageImageFactory, UploadFactory
from tests.files.conftest import Step
from tests.ui.test_documents import open_action, pdf

pytestmark = pytest.mark.django_db


def kept(content, name="minh-chung/a.pdf"):
    """Store the bytes: (SHA-256, stored name)."""
    return hashlib.sha256(content).hexdigest(), default_storage.save(name, ContentFile(content))


def drawn(content):
    """Stored and drawn."""
    sha256, name = kept(content)
    drawing.draw(Step(), sha256=sha256, name=name)
    return Drawing.objects.get(sha256=sha256)


def asked():
    return Job.objects.doing("foundation.files.drawing.draw")


# ---------------------------------------------------------------- drawn


def test_every_page_is_drawn_with_its_size_and_its_file():
    found = drawn(pdf(pages=12))
    rows = list(found.pages.values_list("number", "width", "height"))
    assert (found.total, found.trouble) == (12, "")
    assert rows == [(number, 800, 800) for number in range(1, 13)]
    with found.pages.first().file.open("rb") as file:
        assert file.read(3) == b"\xff\xd8\xff"


def test_an_upload_keeps_the_sizes_of_its_pages_too(sent):
    upload = sent(pdf(pages=2))
    assert list(upload.images.values_list("number", "width", "height")) == [(1, 800, 800), (2, 800, 800)]


def test_equal_bytes_are_drawn_once(monkeypatch):
    content, calls = pdf(), []
    inspected = works.inspected
    monkeypatch.setattr(
        works, "inspected", lambda *args, **options: calls.append(1) or inspected(*args, **options)
    )
    first, second = drawn(content), drawn(content)
    assert first == second
    assert (len(calls), DrawnPage.objects.count()) == (1, 2)
    drawn(pdf(pages=3))  # control: other bytes are another drawing
    assert (len(calls), Drawing.objects.count()) == (2, 2)


def test_only_the_first_pages_of_a_long_file_are_drawn(monkeypatch):
    monkeypatch.setattr(works, "MOST_DRAWN", 3)
    found = drawn(pdf(pages=5))
    assert (found.total, found.pages.count()) == (5, 3)


@pytest.mark.parametrize("content", [b"%PDF-1.7 thu", pdf(open_action)], ids=["broken", "active"])
def test_what_cannot_be_opened_is_known_to_have_no_pages(content):
    found = drawn(content)
    assert (found.pages.count(), found.total) == (0, 0)
    assert found.trouble.endswith(".")


def test_pages_before_a_page_that_is_too_heavy_stay(monkeypatch):
    inspected = works.inspected

    def heavy(path, deed, **options):
        if options.get("first") == 11:
            raise Unfit("heavy")
        return inspected(path, deed, **options)

    monkeypatch.setattr(works, "inspected", heavy)
    found = drawn(pdf(pages=12))
    assert (found.total, found.pages.count()) == (12, 10)
    assert "phức tạp" in found.trouble


@pytest.mark.parametrize(("change", "said"), [("gone", drawing.GONE), ("changed", drawing.CHANGED)])
def test_a_file_that_is_gone_or_changed_is_not_drawn(change, said):
    sha256, name = kept(pdf())
    default_storage.delete(name)
    if change == "changed":
        default_storage.save(name, ContentFile(pdf(pages=3)))
    with pytest.raises(ValidationError, match=said), transaction.atomic():
        drawing.draw(Step(), sha256=sha256, name=name)
    assert not Drawing.objects.exists()


def test_rows_say_what_they_are_and_stand_once():
    page = DrawnPageFactory(number=2)
    assert (str(page), str(page.drawing)) == (f"{page.drawing_id} 2", page.drawing.sha256[:12])
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawnPageFactory(drawing=page.drawing, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawingFactory(sha256=page.drawing.sha256)


# ---------------------------------------------------------------- asked for


def test_each_file_is_asked_for_once():
    one, other = kept(pdf()), kept(pdf(pages=3))
    assert drawing.ask([one, other, one]) == 2
    assert drawing.ask([one]) == 0  # somebody does already
    assert set(asked().values_list("arguments__sha256", flat=True)) == {one[0], other[0]}
    DrawingFactory(sha256=(done := kept(pdf(pages=4)))[0])
    assert drawing.ask([done]) == 0
    assert asked().count() == 2


def test_what_failed_can_be_asked_for_again():
    file = kept(pdf())
    drawing.ask([file])
    asked().update(state=JobState.DONE)
    assert drawing.ask([file]) == 0  # control: only a failure lets go
    asked().update(state=JobState.FAILED)
    assert drawing.ask([file]) == 1
    assert sorted(asked().values_list("state", flat=True)) == ["failed", "queued"]


# ---------------------------------------------------------------- read


def test_a_file_is_read_by_its_bytes_or_as_the_upload_that_it_is(django_assert_num_queries):
    by_bytes = DrawnPageFactory(number=1, drawing__total=7)
    DrawnPageFactory(drawing=by_bytes.drawing, number=2)
    upload = UploadFactory(released=True, pages=4)
    PageImageFactory(upload=upload, number=1)
    broken = DrawingFactory(total=0, trouble="Hỏng.")
    files = [("a", by_bytes.drawing.sha256), (upload.code, "0" * 64), ("b", broken.sha256), ("c", "1" * 64)]
    files = [
        (code if code == upload.code else f"00000000-0000-0000-0000-00000000000{code}", sha)
        for code, sha in files
    ]

    with django_assert_num_queries(2):
        found = drawing.readings(files)

    one, two, three, four = (found.get(str(code)) for code, _ in files)
    assert [(page.number, page.width, page.height) for page in one.pages] == [(1, 40, 30), (2, 40, 30)]
    assert (one.left, two.left) == (5, 3)
    assert (two.pages[0].width, two.pages[0].height) == drawing.A4  # drawn before sizes were kept
    assert (three.pages, four) == ((), None)


def test_beside_other_files_a_long_one_shows_its_first_pages():
    reading = drawing.Reading(tuple(drawing.PageSize(n, 1, 1) for n in range(1, 41)), 45)
    assert (len(reading.shown), reading.left) == (drawing.SHOWN, 45 - drawing.SHOWN)


def test_nothing_is_asked_of_the_database_for_no_files(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert drawing.readings([]) == {}


# ---------------------------------------------------------------- killed, and two at once


@pytest.mark.xdist_group("workers")
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_two_pages_leaves_the_file_to_the_next(workers, bell, disk):
    sha256, name = kept(pdf(pages=25))
    drawing.ask([(sha256, name)])
    job, folder = asked().get(), Drawing(sha256=sha256).folder
    crew = workers(JOB_STEP_PAUSE="0.5")
    crew.start()
    crew.until(job, lambda row: row.state == JobState.RUNNING and row.progress >= 60)
    crew.kill()
    assert default_storage.listdir(f"{folder}/trang")[1]  # it was at work
    assert not Drawing.objects.exists()

    crew.start()
    done = crew.until(job, lambda row: row.state not in {JobState.QUEUED, JobState.RUNNING})

    found = Drawing.objects.get()
    assert (done.state, done.attempts, found.total, found.pages.count()) == ("done", 2, 25, 25)
    assert len(default_storage.listdir(f"{folder}/trang")[1]) == 25  # of the first try nothing is left


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_waits_for_the_first_and_finds_it_done():
    sha256, name = kept(pdf())
    begun, said, step = threading.Event(), [], Step()

    def second():
        begun.wait(10)
        with transaction.atomic():
            said.append(drawing.draw(step, sha256=sha256, name=name))
        connection.close()

    other = threading.Thread(target=second)
    other.start()
    with transaction.atomic():
        drawing.draw(step, sha256=sha256, name=name)
        begun.set()
        other.join(1)
        assert other.is_alive()  # it waits
    other.join(10)
    assert said == [""]
    assert (Drawing.objects.count(), DrawnPage.objects.count()) == (1, 2)
