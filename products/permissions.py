"""Who may do what with ideas and dossiers. Each predicate is asked by the deed and by its button."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves, serves_above_commune
from entities.models import Entity
from entities.permissions import looks_after, may_keep_channels
from foundation.areas.models import AreaKind
from products import openings, rules


def acts_for(user, entity):
    """One of the producer's own people."""
    return entity is not None and Entity.objects.run_by(user).filter(pk=entity.pk).exists()


def may_see_screening(user):
    """Officers and managers read the screening lists of their area, producers what is said of their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_begin_screening(user):
    """Officers of communes, districts and the province write potential products down."""
    return user.has_role(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)


def may_screen(user, where):
    """The officer of that commune, or of the office above it."""
    return serves(user, Role.COMMUNE_OFFICER, where) or serves_above_commune(user, where)


def may_revise_potential(user, potential):
    """The same, while it is only proposed."""
    return potential.status == potential.Status.PROPOSED and may_screen(user, potential)


def may_drop_potential(user, potential):
    """The office above the commune, while it is only proposed."""
    return potential.status == potential.Status.PROPOSED and serves_above_commune(user, potential)


def may_propose_again(user, potential):
    """The office that dropped it."""
    return potential.status == potential.Status.DROPPED and serves_above_commune(user, potential)


def may_grow_idea(user, potential):
    """The producer's own people and the officers who screen there, while it is only proposed."""
    concerned = may_screen(user, potential) or acts_for(user, potential.entity)
    return potential.status == potential.Status.PROPOSED and may_begin_idea(user) and concerned


def may_begin_idea(user):
    """Producers, and officers of communes and districts, register ideas."""
    return user.has_role(Role.PRODUCER, Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)


def may_register_idea(user, entity, area):
    """One of the producer's own people, or the officer of that commune or its district on the producer's behalf."""
    home = entity.place_today.unit
    if not (home.contains(area) or area.contains(home)):
        return False
    return (
        acts_for(user, entity)
        or serves(user, Role.COMMUNE_OFFICER, area)
        or serves(user, Role.DISTRICT_OFFICER, area)
    )


def may_edit_idea(user, idea):
    """The producer's person or whoever keeps it for them, while the idea is in their hands."""
    return idea.is_with_author and (idea.keeper_id == user.pk or acts_for(user, idea.entity))


def may_judge_idea(user, idea):
    """The officer above the commune where the idea is today, while it waits to be judged."""
    return idea.status == idea.Status.SUBMITTED and serves_above_commune(user, idea)


def may_give_opinion(user, idea):
    """The officer of the commune where the idea is today, while it waits to be judged."""
    return idea.status == idea.Status.SUBMITTED and serves(user, Role.COMMUNE_OFFICER, idea)


def may_see_plans(user):
    """Officers and managers read the plans of their area, producers their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_open_plan(user, product):
    """A person of the producer whose product it is."""
    return acts_for(user, product.entity)


def may_write_plan(user, plan):
    """A person of the producer, while the plan is in the producer's hands."""
    return plan.is_with_producer and acts_for(user, plan.product.entity)


def may_check_plan(user, plan):
    """The officer above the commune where the product is today, while the plan waits."""
    return plan.status == plan.Status.SUBMITTED and serves_above_commune(user, plan.product)


def may_track(user, plan):
    """A person of the producer, or an officer of its place, while the plan is carried out."""
    concerned = acts_for(user, plan.product.entity) or may_screen(user, plan.product)
    return plan.is_carried_out and concerned


def may_plan_milestones(user, plan):
    """While it is written, and while it is carried out, a person of the producer."""
    return (plan.is_with_producer or plan.is_carried_out) and acts_for(user, plan.product.entity)


def may_stop_plan(user, plan):
    """A person of the producer, unless the office looks at it or it is over."""
    return may_plan_milestones(user, plan)


def may_open_dossier(user, product):
    """A person of the producer whose product it is, for an accepted idea or a product that has or had stars."""
    known = product.idea_id is not None or product.ratings.exists()
    return known and acts_for(user, product.entity)


def may_edit_dossier(user, dossier):
    """A person of the producer, while the dossier is in the producer's hands."""
    return dossier.is_with_producer and acts_for(user, dossier.product.entity)


def may_edit_evidence(user, evidence):
    """Whoever may edit the dossier, while its kind of paper is open."""
    dossier = evidence.dossier
    return may_edit_dossier(user, dossier) and dossier.openings.has(openings.EVIDENCE, evidence.kind)


def may_submit_dossier(user, dossier):
    """Whoever may edit it hands it in."""
    return may_edit_dossier(user, dossier)


def may_check_dossier(user, dossier):
    """The office where the dossier waits: the commune that assesses it, or the one above the commune."""
    if dossier.status == dossier.Status.AT_COMMUNE:
        return may_assess(user, dossier)
    return may_accept(user, dossier)


def may_assess(user, dossier):
    """The commune's officer where the product is today, while the dossier is with the commune."""
    at_commune = dossier.status == dossier.Status.AT_COMMUNE
    return at_commune and serves(user, Role.COMMUNE_OFFICER, dossier.product)


def may_accept(user, dossier):
    """The officer above the commune where the product is today, while the dossier waits for the check."""
    return dossier.status == dossier.Status.SUBMITTED and serves_above_commune(user, dossier.product)


def may_extend(user, dossier):
    """The office that returned the dossier gives more time: whoever serves there today."""
    if dossier.status != dossier.Status.RETURNED:
        return False
    current = dossier.rounds.open().first()
    if current is None:
        return False
    if current.returned_from == dossier.Status.AT_COMMUNE:
        return serves(user, Role.COMMUNE_OFFICER, dossier.product)
    return serves_above_commune(user, dossier.product)


def may_ask_late(user, dossier):
    """A person of the producer, while the dossier was never handed in."""
    return dossier.status == dossier.Status.DRAFT and acts_for(user, dossier.product.entity)


def may_accept_late(user, dossier):
    """The officer of the office that would receive the draft: the commune's where the regime files there."""
    if dossier.status != dossier.Status.DRAFT:
        return False
    if rules.goes_to_commune(dossier.regime):
        return serves(user, Role.COMMUNE_OFFICER, dossier.product)
    return serves_above_commune(user, dossier.product)


def may_keep_shelf(user, channel):
    """Whoever keeps the producer's channels says which products they carry."""
    return may_keep_channels(user, channel.entity)


def may_record_past_rating(user, product):
    """The district's or the province's officer of the place where the product is today."""
    return serves(user, Role.DISTRICT_OFFICER, product) or serves(user, Role.PROVINCE_OFFICER, product)


# ---------------------------------------------------------------- the cycle, and rated products over time


def may_set_calendar(user, area):
    """The officers of that district or province, and the province's for its districts."""
    if area.kind not in {AreaKind.DISTRICT, AreaKind.PROVINCE}:
        return False
    return serves(user, Role.DISTRICT_OFFICER, area) or serves(user, Role.PROVINCE_OFFICER, area)


def may_see_tracking(user):
    """Officers and managers read what is known of the products of their area, producers of their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_record_fact(user, product):
    """The officers of the product's area: the plan counts what they write down."""
    return looks_after(user, product)


def may_file_return(user, product):
    """The producer's own people, or the officer of its commune or of the office above on their behalf."""
    return acts_for(user, product.entity) or may_screen(user, product)


def may_tell_story(user, product):
    """The producer's own people, and the officers of its area."""
    return acts_for(user, product.entity) or looks_after(user, product)


# ---------------------------------------------------------------- stars after the decision


def may_tend(user, rating):
    """The office that keeps the papers of these stars: the district's for its own decisions, else the province's."""
    if rating.decision.level == AreaKind.DISTRICT:
        return serves_above_commune(user, rating.product)
    return serves(user, Role.PROVINCE_OFFICER, rating.product)


def may_see_renewals(user):
    """Officers and managers read the terms of their area, producers their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_inspect(user, product):
    """The officers of the product's area."""
    return looks_after(user, product)
