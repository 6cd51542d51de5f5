"""Who may do what with channels, strengthening and villages. Each predicate is asked by the deed and by its button."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from entities.models import Entity, VillageStatus


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
