"""Decisions in the making and proposals to the centre."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from evaluation.models import AnnexLine, CentralProposal, DecisionDraft
from tests.factories.evaluation import CaseFactory, CouncilFactory


class DecisionDraftFactory(DjangoModelFactory):
    """An empty draft, numbered; say its council's area."""

    class Meta:
        model = DecisionDraft

    code = factory.Sequence(lambda n: f"qd-2024-9{n:03}")
    council = factory.SubFactory(CouncilFactory)
    number = factory.Sequence(lambda n: f"{500 + n}/QĐ-UBND")
    day = dt.date(2024, 10, 15)
    place = "Duy Tiên"
    signer_authority = "TM. Ủy ban nhân dân"
    signer_role = "Chủ tịch"
    recipients = "Như Điều 3;\nLưu: VT."


class AnnexLineFactory(DjangoModelFactory):
    """The first line."""

    class Meta:
        model = AnnexLine

    draft = factory.SubFactory(DecisionDraftFactory)
    case = factory.SubFactory(CaseFactory, council=factory.SelfAttribute("..draft.council"))
    position = 1


class CentralProposalFactory(DjangoModelFactory):
    """Five stars are asked for."""

    class Meta:
        model = CentralProposal

    case = factory.SubFactory(CaseFactory)
    number = "215/UBND-NN"
    day = dt.date(2024, 10, 15)
    stars_proposed = 5
