"""Questions about support that stand behind a narrower choice on the page."""

import pytest

from entities import permissions
from tests.rights.matrix import ROLES
from tests.rights.places import AWAY, OWN

pytestmark = pytest.mark.django_db


def who(world, predicate, *facts):
    """The roles to whom it says yes."""
    return {role for role in ROLES if (user := world.people.get(role)) and predicate(user, *facts)}


OFFICES = {"commune_officer", "district_officer", "province_officer", "department_officer"}


def test_who_acts_for_a_producer_and_ticks_for_it(world):
    """acts_for, may_tick"""
    entity = world.tenants[OWN].entity

    assert who(world, permissions.acts_for, entity) == {"producer"}
    assert who(world, permissions.may_tick, entity) == {"producer"}


def test_who_looks_after_a_place_and_registers_villages_there(world):
    """looks_after, may_register_village"""
    entity = world.tenants[OWN].entity

    assert who(world, permissions.looks_after, entity) == OFFICES
    assert who(world, permissions.may_register_village, entity.area) == OFFICES


def test_the_officers_of_another_place_are_others(world):
    """The control."""
    away = world.tenants[AWAY].entity

    assert who(world, permissions.looks_after, away) == {
        "other_district_officer",
        "province_officer",
        "department_officer",
    }
