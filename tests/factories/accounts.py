"""People and their charges."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import Assignment, Role, User


class UserFactory(DjangoModelFactory):
    """A person without any role."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Người Thử Nghiệm {n}")
    password = "!"


class AssignmentFactory(DjangoModelFactory):
    """A role in a unit, from the beginning of 2024."""

    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    role = Role.DISTRICT_OFFICER
    start = dt.date(2024, 1, 1)
