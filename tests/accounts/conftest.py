"""People with several roles, and invitations."""

import datetime as dt

import pytest

from accounts.models import Role
from tests.conftest import person
from tests.factories.accounts import AssignmentFactory

DAY = dt.date(2024, 10, 15)


@pytest.fixture
def administrator(people):
    return people["administrator"]


@pytest.fixture
def two_roles(commune, other_commune):
    """An officer of two communes in two districts."""
    user = person(Role.COMMUNE_OFFICER, commune)
    AssignmentFactory(user=user, role=Role.COMMUNE_OFFICER, area=other_commune)
    return user
