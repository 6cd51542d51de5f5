"""Support of one producer in one place: policies that fit, grants, visits; and planning a visit about an idea."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from entities.forms.visits import PlanForm
from entities.models import AgreedAction, Entity, FieldVisit, SupportGrant, SupportPolicy
from entities.permissions import may_plan_visit, may_record_grant
from entities.views.visits import after_planning
from foundation import clock
from foundation.ui.http import carried_out, form_page, page
from products import actions
from products.models import Idea
from products.models.visits import best_stars_of


def support_of(user, entity):
    """What the section of support shows of a producer: the producer's own page includes it too."""
    today = clock.today()
    stars = best_stars_of(entity, today)
    fitting = SupportPolicy.objects.known_to(user).fitting(entity, stars=stars, day=today)
    return {
        "entity": entity,
        "stars": stars,
        "fitting": fitting.not_used_by(entity),
        "grants": SupportGrant.objects.visible_to(user).filter(entity=entity).for_list(),
        "visits": FieldVisit.objects.visible_to(user).filter(entity=entity).for_list()[:10],
        "actions": AgreedAction.objects.visible_to(user)
        .filter(visit__entity=entity)
        .open_on(today)
        .for_list(),
        "can_plan": may_plan_visit(user, entity),
        "can_grant": may_record_grant(user, entity),
    }


@page
def entity_support(request, code):
    """What a producer gets and could get."""
    entity = get_object_or_404(Entity.objects.visible_to(request.user).for_list(), code=code)
    return render(request, "products/support/entity.html", {"support": support_of(request.user, entity)})


@form_page
def idea_visit_new(request, code):
    """Plan a visit about an idea: its producer is known already."""
    idea = get_object_or_404(Idea.objects.visible_to(request.user).for_list(), code=code)
    if not may_plan_visit(request.user, idea.entity):
        raise Http404
    form = PlanForm(request.POST or None, user=request.user, entity=idea.entity)
    if form.is_valid() and carried_out(
        form, actions.plan_idea_visit, idea, by=request.user, **form.cleaned_data
    ):
        return after_planning(form.outcome)
    return render(request, "products/support/visit.html", {"form": form, "idea": idea})
