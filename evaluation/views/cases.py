"""The list of cases, one case with its dossier, and what may be laid before a council."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from evaluation import actions, cards, permissions
from evaluation.acts import acts, waits_for
from evaluation.filters import CaseFilter, SheetFilter
from evaluation.models import AdvisorySheet, Case, CaseStatus, Council, ScoreSheet
from evaluation.models.councils import SECRETARIES
from evaluation.sittings import recusals_of, sitting_of
from foundation.trail.models import Entry
from foundation.ui.http import deed, page, perform
from foundation.ui.lists import render_list
from products.freezing import as_handed_in
from products.intake import assessments
from products.papers_drawn import serve_paper_page, with_pages
from products.papers_served import serve_frozen

UNSTATED = "Minh chứng mở sau khi bạn khai báo không có xung đột lợi ích với hồ sơ này."


def _case(request, code):
    return get_object_or_404(Case.objects.visible_to(request.user).for_page(), code=code)


SHOWN = 10  # of what waits, above the list; all of one's sheets have a list of their own


@page
def my_sheets(request):
    """A member's own sheets: how far each has come, and until when it is waited for."""
    rows = ScoreSheet.objects.of(request.user).for_lines()
    return render_list(request, "evaluation/my_sheets", rows, SheetFilter)


@page
def cases(request):
    """The cases that this person may see; first what waits for this person."""
    user = request.user
    context = {
        "sheets": ScoreSheet.objects.waiting_for(user)[:SHOWN],
        "advice": AdvisorySheet.objects.waiting_for(user)[:SHOWN],
        "waiting": Case.objects.waiting_for(user).for_list()[:SHOWN],
        "runs_a_council": Council.objects.run_by(user).at_work().exists(),
    }
    rows = Case.objects.visible_to(user).for_list().with_progress()
    return render_list(request, "evaluation/cases", rows, CaseFilter, context=context)


@page
def case(request, code):
    """One case: where it stands, who has handed in, what came out and what may be done."""
    record, user = _case(request, code), request.user
    can = acts(user, record)
    sheets = list(record.sheets.for_list().with_statement().order_by("seat_id"))
    context = {
        "case": record,
        "primary": can[:1],
        "others": can[1:],
        "waits_for": waits_for(record),
        "sheets": sheets,
        "mine": next((sheet for sheet in sheets if sheet.seat.user_id == user.pk), None),
        "sees_sheets": bool(record.opened_at) and record.sheets.visible_to(user).handed_in().exists(),
        "shown": cards.explained(record.result) if record.result else None,
        "timeline": Entry.objects.about(record).as_timeline(),
        "rating": record.dossier.rating if record.status == CaseStatus.RECOGNISED else None,
        "works_here": Council.objects.worked_by(user).filter(pk=record.council_id).exists(),
        "typed": _to_type(user, record, sheets),
        "next_case": _next_case(user, record),
        "earlier_case": record.came_from,
        "recusals": recusals_of(record),
        "sitting": sitting_of(record),
    }
    return render(request, "evaluation/case.html", context)


def _to_type(user, record, sheets):
    """Keys of the sheets that this person may type in from paper now."""
    if record.status != CaseStatus.SCORING or not record.council.holds(user, *SECRETARIES):
        return set()
    return {
        sheet.pk for sheet in sheets if sheet.is_open and sheet.is_stated and sheet.seat.user_id != user.pk
    }


def _next_case(user, record):
    """What became of a forwarded case, once this person may know."""
    if record.status != CaseStatus.FORWARDED:
        return None
    return Case.objects.visible_to(user).filter(came_from=record).first()


@page
def dossier(request, code):
    """The dossier before the council as it was handed in, with the commune's form; a judge states first."""
    record = _case(request, code)
    if not permissions.may_read_evidence(request.user, record):
        return redirect("evaluation:statement", code)
    frozen, criteria_set = with_pages(as_handed_in(record.dossier)), record.dossier.criteria_set
    context = {
        "case": record,
        "dossier": record.dossier,
        "frozen": frozen,
        "rows": frozen.rows(criteria_set),
        "result": frozen.result(criteria_set),
        "assessments": assessments(record.dossier),
    }
    return render(request, "evaluation/dossier.html", context)


@page
def evidence(request, code, number):
    """One file of the dossier as it was handed in, for those who may see the case and have stated, if they judge it."""
    return serve_frozen(request, _paper(request, code, number))


@page
def evidence_page(request, code, number, page):
    """One page of such a file as an image, for the same people; 404 where it was not drawn."""
    return serve_paper_page(request, _paper(request, code, number), page)


def _paper(request, code, number):
    """A file of the case's dossier that this person may read."""
    record = _case(request, code)
    require(permissions.may_read_evidence(request.user, record), UNSTATED)
    paper = as_handed_in(record.dossier).paper(number)
    if paper is None:
        raise Http404
    return paper


@page
def admissions(request):
    """What the councils of this person may take up: accepted dossiers, and cases forwarded from below."""
    councils = Council.objects.run_by(request.user).at_work().for_list()
    rows = [
        {
            "council": council,
            "dossiers": council.admissible_dossiers(),
            "cases": Case.objects.forwarded_to(council),
        }
        for council in councils
    ]
    return render(request, "evaluation/admissions.html", {"rows": rows})


def _council(request):
    """The council that the button names, among those that this person keeps the papers of."""
    councils = Council.objects.run_by(request.user).for_list()
    return get_object_or_404(councils, code=request.POST.get("hoi_dong", ""))


@deed
def admission(request, code):
    """Lay a dossier before a council."""
    council = _council(request)
    return _admit(request, actions.admit, council, get_object_or_404(council.dossiers(), code=code))


@deed
def forwarded_admission(request, code):
    """Lay a forwarded case before a council."""
    return _admit(request, actions.admit_forwarded, _case(request, code), _council(request))


class _Way:
    """Where an admission leads: to the new case, or back to the list when it was refused."""

    def __init__(self, action, second):
        self.action, self.second, self.case = action, second, None

    def __call__(self, first, *, by):
        self.case = self.action(first, self.second, by=by)

    def get_absolute_url(self):
        return self.case.get_absolute_url() if self.case else reverse("evaluation:admissions")


def _admit(request, action, first, second):
    way = _Way(action, second)
    return perform(request, way, first, done="Đã đưa hồ sơ ra hội đồng.", goes_to=way)
