"""Who may do what with channels, strengthening and villages. Each predicate is asked by the deed and by its button."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from entities.models import Entity, VillageStatus, VisitStatus


def acts_for(user, entity):
    """One of the producer's own people."""
    return Entity.objects.run_by(user).filter(pk=entity.pk).exists()


def looks_after(user, where):
    """An officer whose unit is, or contains, the place of this record or unit today."""
    return any(serves(user, role, where) for role in OFFICERS)


def may_keep_channels(user, entity):
    """The producer's own people, and the officers of its area."""
    return acts_for(user, entity) or looks_after(user, entity)


def may_record_strengthening(user, entity):
    """The officers of the producer's area: the plan counts what they write down."""
    return looks_after(user, entity)


def may_see_channel_lists(user):
    """Officers and managers read the lists of their area, producers those of their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_keep_villages(user):
    """Officers of communes, districts and the province write villages down."""
    return user.has_role(*OFFICERS)


def may_register_village(user, area):
    """The officers of that unit, or of one above it."""
    return looks_after(user, area)


def may_edit_village(user, village):
    """The officers of the village's area."""
    return looks_after(user, village)


def may_recognise_village(user, village):
    """The province's officer, a village that is not recognised now."""
    return village.status != VillageStatus.RECOGNISED and serves(user, Role.PROVINCE_OFFICER, village)


def may_withdraw_village(user, village):
    """The province's officer, a village that is recognised."""
    return village.status == VillageStatus.RECOGNISED and serves(user, Role.PROVINCE_OFFICER, village)


# ---------------------------------------------------------------- visits


def may_plan_visits(user):
    """Officers go and see producers."""
    return user.has_role(*OFFICERS)


def may_plan_visit(user, entity):
    """An officer of the area, for a producer in it."""
    return looks_after(user, entity)


def may_hold_visit(user, visit):
    """Its officer, while it is planned and the producer is still in the officer's area."""
    return visit.status == VisitStatus.PLANNED and may_add_to_visit(user, visit)


def may_add_to_visit(user, visit):
    """Its officer adds photos and agreed actions, before and after, unless it was cancelled."""
    own = visit.officer_id == user.pk and visit.status != VisitStatus.CANCELLED
    return own and looks_after(user, visit.entity)


def may_finish_action(user, action, *, acts=None):
    """Who does it, or who looks after it, while it is open; the producer's people for what the producer does.

    ``acts`` says whether the person acts for the producer, where the caller has asked already.
    """
    if action.done_on is not None:
        return False
    if user.pk in {action.owner_id, action.keeper_id} and looks_after(user, action.visit.entity):
        return True
    if action.owner_id is not None:
        return False
    return acts_for(user, action.visit.entity) if acts is None else acts


# ---------------------------------------------------------------- policies and grants


def may_edit_policies(user):
    """The province's officers, its departments and administrators keep the catalogue."""
    return user.has_role(Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)


def may_record_grants(user):
    """Officers write down what producers received."""
    return user.has_role(*OFFICERS)


def may_record_grant(user, entity):
    """An officer of the area, for a producer in it."""
    return looks_after(user, entity)


# ---------------------------------------------------------------- guidance


def may_write_guides(user):
    """The province's officers, its departments and administrators."""
    return user.has_role(Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)


def may_tick(user, entity):
    """A producer's own people tick for the producer."""
    return acts_for(user, entity)
