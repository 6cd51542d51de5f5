"""People and their charges."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Assignment, Invitation, Role, User
from accounts.models.invitations import digest_of, new_token


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


class InvitationFactory(DjangoModelFactory):
    """An invitation that nobody has the link of; ``token`` makes one with a link."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.LazyFunction(lambda: new_token()[0])

    token_sha256 = factory.LazyAttribute(lambda row: digest_of(row.token))
    full_name = factory.Sequence(lambda n: f"Người Được Mời {n}")
    role = Role.PRODUCER
    start = dt.date(2024, 10, 15)
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
