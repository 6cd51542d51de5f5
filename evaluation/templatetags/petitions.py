"""What the page of a dossier says of petitions: until when, the way in, and what became of one."""

from django import template

from evaluation import permissions
from evaluation.models import Petition
from evaluation.models.petitions import last_day, result_of
from foundation import clock

register = template.Library()


@register.inclusion_tag("evaluation/petitions/_offer.html")
def petition_offer(dossier, user):
    """The panel of a dossier: its producer is offered a petition in time; who may read one finds it."""
    case = result_of(dossier) if dossier.submitted_on else None
    if case is None:
        return {}
    if held := getattr(case, "petition", None):
        return {"petition": Petition.objects.visible_to(user).filter(pk=held.pk).first()}
    if not permissions.is_of_the_producer(user, case):
        return {}
    until = last_day(case)
    return {"dossier": dossier, "until": until, "is_open": bool(until) and clock.today() <= until}
