"""What follows from a verdict: forward, send down, recognise, close."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions
from evaluation.forms import DecisionForm
from evaluation.models import Case, CaseStatus
from evaluation.scoring import Step
from foundation.ui.http import carried_out, deed, form_page, perform


def _case(request, code):
    return get_object_or_404(Case.objects.visible_to(request.user).for_page(), code=code)


@deed
def forwarding(request, code):
    """On to the level above."""
    return perform(request, actions.forward, _case(request, code), done="Đã chuyển lên cấp trên.")


@deed
def sending_down(request, code):
    """Back to the level below, which recognises these stars."""
    return perform(
        request, actions.send_down, _case(request, code), done="Đã chuyển về cấp dưới để công nhận."
    )


@deed
def closing(request, code):
    """The end without recognised stars."""
    return perform(request, actions.close_unrated, _case(request, code), done="Đã khép hồ sơ.")


@form_page
def decision(request, code):
    """Enter the recognition decision; the certificate follows from it."""
    case = _case(request, code)
    if not permissions.may_record_decision(request.user, case):
        raise Http404
    recognised = case.status == CaseStatus.CONCLUDED and case.next_step.step == Step.RECOGNISE
    if not (recognised or case.status == CaseStatus.SENT_DOWN):
        return redirect(case)
    form = DecisionForm(request.POST or None)
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and carried_out(
        form, actions.record_decision, case, by=request.user, **form.cleaned_data
    ):
        messages.success(request, f"Đã công nhận {form.outcome.stars} sao và cấp giấy chứng nhận.")
        return redirect(case)
    context = {"case": case, "form": form, "step": case.next_step, "council": case.recognising_council}
    return render(request, "evaluation/decision.html", context)
