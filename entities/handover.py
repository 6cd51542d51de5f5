"""What a leaving officer's visits are to the office: planned ones and open actions pass to the colleague."""

from accounts.handover import Piece
from entities.models import AgreedAction, FieldVisit
from foundation.trail.moves import write


def pieces(person):
    """Visits still to be held, and open actions that this person does or looks after."""
    for visit in FieldVisit.objects.planned_by(person).for_list():
        yield Piece("Chuyến hỗ trợ", str(visit), visit.get_absolute_url())
    for action in AgreedAction.objects.kept_by(person).for_list():
        yield Piece("Việc đã thống nhất", action.what, action.get_absolute_url())


def pass_on(person, to, *, by):
    """The colleague holds those visits and does that work from now on; visits held stay as they were."""
    said = f"{person.username} → {to.username}"
    for visit in FieldVisit.objects.planned_by(person).select_for_update(of=("self",)):
        visit.officer = to
        visit.save(update_fields=["officer"])
        write(visit, "Bàn giao chuyến hỗ trợ", by=by, note=said)
    for action in (
        AgreedAction.objects.kept_by(person).select_for_update(of=("self",)).select_related("visit")
    ):
        action.owner = to if action.owner_id == person.pk else action.owner
        action.keeper = to if action.keeper_id == person.pk else action.keeper
        action.save(update_fields=["owner", "keeper"])
        write(action.visit, "Bàn giao việc", by=by, note=f"{action.what}: {said}")
