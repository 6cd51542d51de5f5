"""What a leaving person's ideas are to the office: those in their hands pass to the colleague."""

from accounts.handover import Piece
from foundation.trail.moves import write
from products.models import Idea


def pieces(person):
    """Ideas that this person keeps for producers and that are not sent yet."""
    for idea in Idea.objects.kept_by(person).in_hand():
        yield Piece("Ý tưởng", idea.name, idea.get_absolute_url())


def pass_on(person, to, *, by):
    """The colleague keeps those ideas from now on; who wrote them stays as it was."""
    for idea in Idea.objects.kept_by(person).in_hand().select_for_update(of=("self",)):
        idea.keeper = to
        idea.save(update_fields=["keeper"])
        write(idea, "Bàn giao ý tưởng", by=by, note=f"{person.username} → {to.username}")
