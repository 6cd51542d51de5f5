"""The producer's self-assessment, saved choice by choice, and the evidence behind it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.regimes.models import Criterion
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import wants_fragment
from foundation.ui.text import tidy
from products import actions, permissions
from products.forms import EvidenceForm
from products.models import Dossier, Evidence
from products.scorecards import Row, rows_of
from products.views.dossiers import find

NONE = "khong"


@page
def self_score(request, code):
    """The criteria of one part with the choices made so far."""
    dossier = find(request, code)
    if not permissions.may_edit_dossier(request.user, dossier):
        return redirect(dossier)
    rows, result = rows_of(dossier), dossier.result()
    parts = [part.code for part in result.parts]
    part = request.GET.get("phan") if request.GET.get("phan") in parts else parts[0]
    following = parts[parts.index(part) + 1] if part != parts[-1] else None
    context = {
        "dossier": dossier,
        "rows": [row for row in rows if row.criterion.part == part],
        "part": part,
        "following": following,
        "result": result,
        "steps": _steps(rows, result, part),
        "none": NONE,
    }
    return render(request, "products/dossiers/self_score.html", context)


def _steps(rows, result, current):
    open_codes = set(result.unanswered)
    for part in result.parts:
        left = sum(row.criterion.part == part.code and row.criterion.code in open_codes for row in rows)
        state = "current" if part.code == current else "todo" if left else "done"
        yield {"label": f"Phần {part.code}. {part.name}", "state": state, "url": f"?phan={part.code}"}


@deed
def choices(request, code):
    """Save the choices that came: one when the page saves by itself, all of a part without scripts."""
    dossier = find(request, code)
    offered = {row.criterion.code: row for row in rows_of(dossier)}
    sent = [code for code in offered if f"c-{code}" in request.POST]
    if not sent:
        raise Http404
    refused = ""
    for criterion_code in sent:
        try:
            _choose(request, dossier, offered[criterion_code])
        except ValidationError as refusal:
            refused = " ".join(refusal.messages)
    if not wants_fragment(request):
        messages.add_message(
            request, *((messages.ERROR, refused) if refused else (messages.SUCCESS, "Đã lưu."))
        )
        return redirect(f"{request.path.removesuffix('chon/')}?phan={offered[sent[0]].criterion.part}")
    row = next(row for row in rows_of(dossier) if row.criterion.code == sent[0])
    context = {"row": row, "dossier": dossier, "result": dossier.result(), "none": NONE}
    context |= {"refused": refused, "saved_at": None if refused else timezone.localtime(), "swapped": True}
    return render(request, "products/dossiers/_choice.html", context)


def _choose(request, dossier, row: Row):
    key = request.POST[f"c-{row.criterion.code}"]
    option = None if key == NONE else next((option for option in row.options if option.key == key), None)
    if option is None and not (key == NONE and row.criterion.none_allowed):
        raise ValidationError(f"Tiêu chí {row.criterion.code}: hãy chọn một mức có trong phiếu.")
    version = request.POST.get(f"v-{row.criterion.code}", "")
    actions.choose(
        dossier,
        row.criterion,
        option,
        version=int(version) if version.isdecimal() else -1,
        note=tidy(request.POST.get(f"n-{row.criterion.code}", ""))[:1000],
        by=request.user,
    )


@form_page
def evidence_new(request, code):
    """Add a file of evidence."""
    dossier = find(request, code)
    criterion = Criterion.objects.filter(
        criteria_set=dossier.criteria_set, code=request.GET.get("tieu-chi", "")
    ).first()
    form = EvidenceForm(request.POST or None, request.FILES or None, dossier=dossier, criterion=criterion)
    if not permissions.may_edit_dossier(request.user, dossier):
        return turned_away(request, form, dossier)
    if form.is_valid() and carried_out(form, actions.attach, dossier, by=request.user, **form.cleaned_data):
        messages.success(request, f"Đã thêm minh chứng “{form.outcome.title}”.")
        return redirect("products:evidence_new", code)
    context = {"dossier": dossier, "form": form, "evidence": dossier.evidence.prefetch_related("criteria")}
    return render(request, "products/dossiers/evidence.html", context)


def _evidence(request, code, number):
    dossiers = Dossier.objects.visible_to(request.user)
    return get_object_or_404(
        Evidence.objects.filter(dossier__in=dossiers).select_related("dossier__product__entity"),
        dossier__code=code,
        code=number,
    )


@page
def evidence_file(request, code, number):
    """One file of evidence, for those who may see the dossier."""
    row = _evidence(request, code, number)
    ending = row.file.name.rpartition(".")[2]
    return serve_private_file(
        request, row.file, f"{row.title}.{ending}", inline=True, content_type=row.content_type
    )


@deed
def evidence_removal(request, code, number):
    """Take a file of evidence out again."""
    row = _evidence(request, code, number)
    return perform(request, actions.detach, row, done="Đã bỏ minh chứng.", goes_to=row.dossier)
