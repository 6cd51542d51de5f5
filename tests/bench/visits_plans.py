"""Visits to the pages before and after the dossier: screening, plans, the cycle, facts, returns, stories."""

import datetime as dt

from django.core.files.base import ContentFile

from entities.models import Entity
from foundation.areas.models import Area
from products.models import BusinessPlan, Idea, Product
from tests.bench.places import MORE_THAN_A_PAGE, SENT, Visit
from tests.factories.planning import (
    BusinessPlanFactory,
    FinanceLineFactory,
    PlanMilestoneFactory,
    PotentialProductFactory,
    complete,
)
from tests.factories.products import ProductFactory, RatingFactory
from tests.factories.tracking import ProductFactFactory, ProductStoryFactory, YearlyReturnFactory

SPRING = dt.date(2023, 3, 1)


def plan_visits(world):
    """More than a page of each list, around one producer."""
    who, office, own = "canbohuyen", "canbotinh", "chuthe.tracvan"
    maker = Entity.objects.get(code="td-trac-van")
    line = PotentialProductFactory.create_batch(MORE_THAN_A_PAGE, entity=maker, criteria_set=None)[0]
    products = [ProductFactory(entity=maker) for _ in range(MORE_THAN_A_PAGE)]
    plans = [BusinessPlanFactory(product=product, sent=True) for product in products]
    draft = complete(BusinessPlanFactory(product=products[0], year=2023))
    FinanceLineFactory.create_batch(4, plan=draft)
    running = BusinessPlan.objects.get(product__entity=maker, status="approved")
    milestone = PlanMilestoneFactory(plan=running)
    rated = RatingFactory(product__entity=maker, decision__day=SPRING).product
    for product in products:
        RatingFactory(product=product, decision__day=SPRING)
    YearlyReturnFactory(product=rated)
    proof = {"evidence": ContentFile(b"%PDF-1.7 thu", name="a.pdf"), "evidence_type": "application/pdf"}
    days = [SENT - dt.timedelta(number) for number in range(MORE_THAN_A_PAGE)]
    fact, *_ = [ProductFactFactory(product=rated, day=day, **proof) for day in days]
    ProductStoryFactory(product=rated, photo=ContentFile(b"jpeg", name="a.jpg"))
    district = Area.objects.districts().current().get(code="349")
    idea = Idea.objects.filter(status="submitted", entity__code="td-duy-hai").get()
    one, code, page = (rated.code,), (draft.code,), (plans[0].code,)
    assert Product.objects.due_return(2023).exists()
    return {
        "products:potentials": Visit(who),
        "products:potential": Visit(who, (line.code,)),
        "products:potential_new": Visit("canboxa"),
        "products:potential_edit": Visit(who, (line.code,)),
        "products:potential_drop": Visit(who, (line.code,)),
        "products:set_finder": Visit(own, query={"q": "lụa", "hoi": "thu-cong"}),
        "products:idea_rejection": Visit(who, (idea.code,)),
        "products:idea_opinion": Visit("canboxa", (world.idea.code,)),
        "products:plans": Visit(who),
        "products:plan": Visit(own, code),
        "products:plan_section": Visit(own, (*code, "market")),
        "products:plan_finance": Visit(own, code),
        "products:plan_line": Visit(own, (*code, draft.lines.first().code)),
        "products:plan_milestone_new": Visit(own, code),
        "products:plan_milestone": Visit(own, (running.code, milestone.code)),
        "products:plan_return": Visit(who, page),
        "products:plan_stop": Visit(own, code),
        "products:plan_print": Visit(own, code),
        "products:calendar": Visit(who),
        "products:calendar_edit": Visit(who, (2024, district.pk)),
        "products:product_book": Visit(who, one),
        "products:product_facts": Visit(who),
        "products:product_fact": Visit(who, (fact.code,)),
        "products:product_fact_new": Visit(who, one),
        "products:product_fact_edit": Visit(who, (fact.code,)),
        "products:product_fact_strike": Visit(who, (fact.code,)),
        "products:product_fact_evidence": Visit(who, (fact.code,)),
        "products:returns": Visit(office),
        "products:yearly_return": Visit(own, (2023, rated.code)),
        "products:stories": Visit(who, one),
        "products:story_new": Visit(who, one),
        "products:story_photo": Visit(who, (*one, 1)),
    }
