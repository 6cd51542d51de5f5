"""Who may do what with ideas and dossiers. Each predicate is asked by the deed and by its button."""

from accounts.models import Role
from accounts.permissions import serves, serves_above_commune
from entities.models import Entity
from entities.permissions import may_keep_channels


def acts_for(user, entity):
    """One of the producer's own people."""
    return entity is not None and Entity.objects.run_by(user).filter(pk=entity.pk).exists()


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


def may_open_dossier(user, product):
    """A person of the producer whose product it is, for an accepted idea or a product that has or had stars."""
    known = product.idea_id is not None or product.ratings.exists()
    return known and acts_for(user, product.entity)


def may_edit_dossier(user, dossier):
    """A person of the producer, while the dossier is in the producer's hands."""
    return dossier.is_with_producer and acts_for(user, dossier.product.entity)


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


def may_keep_shelf(user, channel):
    """Whoever keeps the producer's channels says which products they carry."""
    return may_keep_channels(user, channel.entity)


def may_record_past_rating(user, product):
    """The district's or the province's officer of the place where the product is today."""
    return serves(user, Role.DISTRICT_OFFICER, product) or serves(user, Role.PROVINCE_OFFICER, product)
