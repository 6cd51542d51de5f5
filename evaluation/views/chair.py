"""The chair: opening, comparing, concluding."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, cards, permissions
from evaluation.forms import ConclusionForm
from evaluation.models import AdvisorySheet, Case, CaseStatus, ScoreSheet
from evaluation.sittings import quorum_gaps
from foundation.ui.http import carried_out, deed, form_page, page, perform
from products.freezing import as_handed_in


def _case(request, code):
    return get_object_or_404(Case.objects.visible_to(request.user).for_page(), code=code)


def _sheets(request, case):
    """The sheets of an opened case that this person may read; 404 while they are sealed."""
    readable = ScoreSheet.objects.visible_to(request.user).filter(pk__in=case.sheets.handed_in().values("pk"))
    sheets = list(readable.with_scores().order_by("seat_id")) if case.opened_at else []
    if not sheets:
        raise Http404
    return sheets


@deed
def opening(request, code):
    """Break the seal."""
    case = _case(request, code)
    return perform(request, actions.open_case, case, done="Đã mở phiếu. Hội đồng xem được mọi phiếu đã nộp.")


@page
def comparison(request, code):
    """The sheets side by side, how far they lie apart, and where."""
    case = _case(request, code)
    sheets = _sheets(request, case)
    context = {"case": case, "spread": case.spread(sheets), **cards.compared(sheets)}
    advice = AdvisorySheet.objects.known_to(request.user).filter(case=case).handed_in().with_scores()
    context["advice"] = [{"sheet": sheet, "result": sheet.result()} for sheet in advice]
    context["own"] = as_handed_in(case.dossier).result(case.dossier.criteria_set)
    context["presides"] = permissions.may_preside(request.user, case) and case.status == CaseStatus.OPENED
    return render(request, "evaluation/comparison.html", context)


@form_page
def conclusion(request, code):
    """Look at what the sheets come to, and conclude."""
    case = _presided(request, code)
    if case.status != CaseStatus.OPENED:
        return redirect(case)
    form = ConclusionForm(request.POST or None)
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and carried_out(form, actions.conclude, case, by=request.user, **form.cleaned_data):
        return redirect(case)
    sheets = _sheets(request, case)
    verdict, spread = case.judge(sheets), case.spread(sheets)
    context = {"case": case, "form": form, "spread": spread, "shown": cards.explained(verdict)}
    context["gaps"] = quorum_gaps(case)
    context["refused"] = "" if verdict.struck_out or spread.allowed else spread.refusal
    return render(request, "evaluation/conclusion.html", context)


def _presided(request, code):
    """A case that this person chairs; 404 otherwise."""
    case = _case(request, code)
    if not permissions.may_preside(request.user, case):
        raise Http404
    return case
