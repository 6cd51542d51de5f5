"""Visits to the pages of scoring: drawn evidence, the spread desk, the history of values, paper sheets, advice."""

from accounts.models import User
from evaluation.models import Adviser, AdvisorySheet, Duty
from foundation import clock
from tests.bench.places import MORE_THAN_A_PAGE, Visit
from tests.factories.files import DrawingFactory, DrawnPageFactory


def scoring_visits(world):
    """An opened case for what is opened, a sealed one for the rest."""
    adviser = User.objects.get(username="canbohuyen")
    team = {"user": adviser, "council": world.scoring.council}
    Adviser.objects.create(duty=Duty.MEMBER, name=adviser.full_name, started_on=clock.today(), **team)
    AdvisorySheet.objects.lay_before(world.scoring, [adviser])
    seat = world.scoring.council.seats.get(user__username="chutich.huyen")
    opened, sealed = (world.opened.code,), (world.scoring.code,)
    drawing = DrawingFactory(sha256=world.case_evidence.sha256, total=MORE_THAN_A_PAGE)
    first = DrawnPageFactory.create_batch(MORE_THAN_A_PAGE, drawing=drawing)[0]
    return {
        "evaluation:evidence_page": Visit("uyvien.huyen", (*sealed, world.case_evidence.code, first.number)),
        "evaluation:my_sheets": Visit("uyvien.huyen"),
        "evaluation:spread_desk": Visit("chutich.huyen", opened),
        "evaluation:history": Visit("chutich.huyen", opened),
        "evaluation:paper_sheets": Visit("thuky.huyen", sealed),
        "evaluation:paper_entry": Visit("thuky.huyen", (*sealed, seat.pk)),
        "evaluation:advice": Visit("canbohuyen", sealed),
    }
