"""Papers as files: PDF or Word."""

import io

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date

from accounts.permissions import require
from evaluation.decision_forms import InvitationForm
from evaluation.models import Case, CaseStatus, Council, ScoreSheet
from evaluation.papers import CONTENT_TYPES, decisions, rendered, sittings
from evaluation.rehearsal import gathered
from evaluation.views import beyond
from evaluation.views.decisions import find as find_draft
from foundation.ui.http import page, serve_private_file

OF_SITTINGS = {"bien-ban": ("minutes", sittings.minutes), "bang-diem": ("scores", sittings.scores)}
OF_DECISIONS = {"to-trinh": ("proposal", decisions.proposal), "quyet-dinh": ("decision", decisions.decision)}


def answered(request, kind, data, form, name, *, moment):
    """The paper as a file of this form; 404 for any other form."""
    if form not in CONTENT_TYPES:
        raise Http404
    file = io.BytesIO(rendered(kind, data, form, moment=moment))
    return serve_private_file(request, file, f"{name}.{form}", inline=True, content_type=CONTENT_TYPES[form])


@page
def case_paper(request, code, kind, form):
    """Minutes or table of points of one concluded case."""
    case = beyond.find(request, code)
    sheets = beyond.readable_sheets(request, case)
    if case.result is None or kind not in OF_SITTINGS:
        raise Http404
    template, build = OF_SITTINGS[kind]
    data = build(case.council, [(case, sheets)], case.concluded_on)
    return answered(request, template, data, form, f"{kind}-{case.code}", moment=case.concluded_on)


@page
def day_paper(request, code, day, kind, form):
    """Minutes or table of points of everything that a council concluded on one day."""
    council = get_object_or_404(Council.objects.worked_by(request.user).for_list(), code=code)
    try:
        on = parse_date(day)
    except ValueError:
        on = None
    known = Case.objects.visible_to(request.user).filter(council=council, verdict__isnull=False)
    rows = known.filter(concluded_on=on).for_page().order_by("pk") if on else ()
    cases = [case for case in rows if case.result is not None]
    if not cases or kind not in OF_SITTINGS:
        raise Http404
    basis = gathered(cases)
    template, build = OF_SITTINGS[kind]
    data = build(council, [(case, basis[case.pk][0]) for case in cases], on)
    return answered(request, template, data, form, f"{kind}-{council.code}-{on}", moment=on)


@page
def sheet_paper(request, code, seat, form):
    """One member's filled sheet, once the case is opened."""
    case = beyond.find(request, code)
    rows = ScoreSheet.objects.visible_to(request.user).handed_in().with_scores()
    if not case.opened_at:
        raise Http404
    record = get_object_or_404(rows, case=case, seat=seat)
    data = sittings.sheet(record)
    return answered(request, "sheet", data, form, f"phieu-{case.code}-{seat}", moment=record.handed_in_at)


@page
def draft_paper(request, code, kind, form):
    """Proposal or decision of a draft; with the mark of a draft until it is released."""
    draft = find_draft(request, code)
    lines = draft.annex()
    if not lines or kind not in OF_DECISIONS:
        raise Http404
    template, build = OF_DECISIONS[kind]
    moment = draft.day or lines[0].case.concluded_on
    return answered(request, template, build(draft, lines), form, f"{kind}-{draft.code}", moment=moment)


def _to_discuss(user, council, sitting):
    """The agenda of the sitting, in its order; where there is none yet, all that the council has still to conclude."""
    cases = Case.objects.visible_to(user).for_page()
    planned = list(cases.filter(agenda__sitting=sitting).order_by("agenda__position")) if sitting else []
    still = cases.filter(council=council, status__in=[CaseStatus.SCORING, CaseStatus.OPENED])
    return planned or list(still.order_by("pk"))


@page
def invitation(request):
    """The invitation to a sitting on what the council has still to conclude: first the questions, then the paper."""
    councils = Council.objects.run_by(request.user).at_work().for_list()
    require(councils.exists())
    form = InvitationForm(request.GET or None, councils=councils)
    if not form.is_valid():
        return render(request, "evaluation/invitation.html", {"form": form})
    council = form.cleaned_data["hoi_dong"]
    cases = _to_discuss(request.user, council, form.cleaned_data["phien"])
    data = sittings.invitation(council, cases, when=form.when, where=form.where)
    return answered(
        request, "invitation", data, form.cleaned_data["tep"], f"giay-moi-{council.code}", moment=form.when
    )
