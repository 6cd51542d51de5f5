"""The spread desk: how far judges lie apart and where, another turn of scoring by two persons, and what values were."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from evaluation import actions, permissions
from evaluation.models import (
    AdvisorySheet,
    Case,
    CaseStatus,
    Council,
    Reopening,
    ScoreChange,
    ScoreSheet,
)
from evaluation.scoring_forms import TurnForm
from evaluation.side_by_side import heat_map, past_turns
from foundation import clock
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.working_days import calendar
from products.freezing import as_handed_in

DAYS_TO_RESCORE = 1  # working days that the form proposes; whoever asks writes the day


def _case(request, code):
    """A case of a council for which this person works; 404 otherwise."""
    cases = Case.objects.visible_to(request.user).filter(council__in=Council.objects.worked_by(request.user))
    return get_object_or_404(cases.for_page(), code=code)


def _opened_sheets(request, case):
    """The handed-in sheets of an opened case; none while they are sealed."""
    if case.opened_at is None:
        return []
    sheets = ScoreSheet.objects.visible_to(request.user).filter(pk__in=case.sheets.handed_in().values("pk"))
    return list(sheets.with_scores().order_by("seat_id"))


def _turn_form(case, data=None, outside=(), spread=None):
    """The form of a proposal; those beyond the limit are ticked, the reason begins with the rule.

    The points stay out of it: the reason goes into the trail.
    """
    reason = "" if spread is None or spread.allowed else f"Phiếu chênh nhau vượt mức. {spread.rule}"
    due = calendar().after(clock.today(), DAYS_TO_RESCORE)
    first = {"sheets": [sheet.pk for sheet in outside], "reason": reason, "due_on": due}
    form = TurnForm(data, initial=first, sheets=case.sheets.handed_in().for_list().order_by("seat_id"))
    form.form_action = reverse("evaluation:reopening", args=[case.code])
    form.cancel_url = case.get_absolute_url()
    return form


@page
def spread_desk(request, code):
    """Heat map, members beyond the limit, the request to score again, and the turns before."""
    case = _case(request, code)
    sheets = _opened_sheets(request, case)
    turns = past_turns(case, sheets)
    if not (sheets or turns):
        raise Http404
    context = {"case": case, "turns": turns, "sheets": sheets}
    if sheets:
        advice = AdvisorySheet.objects.known_to(request.user).filter(case=case).handed_in().with_scores()
        context |= heat_map(case, sheets, list(advice), as_handed_in(case.dossier))
    proposal = case.reopenings.pending().for_page().first()
    if proposal:
        context |= {"proposal": proposal, "may_second": permissions.may_second(request.user, proposal)}
        context["may_drop"] = permissions.hand_of(request.user, case) is not None
    elif case.status == CaseStatus.OPENED and sheets and permissions.hand_of(request.user, case):
        context["form"] = _turn_form(case, outside=context["outside"], spread=context["spread"])
    return render(request, "evaluation/spread_desk.html", context)


@form_page
def reopening(request, code):
    """Propose that members score again; the second person confirms it on the spread desk."""
    case = _case(request, code)
    if permissions.hand_of(request.user, case) is None:
        raise Http404
    form = _turn_form(case, request.POST or None)
    if form.is_valid() and carried_out(
        form, actions.propose_turn, case, by=request.user, **form.cleaned_data
    ):
        return redirect("evaluation:spread_desk", code)
    return render(request, "evaluation/reopening.html", {"case": case, "form": form})


def _proposal(request, code):
    """The proposal that waits on this case."""
    rows = Reopening.objects.visible_to(request.user).pending().for_page()
    return get_object_or_404(rows, case__code=code)


@deed
def turn_confirmation(request, code):
    """The second person agrees."""
    proposal = _proposal(request, code)
    done = "Đã cho chấm lại. Phiếu cũ được giữ nguyên trong lượt trước."
    return perform(request, actions.confirm_turn, proposal, done=done)


@deed
def turn_refusal(request, code):
    """The proposal falls."""
    proposal = _proposal(request, code)
    return perform(
        request, actions.decline_turn, proposal, done="Đã bỏ đề nghị chấm lại.", goes_to=proposal.case
    )


@page
def history(request, code):
    """Every value that one member's scores have had, once the case is opened."""
    case = _case(request, code)
    sheets = _opened_sheets(request, case)
    if not sheets:
        raise Http404
    asked = request.GET.get("phieu", "")
    chosen = next((sheet for sheet in sheets if str(sheet.pk) == asked), sheets[0])
    changes = ScoreChange.objects.filter(sheet=chosen).select_related("criterion", "option", "by")
    rows = list(changes.order_by("criterion__position", "pk"))
    context = {"case": case, "sheets": sheets, "chosen": chosen, "changes": rows}
    return render(request, "evaluation/history.html", context)
