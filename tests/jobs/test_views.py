"""The pages of jobs."""

import pytest

from foundation.jobs.models import Job, JobState
from tests.factories.accounts import UserFactory
from tests.factories.targets import JobFactory


@pytest.fixture
def owner(client, db):
    user = UserFactory()
    client.force_login(user)
    return user


def test_a_person_sees_how_far_their_job_is(client, owner):
    job = JobFactory(by=owner, title="Báo cáo tháng 9", progress=45, message="Đang lập bản in")

    page = client.get(job.get_absolute_url()).content.decode()

    assert "Báo cáo tháng 9" in page
    assert 'value="45"' in page
    assert "45% · Đang lập bản in" in page


def test_the_fragment_asks_again_while_the_job_is_open_and_no_longer(client, owner):
    job = JobFactory(by=owner)
    fragment = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{job.get_absolute_url()}"' in fragment
    assert "<html" not in fragment

    Job.objects.update(state=JobState.DONE, result_url="/bao-cao/x/")
    fragment = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in fragment
    assert 'href="/bao-cao/x/"' in fragment


def test_a_failed_job_says_why(client, owner):
    job = JobFactory(by=owner, state=JobState.FAILED, message="Thiếu số liệu.")

    assert "Thiếu số liệu." in client.get(job.get_absolute_url()).content.decode()


def test_a_job_of_somebody_else_is_out_of_sight(client, owner):
    job = JobFactory(by=UserFactory(), title="Của người khác")

    assert client.get(job.get_absolute_url()).status_code == 404
    assert "Của người khác" not in client.get("/viec-nen/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(JobFactory().get_absolute_url()).url.startswith("/dang-nhap/")


def test_the_list_holds_my_jobs_the_newest_first(client, owner):
    first, second = JobFactory(by=owner), JobFactory(by=owner)

    assert list(client.get("/viec-nen/").context["page"]) == [second, first]


def test_an_empty_list_says_what_will_stand_there(client, owner):
    assert "Chưa có việc nào." in client.get("/viec-nen/").content.decode()


def test_a_result_without_an_address_is_simply_done(client, owner):
    job = JobFactory(by=owner, state=JobState.DONE)

    assert "Mở kết quả" not in client.get(job.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_for_one_job_and_five(client, owner, django_assert_num_queries, count):
    JobFactory.create_batch(count, by=owner)
    client.get("/viec-nen/")

    with django_assert_num_queries(6):
        client.get("/viec-nen/")
