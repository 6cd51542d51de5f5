"""People and their charges; what they are told."""

import datetime as dt

import factory
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.factors import encrypt
from accounts.models import (
    GUARDED,
    Assignment,
    FactorReset,
    Invitation,
    Letter,
    LetterKind,
    MailWish,
    Notice,
    NoticeGroup,
    NoticeKind,
    NoticeSetting,
    Role,
    Tries,
    User,
)
from accounts.models.invitations import digest_of, new_token

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


class NoticeFactory(DjangoModelFactory):
    """Somebody was told something about a person's own account record."""

    class Meta:
        model = Notice

    person = factory.SubFactory(UserFactory)
    kind = NoticeKind.IDEA_RETURNED
    subject_type = factory.LazyFunction(lambda: ContentType.objects.get_for_model(User))
    subject_id = factory.Sequence(lambda n: n + 1)
    day = dt.date(2024, 10, 15)
    text = factory.Sequence(lambda n: f"Ý tưởng thử nghiệm {n} được trả lại, cần bổ sung.")
    url = "/ban-lam-viec/"


class NoticeSettingFactory(DjangoModelFactory):
    """No mail about ideas."""

    class Meta:
        model = NoticeSetting

    person = factory.SubFactory(UserFactory)
    group = NoticeGroup.IDEAS
    mail = MailWish.NONE


class LetterFactory(DjangoModelFactory):
    """A letter that waits, to an address outside."""

    class Meta:
        model = Letter

    key = factory.Sequence(lambda n: f"thu-{n}")
    kind = LetterKind.TRAIL_HEAD
    to = factory.Sequence(lambda n: f"nguoi{n}@example.org")
    subject = factory.Sequence(lambda n: f"Thư thử nghiệm {n}")
    body = "Nội dung thử nghiệm.\n"
