"""Who may do what with producers, channels, villages, support. Each predicate is asked by the deed and its button."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from entities.models import Entity, MemberRole, SignUpStatus, VillageStatus, VisitStatus

# Who keeps the records of producers; departments and managers read them.
KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)


def acts_for(user, entity):
    """One of the producer's own people."""
    return entity is not None and Entity.objects.run_by(user).filter(pk=entity.pk).exists()


def looks_after(user, where):
    """An officer whose unit is, or contains, the place of this record or unit today."""
    return any(serves(user, role, where) for role in OFFICERS)


# ---------------------------------------------------------------- producers


def may_enter_producers(user):
    """Officers of communes, districts and the province write producers down."""
    return user.has_role(*KEEPERS)


def may_enter_producer(user, area):
    """The officers of that unit, or of one above it."""
    return any(serves(user, role, area) for role in KEEPERS)


def keeps_producer(user, entity):
    """An officer whose unit is, or contains, the place of the producer today."""
    return may_enter_producer(user, entity)


def may_edit_producer(user, entity):
    """The producer's own people, owners and editors, and the officers of its area; not once it was merged."""
    return not entity.is_merged and (acts_for(user, entity) or keeps_producer(user, entity))


def may_change_status(user, entity):
    """The officers of the producer's area say since when it takes part, pauses or has left."""
    return not entity.is_merged and keeps_producer(user, entity)


def owns(user, entity):
    """One of those who look after the producer's people."""
    return Entity.objects.owned_by(user).filter(pk=entity.pk).exists()


def may_manage_members(user, entity):
    """An owner, as oneself."""
    return not entity.is_merged and user.looked_through_by is None and owns(user, entity)


def may_hand_over(user, entity):
    """An officer of the area, while nobody of the producer's own looks after its record."""
    if entity.is_merged or not keeps_producer(user, entity):
        return False
    return not entity.memberships.filter(role=MemberRole.OWNER).exists()


def may_invite(user, entity, role):
    """Owners invite owners and editors; an officer the first owner, to hand the record over."""
    return may_manage_members(user, entity) or (role == MemberRole.OWNER and may_hand_over(user, entity))


def may_see_members(user, entity):
    """The producer's own people and the officers of its area."""
    return acts_for(user, entity) or keeps_producer(user, entity)


def may_see_producers(user):
    """Officers and managers read the list of their area, producers that of their own."""
    return user.has_role(*OFFICERS, Role.MANAGER, Role.PRODUCER)


def may_judge_signup(user, signup):
    """The officer of the commune, or of a unit above it, while the sign-up waits; nobody for themselves."""
    waits = signup.status == SignUpStatus.WAITING and signup.user_id != user.pk
    return waits and may_enter_producer(user, signup)


def may_find_duplicates(user):
    """Officers who keep producers compare them."""
    return user.has_role(*KEEPERS)


def may_merge(user, entity, into):
    """An officer in whose area both records lie today; neither is history, and they are two."""
    alive = entity.pk != into.pk and not entity.is_merged and not into.is_merged
    return alive and keeps_producer(user, entity) and keeps_producer(user, into)


# ---------------------------------------------------------------- channels, strengthening, villages


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
