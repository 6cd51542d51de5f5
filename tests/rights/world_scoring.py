"""A proposal to score again that waits, advice on the case that is sealed, and a drawn page of its evidence."""

from django.core.files.base import ContentFile

from evaluation import actions
from evaluation.models import AdvisorySheet, Post
from foundation import clock
from foundation.regimes.models import Criterion
from tests.evaluation.stories import holder
from tests.factories.evaluation import AdviserFactory
from tests.factories.files import DrawnPageFactory
from tests.factories.turns import AdvisoryScoreFactory
from tests.rights.canaries import canary


def asked_again(tenant, adviser):
    """The chair has asked for another turn in the case of that name; the adviser has a sheet on the sealed one."""
    case = tenant.cases["asked"]
    actions.propose_turn(
        case,
        list(case.sheets.handed_in()),
        reason=canary(tenant.name, "case"),
        due_on=clock.today(),
        by=holder(case.council, Post.CHAIR),
    )
    if not case.council.advisers.filter(user=adviser).exists():
        AdviserFactory(council=case.council, user=adviser)
    AdvisorySheet.objects.lay_before(tenant.cases["sealed"], [adviser])
    sheet = AdvisorySheet.objects.get(case=tenant.cases["sealed"], user=adviser)
    criterion = Criterion.objects.get(criteria_set=sheet.case.dossier.criteria_set, code="1.4")
    best = criterion.options.order_by("-points").first()
    AdvisoryScoreFactory(sheet=sheet, criterion=criterion, option=best, note=canary(tenant.name, "advised"))


def drawn(tenant):
    """The first page of the evidence of the sealed case, as an image that holds the dossier's word."""
    content = f"jpeg {canary(tenant.name, 'dossier')}".encode()
    DrawnPageFactory(
        drawing__sha256=tenant.evidence["sealed"].sha256,
        number=1,
        file=ContentFile(content, name="trang.jpg"),
    )
