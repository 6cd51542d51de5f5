"""Before and after the dossier, for the four producers: screening, opinions, plans, facts, returns, stories."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from tests.factories.planning import (
    BusinessPlanFactory,
    FinanceLineFactory,
    IdeaOpinionFactory,
    PlanMilestoneFactory,
    PlanPartFactory,
    PotentialProductFactory,
)
from tests.factories.products import ProductFactory, RatingFactory
from tests.factories.tracking import (
    CycleStepFactory,
    ProductFactFactory,
    ProductStoryFactory,
    YearlyReturnFactory,
)
from tests.rights.canaries import TENANTS, canary

SPRING = dt.date(2023, 3, 1)
STATES = ("draft", "submitted", "approved")


@dataclass
class Plans:
    """By producer's place: its rows; of potentials and plans by state."""

    potentials: dict = field(default_factory=dict)
    plans: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    milestones: dict = field(default_factory=dict)
    products: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    returns: dict = field(default_factory=dict)
    stories: dict = field(default_factory=dict)
    openable: dict = field(default_factory=dict)


def plans(tenants, province):
    """Everything of this kind."""
    found = Plans()
    for name, tenant in tenants.items():
        found.openable[name] = tenant.openable
        screened(found, name, tenant)
        planned(found, name, tenant)
        tracked(found, name, tenant)
    CycleStepFactory(area=province)
    return found


def screened(found, name, tenant):
    """A proposed and a dropped line of the commune's list; what the commune says of the idea that was sent."""
    word, letter = canary(name, "idea"), TENANTS[name].lower()
    facts = {"entity": tenant.entity, "strengths": word, "gaps": word}
    found.potentials[name] = {
        status: PotentialProductFactory(
            code=f"tn-{letter}-{status}", name=f"Chuối {status} {word}", status=status, **facts
        )
        for status in ("proposed", "dropped")
    }
    IdeaOpinionFactory(idea=tenant.ideas["submitted"], text=word)


def planned(found, name, tenant):
    """A plan that is written, one that was sent, one that is carried out."""
    letter, kinds = TENANTS[name].lower(), {"submitted": {"sent": True}, "approved": {"running": True}}
    found.plans[name], found.lines[name], found.milestones[name] = {}, {}, {}
    for year, state in enumerate(STATES, 2022):
        word = canary(name, "secret" if state == "draft" else "idea")
        plan = BusinessPlanFactory(
            code=f"pa-{letter}-{state}", product=tenant.openable, year=year, **kinds.get(state, {})
        )
        PlanPartFactory(plan=plan, text=word)
        found.plans[name][state] = plan
        found.lines[name][state] = FinanceLineFactory(plan=plan, name=f"Máy {word}")
        found.milestones[name][state] = PlanMilestoneFactory(plan=plan, title=f"Nhãn {word}", note=word)


def tracked(found, name, tenant):
    """A product with stars since the spring of 2023: a fact, a return, a story."""
    word, letter = canary(name, "trade"), TENANTS[name].lower()
    product = ProductFactory(
        code=f"sp-{letter}-cu", entity=tenant.entity, name=f"Lụa cũ {canary(name, 'name')}"
    )
    RatingFactory(product=product, decision__day=SPRING)
    proof = {"evidence": ContentFile(f"%PDF-1.7 {word}".encode(), name="a.pdf")}
    found.products[name] = product
    found.facts[name] = ProductFactFactory(
        code=f"duy-tri-{letter}", product=product, note=word, evidence_type="application/pdf", **proof
    )
    found.returns[name] = YearlyReturnFactory(product=product, unit=word, note=word)
    photo = ContentFile(f"jpeg {word}".encode(), name="a.jpg")
    found.stories[name] = ProductStoryFactory(product=product, text=word, photo=photo)
