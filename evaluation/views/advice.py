"""An adviser's own sheet."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions
from evaluation.laws import criteria_of
from evaluation.models import AdvisorySheet
from evaluation.scoring_forms import AdviceForm
from foundation.ui.http import carried_out, form_page, turned_away


@form_page
def advice(request, code):
    """All criteria on one page: saved as often as one likes, handed in once."""
    sheet = get_object_or_404(AdvisorySheet.objects.of(request.user).with_scores(), case__code=code)
    law = criteria_of(sheet.case.dossier.criteria_set)
    form = AdviceForm(request.POST or None, law=law, sheet=sheet)
    if not (permissions.may_advise(request.user, sheet) and sheet.is_open):
        return turned_away(request, form, "desk")
    final = "nop" in request.POST
    if form.is_valid() and carried_out(
        form,
        actions.advise,
        sheet,
        form.answers,
        seen=form.cleaned_data["seen"],
        by=request.user,
        final=final,
    ):
        messages.success(request, "Đã nộp phiếu tư vấn." if final else "Đã lưu phiếu tư vấn.")
        return redirect("desk" if final else request.path)
    return render(request, "evaluation/advice.html", {"sheet": sheet, "case": sheet.case, "form": form})
