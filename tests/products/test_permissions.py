"""Who may do what with ideas and dossiers: tables of people."""

import pytest

from products import permissions
from products.models import DossierStatus, IdeaStatus
from tests.factories.products import DossierFactory, IdeaFactory, ProductFactory

pytestmark = pytest.mark.django_db

EVERYBODY = [
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


def allowed(people, predicate, *about):
    """Those whom the predicate lets through."""
    return {name for name in EVERYBODY if predicate(people[name], *about)}


def test_who_begins_an_idea(people):
    assert allowed(people, permissions.may_begin_idea) == {
        "producer",
        "other_producer",
        "commune_officer",
        "district_officer",
        "other_district_officer",
    }


def test_who_registers_an_idea_of_a_producer(people, entity, commune):
    assert allowed(people, permissions.may_register_idea, entity, commune) == {
        "producer",
        "commune_officer",
        "district_officer",
    }


def test_nobody_registers_an_idea_in_a_commune_that_is_not_the_producers(people, entity, other_commune):
    assert allowed(people, permissions.may_register_idea, entity, other_commune) == set()


def test_who_changes_an_idea(people, entity):
    idea = IdeaFactory(entity=entity, created_by=people["commune_officer"])

    assert allowed(people, permissions.may_edit_idea, idea) == {"producer", "commune_officer"}


def test_nobody_changes_an_idea_that_was_sent(people, entity):
    idea = IdeaFactory(
        entity=entity, created_by=people["producer"], status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15"
    )

    assert allowed(people, permissions.may_edit_idea, idea) == set()


def test_who_judges_an_idea(people, entity):
    idea = IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")

    assert allowed(people, permissions.may_judge_idea, idea) == {"district_officer"}


def test_nobody_judges_a_draft(people, entity):
    assert allowed(people, permissions.may_judge_idea, IdeaFactory(entity=entity)) == set()


def test_who_opens_a_dossier(people, entity):
    product = ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))

    assert allowed(people, permissions.may_open_dossier, product) == {"producer"}


def test_nobody_opens_a_dossier_without_an_idea(people, entity):
    assert allowed(people, permissions.may_open_dossier, ProductFactory(entity=entity)) == set()


def test_who_records_what_was_decided_before_the_portal(people, entity):
    product = ProductFactory(entity=entity, area=entity.area)

    assert allowed(people, permissions.may_record_past_rating, product) == {
        "district_officer",
        "province_officer",
    }


def test_nobody_acts_for_no_producer(people):
    assert not permissions.acts_for(people["producer"], None)


def test_who_changes_and_hands_in_a_dossier(people, entity):
    dossier = DossierFactory(product__entity=entity)

    assert allowed(people, permissions.may_edit_dossier, dossier) == {"producer"}
    assert allowed(people, permissions.may_submit_dossier, dossier) == {"producer"}


def test_who_checks_a_dossier(people, entity):
    dossier = DossierFactory(
        product__entity=entity, status=DossierStatus.SUBMITTED, submitted_on="2024-10-15"
    )

    assert allowed(people, permissions.may_check_dossier, dossier) == {"district_officer"}
    assert allowed(people, permissions.may_edit_dossier, dossier) == set()
