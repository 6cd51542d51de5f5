"""The desk: what waits for whom; home and signs of life."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.jobs.models import Pulse
from products.models import DossierStatus, IdeaStatus
from tests.factories.products import DossierFactory, IdeaFactory

pytestmark = pytest.mark.django_db

PEOPLE = [
    "producer",
    "other_producer",
    "commune_officer",
    "district_officer",
    "other_district_officer",
    "province_officer",
    "department_officer",
    "manager",
    "judge",
    "administrator",
    "nobody",
]


def desk(client, person):
    client.force_login(person)
    response = client.get(reverse("desk"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_has_a_desk(client, people, name):
    assert "Bạn đã xử lý hết việc" in desk(client, people[name])


def test_a_sent_idea_waits_for_the_district_and_a_returned_one_for_the_producer(client, people, entity):
    IdeaFactory(entity=entity, name="Khăn gửi đi", status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")
    IdeaFactory(entity=entity, name="Khăn trả lại", status=IdeaStatus.RETURNED, submitted_on="2024-10-15")

    district, producer = desk(client, people["district_officer"]), desk(client, people["producer"])

    assert "Khăn gửi đi" in district
    assert "Khăn trả lại" not in district
    assert "Khăn trả lại" in producer
    assert "Khăn gửi đi" not in producer
    assert "Khăn" not in desk(client, people["other_district_officer"])


def test_a_sent_dossier_waits_for_the_district(client, people, entity):
    DossierFactory(
        product__entity=entity, product__name="Lụa", status=DossierStatus.SUBMITTED, submitted_on="2024-10-15"
    )

    assert "Lụa" in desk(client, people["district_officer"])
    assert "Lụa" not in desk(client, people["producer"])


@pytest.mark.parametrize("count", [1, 10])
def test_the_desk_costs_the_same_for_one_and_for_ten(
    client, people, entity, count, django_assert_max_num_queries
):
    IdeaFactory.create_batch(count, entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")
    desk(client, people["district_officer"])

    with django_assert_max_num_queries(15):
        client.get(reverse("desk"))


def test_home_is_open_to_everybody_and_says_it_is_a_demonstration(client, law):
    page = client.get(reverse("home")).content.decode()

    assert "trình diễn" in page
    assert "15/10/2024" in page


def test_health_tells_who_lives(client):
    asleep = client.get("/healthz").json()
    Pulse.objects.create(name="worker", at=timezone.now())
    worker = client.get("/healthz").json()
    Pulse.objects.create(name="beat", at=timezone.now())
    both = client.get("/healthz").json()

    assert (asleep["web"], asleep["database"], asleep["worker"], asleep["beat"]) == (True, True, False, False)
    assert (worker["worker"], worker["beat"]) == (True, False)
    assert (both["worker"], both["beat"], both["backlog_seconds"]) == (True, True, 0)
