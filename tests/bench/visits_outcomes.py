"""Visits to decisions, to what goes beyond the province, and to papers."""

from django.core.files.base import ContentFile

from evaluation import actions
from evaluation.models import Case, Post
from tests.bench.places import Visit
from tests.evaluation.stories import THREE_STARS, concluded, holder
from tests.factories.evaluation import case_before
from tests.ui.test_documents import pdf


def outcome_visits(world):
    """The secretary of the demonstration's district with a decision on three products, one of them released."""
    case = Case.objects.for_page().get(pk=world.concluded.pk)
    council, area = case.council, case.dossier.product.area
    who, clerk = "thuky.huyen", holder(council, Post.SECRETARY)
    waits = [concluded(case_before(council, area=area), **THREE_STARS) for _ in range(3)]
    draft = actions.draft_decision(council, waits, by=clerk)
    released, scanned = (_released(council, area, number, clerk) for number in ("901/QĐ-UBND", "902/QĐ-UBND"))
    actions.keep_scan(scanned, file=ContentFile(pdf(), name="quyet-dinh.pdf"), by=clerk)
    code, own = (draft.code,), (case.code,)
    return {
        "evaluation:drafts": Visit(who),
        "evaluation:draft_new": Visit(who),
        "evaluation:draft": Visit(who, code),
        "evaluation:draft_edit": Visit(who, code),
        "evaluation:annex": Visit(who, code),
        "evaluation:scan": Visit(who, (released.code,)),
        "evaluation:scan_file": Visit(who, (scanned.code,)),
        "evaluation:draft_paper": Visit(who, (*code, "quyet-dinh", "pdf")),
        "evaluation:invitation": Visit(who),
        "evaluation:returning": Visit(who, own),
        "evaluation:proposing": Visit(who, own),
        "evaluation:central_result": Visit(who, own),
        "evaluation:proof": Visit(who, own),
        "evaluation:case_paper": Visit(who, (*own, "bien-ban", "pdf")),
        "evaluation:day_paper": Visit(
            who, (council.code, f"{case.concluded_on:%Y-%m-%d}", "bang-diem", "pdf")
        ),
        "evaluation:sheet_paper": Visit(who, (*own, case.sheets.order_by("seat_id").first().seat_id, "pdf")),
    }


def _released(council, area, number, clerk):
    """A decision on one product, with its day's number."""
    case = concluded(case_before(council, area=area), **THREE_STARS)
    actions.record_decision(case, number=number, day=case.concluded_on, by=clerk)
    return Case.objects.get(pk=case.pk).annex_line.draft
