"""My data: the page, the copy as a job, and that both show one person alone."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actions import privacy as actions
from accounts.models import DataExport, Role
from accounts.privacy import rules
from entities.models import Membership
from foundation import clock
from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from tests.accounts.canaries import columns_with
from tests.conftest import person
from tests.factories.accounts import UserFactory
from tests.factories.privacy import ConsentFactory, DataExportFactory, DataRequestFactory

pytestmark = pytest.mark.django_db
MINE = ("Lâm Hoa Sữa", "hoasua@example.vn", "hoasua.login", "Thợ dệt Hoa Sữa")
OTHER = ("Đinh Chim Sẻ", "chimse@example.vn", "chimse.login", "Thợ dệt Chim Sẻ")


def somebody(facts, entity):
    """A person with something in every section."""
    name, mail, login, title = facts
    user = person(Role.PRODUCER, full_name=name, email=mail, username=login, title=title)
    Membership.objects.create(entity=entity, user=user)
    ConsentFactory(person=user)
    DataRequestFactory(person=user, what=f"Yêu cầu của {name}")
    return user


@pytest.fixture
def me(entity, client):
    """Signed in, beside a colleague of the same producer."""
    somebody(OTHER, entity)
    user = somebody(MINE, entity)
    client.force_login(user)
    return user


@pytest.mark.django_db(transaction=True)
def made(client, user):
    """The copy as the page asks for it and the worker makes it: the archive's files by name."""
    client.post(reverse("accounts:my_data_copy"))
    job = Job.objects.get(by=user)
    queue.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.message
    answer = client.get(job.result_url)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.django_db(transaction=True)
def test_my_copy_holds_my_data_and_no_word_of_another_person(client, me):
    """T51, T60: unzip, look for the canaries of a colleague."""
    files = made(client, me)

    assert set(files) == {"doc-truoc.txt", "du-lieu.json", "du-lieu.html"}
    for name in ("du-lieu.json", "du-lieu.html"):
        assert all(word in files[name] for word in MINE), name
        assert not any(word in files[name] for word in OTHER), name
    sections = {section["key"]: section["rows"] for section in json.loads(files["du-lieu.json"])["sections"]}
    assert len(sections["memberships"]) == len(sections["consents"]) == len(sections["requests"]) == 1
    assert me.password not in files["du-lieu.json"]
    assert columns_with(OTHER[0]) >= {
        ("accounts_user", "full_name")
    }  # the other person is there to be leaked


@pytest.mark.django_db(transaction=True)
def test_the_finished_copy_is_found_on_the_desk_and_on_my_page(client, me):
    made(client, me)
    address = DataExport.objects.get().get_absolute_url()

    assert address in client.get(reverse("desk")).content.decode()
    assert address in client.get(reverse("accounts:my_data")).content.decode()


def test_the_page_shows_me_and_nobody_else(client, me):
    page = client.get(reverse("accounts:my_data")).content.decode()

    assert all(word in page for word in MINE)
    assert not any(word in page for word in OTHER)


def test_a_copy_of_another_person_is_404_and_so_is_an_expired_one(client, me):
    mine, others, old = (
        DataExportFactory(person=me),
        DataExportFactory(),
        DataExportFactory(
            person=me, created_at=clock.now() - 2 * expiry(), expires_at=clock.now() - expiry()
        ),
    )

    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(others.get_absolute_url()).status_code == 404
    assert client.get(old.get_absolute_url()).status_code == 404
    client.logout()
    assert client.get(mine.get_absolute_url()).status_code == 302


def expiry():
    """How long a copy is kept."""
    made_at = clock.now()
    return rules().retention["export"].span.from_moment(made_at.replace(hour=0)) - made_at


def test_nobody_can_ask_for_the_copy_of_another(me):
    with pytest.raises(ValidationError, match="chính mình"):
        actions.ask_export(UserFactory(), by=me)

    assert not Job.objects.exists()


def test_a_second_copy_waits_for_the_first(client, me):
    client.post(reverse("accounts:my_data_copy"))
    answer = client.post(reverse("accounts:my_data_copy"), follow=True)

    assert Job.objects.count() == 1
    assert "đang được lập" in answer.content.decode()


def test_only_so_many_copies_are_kept_at_once(me):
    """T60: nobody fills the disk with copies."""
    DataExportFactory.create_batch(actions.MOST_COPIES, person=me)

    with pytest.raises(ValidationError, match="còn hạn"):
        actions.ask_export(me, by=me)


@pytest.mark.django_db(transaction=True)
def test_a_job_with_another_persons_id_makes_no_copy(me):
    """A forged argument: the copy is made for the person who asked, or not at all."""
    job = queue.enqueue(actions.works.collect_my_data, title="x", by=me, person_id=UserFactory().pk)

    queue.run(job.pk)

    assert not DataExport.objects.exists()


def test_the_register_is_public_and_complete(client, law):
    page = client.get(reverse("accounts:register")).content.decode()

    for words in (*rules().never_asked, *rules().rights):
        assert words in page
    for purpose in rules().purposes.values():
        assert purpose.title in page
    assert rules().deadlines[0].law.title in page
    assert "72 giờ" in page
