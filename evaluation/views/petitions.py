"""Petitions: the producer lodges one from the dossier, the office answers it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import permissions
from evaluation.actions import petitions as actions
from evaluation.models import Petition
from evaluation.models.petitions import last_day, result_of
from evaluation.petition_forms import AnswerForm, PetitionForm
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page, turned_away
from products.models import Dossier


def find_petition(request, code):
    """The petition, if this person may see it; else 404."""
    return get_object_or_404(Petition.objects.visible_to(request.user).for_list(), code=code)


@form_page
def petition_new(request, code):
    """A person of the producer does not agree with the result of this dossier."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), code=code)
    case = result_of(dossier)
    if case is None or not permissions.is_of_the_producer(request.user, case):
        raise Http404
    if held := Petition.objects.filter(case=case).first():
        return redirect(held)
    form = PetitionForm(request.POST or None)
    form.cancel_url = dossier.get_absolute_url()
    if form.is_valid() and carried_out(
        form, actions.lodge_petition, case, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã gửi kiến nghị.")
        return redirect(form.outcome)
    context = {"form": form, "case": case, "last_day": last_day(case), "back": dossier}
    return render(request, "evaluation/petitions/form.html", context)


@page
def petition(request, code):
    """One petition with its answer and story."""
    found = find_petition(request, code)
    context = {
        "petition": found,
        "timeline": Entry.objects.about(found).as_timeline(),
        "may_answer": not found.outcome and permissions.may_settle(request.user, found.case),
    }
    return render(request, "evaluation/petitions/petition.html", context)


@form_page
def petition_answer(request, code):
    """The office answers."""
    found = find_petition(request, code)
    form = AnswerForm(request.POST or None)
    form.cancel_url = found.get_absolute_url()
    if found.outcome or not permissions.may_settle(request.user, found.case):
        return turned_away(request, form, found)
    if form.is_valid() and carried_out(
        form, actions.answer_petition, found, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã ghi trả lời.")
        return redirect(found)
    return render(
        request, "evaluation/petitions/form.html", {"form": form, "case": found.case, "back": found}
    )
