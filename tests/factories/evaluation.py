"""Councils with their seats, cases and sheets, as the deeds would leave them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from evaluation.models import (
    Adviser,
    AgendaItem,
    Answer,
    Attendance,
    Case,
    Council,
    Duty,
    Opinion,
    Post,
    Round,
    Score,
    ScoreSheet,
    Seat,
    Sitting,
    Statement,
)
from foundation import clock
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
    sitting_required = False
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


class StatementFactory(DjangoModelFactory):
    """A judge without a conflict of interest."""

    class Meta:
        model = Statement

    case = factory.SubFactory(CaseFactory)
    seat = factory.SubFactory(SeatFactory, council=factory.SelfAttribute("..case.council"))
    answer = Answer.NONE
    at = factory.LazyFunction(clock.now)
    by = factory.SelfAttribute("seat.user")


class ScoreSheetFactory(DjangoModelFactory):
    """An empty sheet; ``stated=False`` leaves the judge's statement out."""

    class Meta:
        model = ScoreSheet
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory)
    seat = factory.SubFactory(SeatFactory, council=factory.SelfAttribute("..case.council"))

    @factory.post_generation
    def stated(sheet, create, extracted, **facts):
        if create and extracted is not False:
            StatementFactory(case=sheet.case, seat=sheet.seat)


class AdviserFactory(DjangoModelFactory):
    """On the advisory team since January."""

    class Meta:
        model = Adviser

    council = factory.SubFactory(CouncilFactory)
    user = factory.SubFactory(UserFactory)
    duty = Duty.MEMBER
    name = factory.SelfAttribute("user.full_name")
    started_on = dt.date(2024, 1, 20)


class RoundFactory(DjangoModelFactory):
    """October and November 2024."""

    class Meta:
        model = Round

    council = factory.SubFactory(CouncilFactory)
    number = 1
    opens_on = dt.date(2024, 10, 1)
    scoring_until = dt.date(2024, 10, 31)
    closes_on = dt.date(2024, 11, 30)


class SittingFactory(DjangoModelFactory):
    """A sitting today."""

    class Meta:
        model = Sitting

    code = factory.Sequence(lambda n: f"ph-2024-9{n:03}")
    round = factory.SubFactory(RoundFactory)
    day = dt.date(2024, 10, 15)
    begins_at = dt.time(8, 30)
    place = "Hội trường Thử Nghiệm"


class AgendaItemFactory(DjangoModelFactory):
    """First on the agenda."""

    class Meta:
        model = AgendaItem

    sitting = factory.SubFactory(SittingFactory)
    case = factory.SubFactory(CaseFactory, council=factory.SelfAttribute("..sitting.round.council"))
    position = 1


class AttendanceFactory(DjangoModelFactory):
    """A member who is there."""

    class Meta:
        model = Attendance

    sitting = factory.SubFactory(SittingFactory)
    seat = factory.SubFactory(SeatFactory, council=factory.SelfAttribute("..sitting.round.council"))
    present = True


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
