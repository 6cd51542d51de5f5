"""Roles hold for a unit and a time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from accounts.permissions import leads, require, serves
from tests.factories.accounts import AssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "until", "held"),
    [
        (dt.date(2024, 1, 1), None, True),
        (dt.date(2024, 10, 15), dt.date(2024, 10, 15), True),
        (dt.date(2024, 1, 1), dt.date(2024, 10, 14), False),
        (dt.date(2024, 10, 16), None, False),
    ],
)
def test_a_role_is_held_from_its_first_to_its_last_day(commune, start, until, held):
    user = AssignmentFactory(area=commune.parent, start=start, until=until).user

    assert user.has_role(Role.DISTRICT_OFFICER) is held
    assert serves(user, Role.DISTRICT_OFFICER, commune) is held


def test_a_district_officer_serves_the_communes_of_the_district_and_no_others(commune, other_commune):
    user = AssignmentFactory(area=commune.parent).user

    assert serves(user, Role.DISTRICT_OFFICER, commune)
    assert not serves(user, Role.DISTRICT_OFFICER, other_commune)
    assert not serves(user, Role.DISTRICT_OFFICER, commune.parent.parent)
    assert not serves(user, Role.DISTRICT_OFFICER, None)


def test_areas_as_names_the_units_of_a_role(commune):
    user = AssignmentFactory(area=commune).user

    assert user.areas_as(Role.DISTRICT_OFFICER) == [commune.pk]
    assert user.areas_as(Role.MANAGER) == []
    assert user.areas_as() == [commune.pk]


def test_people_serving_a_unit_are_found(commune):
    user = AssignmentFactory(area=commune).user
    AssignmentFactory(area=commune.parent)

    assert list(User.objects.serving(commune, Role.DISTRICT_OFFICER)) == [user]


def test_the_acting_role_is_named_with_its_unit(commune):
    assert AssignmentFactory(area=commune.parent).user.acting_role_label == "Cán bộ huyện – Thị xã Duy Tiên"
    assert AssignmentFactory(area=None, role=Role.PRODUCER).user.acting_role_label == "Chủ thể"
    assert UserFactory().acting_role_label == ""


def test_who_leads(commune, province):
    assert leads(AssignmentFactory(role=Role.MANAGER, area=province).user)
    assert not leads(AssignmentFactory(area=commune.parent).user)


def test_require_stops_with_a_sentence():
    require(True)
    with pytest.raises(PermissionDenied, match="không có quyền"):
        require(False)


def test_an_officer_without_an_area_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(area=None)


def test_a_role_that_ends_before_it_begins_is_refused_by_the_database(commune):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(area=commune, start=dt.date(2024, 5, 1), until=dt.date(2024, 4, 1))
