"""Who judges what: statements on conflicts of interest, standing aside, assignment."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from evaluation import actions, permissions
from evaluation.council_forms import DivisionFilter, RecusalForm, StatementForm, key_like, pairs_of
from evaluation.hints import hints
from evaluation.models import Answer, Case, CaseStatus, Seat, SheetStatus
from evaluation.views.councils import find
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.ui.lists import render_list


def _case(request, code):
    return get_object_or_404(Case.objects.visible_to(request.user).for_page(), code=code)


@form_page
def statement(request, code):
    """The judge's word before the evidence opens: no conflict of interest, or standing aside."""
    case = _case(request, code)
    seat = case.seat_of(request.user)
    if seat is None:
        raise Http404
    form = StatementForm(request.POST or None, initial={"answer": Answer.CONFLICT})
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and carried_out(form, actions.state, case, by=request.user, **form.cleaned_data):
        return _stated(request, case, form.cleaned_data["answer"])
    context = {
        "case": case,
        "seat": seat,
        "form": form,
        "hints": hints(case, seat),
        "own": permissions.is_of_the_producer(request.user, case),
        "aside": seat.stated == Answer.CONFLICT,
        "open": case.status in (CaseStatus.SCORING, CaseStatus.OPENED),
    }
    return render(request, "evaluation/judges/statement.html", context)


def _stated(request, case, answer):
    """On to the sheet, or back to the case."""
    if answer == Answer.CONFLICT:
        messages.success(request, "Đã ghi từ chối. Lý do được ghi vào biên bản của phiên.")
        return redirect(case)
    drafts = case.sheets.of(request.user).filter(status=SheetStatus.DRAFT)
    return redirect("evaluation:sheet" if drafts.exists() else "evaluation:dossier", case.code)


@form_page
def recusal(request, code):
    """Whoever presides lets a judge stand aside."""
    case = _case(request, code)
    if not permissions.may_preside(request.user, case):
        raise Http404
    form = RecusalForm(request.POST or None, case=case)
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and carried_out(form, actions.recuse, case, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã ghi từ chối; số phiếu cần có được tính lại.")
        return redirect(case)
    context = {
        "form": form,
        "title": "Cho thành viên từ chối chấm",
        "process": case.dossier.product,
        "council": case,
    }
    return render(request, "evaluation/councils/form.html", context)


@page
def assignment(request, code):
    """Which judges score which cases, and how many each has."""
    council = find(request, code)
    if not permissions.may_run(request.user, council):
        raise Http404
    running = Case.objects.filter(council=council, status=CaseStatus.SCORING)
    judges = Seat.objects.in_force().judging().filter(council=council).with_load()
    cases = running.for_list().prefetch_related("sheets", "statements")
    context = {"council": council, "judges": judges, "exportable": False}
    return render_list(request, "evaluation/assignment", cases, DivisionFilter, context=context)


@deed
def assigning(request, code):
    """Give the ticked pairs of case and judge, or divide the ticked cases evenly."""
    council = find(request, code)
    back = reverse("evaluation:assignment", args=[code])
    if request.POST.get("viec") == "chia-deu":
        cases = {int(word) for word in request.POST.getlist("phien") if key_like(word)}
        done = "Đã chia đều người chấm."
        return perform(request, actions.assign_balanced, council, cases=cases, done=done, goes_to=back)
    pairs = pairs_of(request.POST.getlist("cap"))
    return perform(request, actions.assign, council, pairs=pairs, done="Đã phân công.", goes_to=back)


@deed
def releasing(request, code):
    """Take a case from a judge who has not begun."""
    council = find(request, code)
    pair = next(iter(pairs_of([request.POST.get("cap", "")])), (0, 0))
    case = get_object_or_404(Case.objects.visible_to(request.user), council=council, pk=pair[0])
    seat = get_object_or_404(council.seats.for_list(), pk=pair[1])
    back = reverse("evaluation:assignment", args=[code])
    return perform(request, actions.release, case, seat=seat, done="Đã thôi phân công.", goes_to=back)
