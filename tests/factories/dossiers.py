"""What happens to a dossier that was handed in: submissions, rounds of correction, receipts, the commune's form."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from products.freezing import digest
from products.models import (
    CommuneAssessment,
    CorrectionItem,
    CorrectionRound,
    Receipt,
    Reminder,
    Submission,
)
from tests.factories.accounts import UserFactory
from tests.factories.products import DossierFactory

DAY = dt.date(2024, 10, 15)


class SubmissionFactory(DjangoModelFactory):
    """A first handing-in with nothing in it; its hash is its content's."""

    class Meta:
        model = Submission

    dossier = factory.SubFactory(DossierFactory)
    number = 1
    content = "{}"
    sha256 = factory.LazyAttribute(lambda row: digest(row.content))
    at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(UserFactory)


class CorrectionRoundFactory(DjangoModelFactory):
    """A first round that is open for ten days."""

    class Meta:
        model = CorrectionRound

    dossier = factory.SubFactory(DossierFactory)
    number = 1
    returned_from = "submitted"
    opened_on = DAY
    opened_by = factory.SubFactory(UserFactory)
    due_on = DAY + dt.timedelta(days=10)


class CorrectionItemFactory(DjangoModelFactory):
    """The capacity was not clear."""

    class Meta:
        model = CorrectionItem

    round = factory.SubFactory(CorrectionRoundFactory)
    kind = "fact"
    key = "capacity"
    label = "năng lực sản xuất"
    why = "Chưa rõ."


class ReceiptFactory(DjangoModelFactory):
    """The district has the paper copy; say the dossier."""

    class Meta:
        model = Receipt

    dossier = factory.SubFactory(DossierFactory)
    level = "district"
    number = factory.Sequence(lambda n: n + 1)
    received_on = DAY
    received_by = factory.SubFactory(UserFactory)


class CommuneAssessmentFactory(DjangoModelFactory):
    """The commune's form for a submission."""

    class Meta:
        model = CommuneAssessment

    submission = factory.SubFactory(SubmissionFactory)
    dossier = factory.SelfAttribute("submission.dossier")
    findings = factory.LazyFunction(dict)
    proposal = "Đề nghị đánh giá."
    on = DAY
    by = factory.SubFactory(UserFactory)


class ReminderFactory(DjangoModelFactory):
    """A person was reminded of a deadline."""

    class Meta:
        model = Reminder

    dossier = factory.SubFactory(DossierFactory)
    person = factory.SubFactory(UserFactory)
    due_on = DAY
