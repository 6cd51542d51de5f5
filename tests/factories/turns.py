"""Proposals to score again, and sheets of advisers."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from evaluation.models import AdvisoryScore, AdvisorySheet, Post, Reopening
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import CaseFactory


class ReopeningFactory(DjangoModelFactory):
    """The chair asks for another turn; name the sheets afterwards."""

    class Meta:
        model = Reopening

    case = factory.SubFactory(CaseFactory)
    turn = 1
    reason = "Trao đổi tiêu chí 1.4."
    due_on = dt.date(2024, 10, 16)
    proposed_by = factory.SubFactory(UserFactory)
    proposed_as = Post.CHAIR


class AdvisorySheetFactory(DjangoModelFactory):
    """An empty sheet."""

    class Meta:
        model = AdvisorySheet

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)


class AdvisoryScoreFactory(DjangoModelFactory):
    """No level reached at the first criterion of the set."""

    class Meta:
        model = AdvisoryScore

    sheet = factory.SubFactory(AdvisorySheetFactory)
    criterion = factory.LazyAttribute(lambda row: row.sheet.case.dossier.criteria_set.criteria.first())
