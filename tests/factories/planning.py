"""What comes before the dossier: potential products, opinions, business plans."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from products.models import (
    BusinessPlan,
    FinanceLine,
    IdeaOpinion,
    PlanMilestone,
    PlanPart,
    PotentialProduct,
)
from tests.factories.accounts import UserFactory
from tests.factories.entities import EntityFactory
from tests.factories.products import IdeaFactory, ProductFactory

DAY = dt.date(2024, 9, 1)


class PotentialProductFactory(DjangoModelFactory):
    """A product that a commune proposes."""

    class Meta:
        model = PotentialProduct

    code = factory.Sequence(lambda n: f"tn-2024-9{n:03}")
    year = 2024
    name = factory.Sequence(lambda n: f"Chuối sấy thử nghiệm {n}")
    entity = factory.SubFactory(EntityFactory)
    area = factory.SelfAttribute("entity.area")
    strengths = "Nguyên liệu tại chỗ."
    gaps = "Chưa có nhãn."
    recorded_by = factory.SubFactory(UserFactory)


class IdeaOpinionFactory(DjangoModelFactory):
    """The commune agrees."""

    class Meta:
        model = IdeaOpinion

    idea = factory.SubFactory(IdeaFactory)
    agreed = True
    text = "Xã đồng ý."
    given_on = DAY
    by = factory.SubFactory(UserFactory)


class BusinessPlanFactory(DjangoModelFactory):
    """An empty draft."""

    class Meta:
        model = BusinessPlan

    code = factory.Sequence(lambda n: f"pa-2024-9{n:03}")
    product = factory.SubFactory(ProductFactory)
    year = 2024
    created_by = factory.SubFactory(UserFactory)

    class Params:
        sent = factory.Trait(status="submitted", submitted_on=DAY)
        running = factory.Trait(status="approved", submitted_on=DAY, approved_on=DAY)


class PlanPartFactory(DjangoModelFactory):
    """What a plan says of its market."""

    class Meta:
        model = PlanPart

    plan = factory.SubFactory(BusinessPlanFactory)
    section = "market"
    text = "Bán tại chợ huyện."


class FinanceLineFactory(DjangoModelFactory):
    """Two machines."""

    class Meta:
        model = FinanceLine

    plan = factory.SubFactory(BusinessPlanFactory)
    kind = "investment"
    name = "Máy sấy"
    unit = "cái"
    quantity = 2
    price = 15_000_000


class PlanMilestoneFactory(DjangoModelFactory):
    """Labels by the end of November."""

    class Meta:
        model = PlanMilestone

    plan = factory.SubFactory(BusinessPlanFactory)
    title = "In xong nhãn mới"
    due_on = dt.date(2024, 11, 30)


def complete(plan):
    """Everything that a plan needs before it is sent."""
    for section in ("market", "material", "technology", "investment", "cost_price", "environment", "food_safety",
                    "branding"):  # fmt: skip
        PlanPartFactory(plan=plan, section=section)
    for kind in ("investment", "funding", "cost", "revenue"):
        FinanceLineFactory(plan=plan, kind=kind)
    PlanMilestoneFactory(plan=plan)
    return plan
