"""Visits to councils, sittings, statements and assignment."""

from evaluation.models import Council
from tests.bench.places import Visit
from tests.rights.world_councils import council_life


def council_visits(world):
    """The district council of the demonstration, by its officer and its secretary."""
    council = Council.objects.get(code="hd-349-2024")
    council_life({"own": council}, {})
    seat, sitting = council.seats.order_by("pk").first(), council.rounds.get().sittings.get()
    office, clerk = "canbohuyen", "thuky.huyen"
    one, held = (council.code,), (sitting.code,)
    return {
        "evaluation:councils": Visit(office),
        "evaluation:council_new": Visit(office),
        "evaluation:council": Visit(office, one),
        "evaluation:council_scan": Visit(office, one),
        "evaluation:council_rules": Visit(office, one),
        "evaluation:council_end": Visit(office, one),
        "evaluation:seat_new": Visit(office, one),
        "evaluation:seat_end": Visit(office, (*one, seat.pk)),
        "evaluation:adviser_new": Visit(office, one),
        "evaluation:round_new": Visit(clerk, one),
        "evaluation:round_edit": Visit(clerk, (*one, 1)),
        "evaluation:sitting_new": Visit(clerk, (*one, 1)),
        "evaluation:assignment": Visit(clerk, one),
        "evaluation:sitting": Visit(clerk, held),
        "evaluation:agenda": Visit(clerk, held),
        "evaluation:attendance": Visit(clerk, held),
        "evaluation:sitting_cancel": Visit(clerk, held),
        "evaluation:statement": Visit("uyvien.huyen", (world.scoring.code,)),
        "evaluation:recusal": Visit("chutich.huyen", (world.scoring.code,)),
    }
