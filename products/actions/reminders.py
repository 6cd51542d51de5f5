"""Reminding people of deadlines: once for each deadline and person."""

from django.db import transaction

from foundation import clock
from foundation.working_days import calendar
from products import notices
from products.models import Dossier, DossierStatus, Reminder

AHEAD = 2  # working days before the deadline


@transaction.atomic
def remind():
    """Remind everybody whose dossier is due within two working days or overdue; returns how many were told."""
    near = calendar().after(clock.today(), AHEAD)
    waiting = Dossier.objects.for_list().filter(
        due_on__lte=near,
        status__in=[DossierStatus.AT_COMMUNE, DossierStatus.SUBMITTED, DossierStatus.RETURNED],
    )
    return sum(_remind(dossier) for dossier in waiting)


def _remind(dossier):
    with_producer = dossier.status == DossierStatus.RETURNED
    people = list(dossier.product.entity.people() if with_producer else notices.waits_at(dossier))
    facts = {"dossier": dossier, "due_on": dossier.due_on}
    told = set(Reminder.objects.filter(**facts).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in told]
    Reminder.objects.bulk_create([Reminder(person=person, **facts) for person in new], ignore_conflicts=True)
    notices.deadline_near(dossier, new)
    return len(new)
