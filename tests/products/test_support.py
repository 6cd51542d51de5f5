"""Support of one producer in one place; visits about ideas."""

import datetime as dt

import pytest
from django.urls import reverse

from entities.models import FieldVisit
from products.models.visits import best_stars_of
from tests.factories.products import IdeaFactory, RatingFactory
from tests.factories.support import (
    AgreedActionFactory,
    FieldVisitFactory,
    SupportGrantFactory,
    SupportPolicyFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


def test_the_best_stars_in_force_decide(entity):
    assert best_stars_of(entity, TODAY) == 0
    rating = RatingFactory(product__entity=entity, stars=4)
    RatingFactory(product__entity=entity, stars=3)

    assert best_stars_of(entity, TODAY) == 4
    assert best_stars_of(entity, rating.ends_on + dt.timedelta(days=1)) < 4


def test_the_page_shows_what_fits_what_was_received_and_what_is_open(client, people, entity):
    SupportPolicyFactory(title="Cho ba sao", stars_min=3)
    SupportPolicyFactory(title="Cho bốn sao", stars_min=4)
    RatingFactory(product__entity=entity, stars=3)
    SupportGrantFactory(entity=entity, policy__title="Đã nhận rồi")
    AgreedActionFactory(visit=FieldVisitFactory(entity=entity, held=True), what="Sửa nhãn")
    client.force_login(people["producer"])

    page = client.get(reverse("products:entity_support", args=[entity.code])).content.decode()

    fits = page.split("Chính sách phù hợp")[1].split("Hỗ trợ đã nhận")[0]
    assert "Cho ba sao" in fits
    assert "Cho bốn sao" not in page
    assert "Đã nhận rồi" not in fits
    assert "50.000.000 đồng" in page
    assert "Sửa nhãn" in page
    assert "Ghi đã nhận" not in page


def test_the_page_of_a_producer_elsewhere_is_not_there(client, people, entity):
    client.force_login(people["other_district_officer"])

    assert client.get(reverse("products:entity_support", args=[entity.code])).status_code == 404


def test_a_visit_about_an_idea_stands_on_the_ideas_page(client, people, entity):
    idea = IdeaFactory(entity=entity, status="submitted", submitted_on="2024-10-01")
    client.force_login(people["commune_officer"])

    response = client.post(
        reverse("products:idea_visit_new", args=[idea.code]),
        {"planned_on": "2024-10-20", "topics": ["moi-truong"]},
    )

    visit = FieldVisit.objects.get()
    assert response.url == visit.get_absolute_url()
    assert (visit.entity, visit.about_idea.idea) == (entity, idea)
    assert "20/10/2024: Bảo vệ môi trường" in client.get(idea.get_absolute_url()).content.decode()


def test_who_looks_after_no_place_plans_no_visit_about_an_idea(client, people, entity):
    idea = IdeaFactory(entity=entity, status="submitted", submitted_on="2024-10-01")
    client.force_login(people["manager"])

    assert client.get(reverse("products:idea_visit_new", args=[idea.code])).status_code == 404
    assert "Lên lịch hỗ trợ" not in client.get(idea.get_absolute_url()).content.decode()
