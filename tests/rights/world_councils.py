"""What councils have besides seats: a decision, an advisory team, a round with a sitting and its agenda."""

from django.core.files.base import ContentFile

from evaluation.models import Post
from tests.factories.evaluation import (
    AdviserFactory,
    AgendaItemFactory,
    AttendanceFactory,
    RoundFactory,
    SittingFactory,
)
from tests.ui.test_documents import pdf


def council_life(councils, tenants):
    """Every council has them; the sealed cases of its producers are on the agenda."""
    for council in councils.values():
        council.scan_type = "application/pdf"
        council.scan.save("quyet-dinh.pdf", ContentFile(pdf()))
        AdviserFactory(council=council)
        sitting = SittingFactory(round=RoundFactory(council=council))
        for seat in council.seats.all():
            AttendanceFactory(sitting=sitting, seat=seat, present=seat.post != Post.MEMBER)
        cases = [t.cases["sealed"] for t in tenants.values() if t.cases["sealed"].council_id == council.pk]
        for position, case in enumerate(cases, 1):
            AgendaItemFactory(sitting=sitting, case=case, position=position)
