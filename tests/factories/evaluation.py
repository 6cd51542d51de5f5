"""Councils with their seats, cases and sheets, as the deeds would leave them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from evaluation.models import Case, Council, Opinion, Post, Score, ScoreSheet, Seat
from foundation.regimes.models import Criterion
from products.models import DossierStatus
from tests.factories.accounts import UserFactory
from tests.factories.products import DossierFactory


class CouncilFactory(DjangoModelFactory):
    """A district council with plain rules; say its area."""

    class Meta:
        model = Council

    code = factory.Sequence(lambda n: f"hd-{n}")
    name = factory.Sequence(lambda n: f"Hội đồng Thử Nghiệm {n}")
    level = "district"
    issuer = "Ủy ban nhân dân thị xã Duy Tiên"
    decision_number = "1/QĐ-UBND"
    decided_on = dt.date(2024, 1, 15)
    rules_source = "Quy chế thử nghiệm"
    quorum_percent = 75
    chair_required = True
    spread_limit = 10
    spread_limit_counts = True
    gates_on = "mean"
    knockout_by = "majority"


class SeatFactory(DjangoModelFactory):
    """A member."""

    class Meta:
        model = Seat

    council = factory.SubFactory(CouncilFactory)
    user = factory.SubFactory(UserFactory)
    post = Post.MEMBER


class CaseFactory(DjangoModelFactory):
    """A dossier being scored; say council and the dossier's area."""

    class Meta:
        model = Case

    code = factory.Sequence(lambda n: f"PDG-2024-9{n:03}")
    council = factory.SubFactory(CouncilFactory)
    dossier = factory.SubFactory(
        DossierFactory,
        product__entity__area=factory.SelfAttribute("....council.area"),
        status=DossierStatus.UNDER_EVALUATION,
        submitted_on=dt.date(2024, 9, 1),
    )


class ScoreSheetFactory(DjangoModelFactory):
    """An empty sheet."""

    class Meta:
        model = ScoreSheet

    case = factory.SubFactory(CaseFactory)
    seat = factory.SubFactory(SeatFactory, council=factory.SelfAttribute("..case.council"))


class ScoreFactory(DjangoModelFactory):
    """The best box of the first criterion."""

    class Meta:
        model = Score

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.LazyAttribute(
        lambda o: o.sheet.case.dossier.criteria_set.criteria.order_by("position").first()
    )
    option = factory.LazyAttribute(lambda o: o.criterion.options.order_by("points").last())


class OpinionFactory(DjangoModelFactory):
    """A remark, no strike."""

    class Meta:
        model = Opinion

    sheet = factory.SubFactory(ScoreSheetFactory)
    remark = "Nhất trí với hồ sơ."


def council_of(area, *posts, **facts):
    """A council of the area with a member in each of these posts."""
    council = CouncilFactory(area=area, **facts)
    for post in posts or (Post.CHAIR, Post.MEMBER, Post.SECRETARY):
        SeatFactory(council=council, post=post)
    return council


def case_before(council, *, area, **facts):
    """A case with a sheet for every seat; the producer sits in the area."""
    case = CaseFactory(council=council, dossier__product__entity__area=area, **facts)
    for seat in council.seats.all():
        ScoreSheetFactory(case=case, seat=seat)
    return case


def best(options):
    """The box with most points."""
    return max(options, key=lambda option: option.points)


def fill(sheet, pick=best, **chosen):
    """Answer every criterion by ``pick``; keyword ``c_1_4=3`` takes the box of so many points at criterion 1.4."""
    wanted = {name.removeprefix("c_").replace("_", "."): points for name, points in chosen.items()}
    rows = []
    for criterion in Criterion.objects.of(sheet.case.dossier.criteria_set):
        options = list(criterion.options.all())
        option = next((row for row in options if row.points == wanted.get(criterion.code)), None) or pick(
            options
        )
        rows.append(Score(sheet=sheet, criterion=criterion, option=option))
    Score.objects.bulk_create(rows)
    return sheet


def middling(points):
    """A way to pick that takes the best box of at most so many points."""

    def pick(options):
        low = [option for option in options if option.points <= points]
        return best(low) if low else min(options, key=lambda option: option.points)

    return pick
