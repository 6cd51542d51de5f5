"""People and their charges."""

import datetime as dt

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.factors import encrypt
from accounts.models import GUARDED, Assignment, FactorReset, Role, Tries, User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of every one-time code in tests


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
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    role = Role.DISTRICT_OFFICER
    start = dt.date(2024, 1, 1)

    @factory.post_generation
    def factor(self, create, extracted, **more):
        """Whoever needs a second factor has one, as in life; ``factor=False``: not yet."""
        if create and extracted is not False and self.role in GUARDED:
            with_app(self.user)


def with_app(user, secret=SECRET):
    """The person has an authenticator app. Written past the hooks: nobody did it, so the trail says nothing."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        data = {"secret": encrypt(secret)}
        Authenticator.objects.bulk_create([Authenticator(user=user, type=Authenticator.Type.TOTP, data=data)])
    return user


class TriesFactory(DjangoModelFactory):
    """Something tried once, just now."""

    class Meta:
        model = Tries

    key = factory.Sequence(lambda n: f"account:{n}")
    since = factory.LazyFunction(timezone.now)
    count = 1


class FactorResetFactory(DjangoModelFactory):
    """An administrator asks for somebody."""

    class Meta:
        model = FactorReset

    person = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(UserFactory)
    reason = "Gặp trực tiếp tại trụ sở."
