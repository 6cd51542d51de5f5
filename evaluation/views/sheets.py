"""A member's own sheet: scored choice by choice, handed in once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evaluation import actions, cards, permissions
from evaluation.forms import NONE, ChoiceForm, HandInForm, StrikeForm
from evaluation.laws import criteria_of
from evaluation.models import Score, ScoreSheet
from foundation.regimes.engine import DOSSIER
from foundation.ui.http import carried_out, deed, form_page, page, turned_away
from foundation.ui.templatetags.ui import hour
from products.actions import StaleChoice
from products.freezing import as_handed_in
from products.papers_drawn import with_pages


def _own_sheet(request, code, **more):
    return get_object_or_404(ScoreSheet.objects.of(request.user).with_scores(), case__code=code, **more)


@page
def sheet(request, code):
    """The scoring page; a sheet that was handed in is only read."""
    record = _own_sheet(request, code)
    if not permissions.may_score(request.user, record):
        return redirect(record.case)
    if record.is_open and not record.is_stated:
        return redirect("evaluation:statement", code)
    frozen = as_handed_in(record.case.dossier)
    if record.is_open:
        frozen = with_pages(frozen)
    rows = cards.sheet_rows(record, frozen)
    again = cards.asked_again(record, rows)
    context = {
        "again": again,
        "sheet": record,
        "case": record.case,
        "dossier": record.case.dossier,
        "rows": rows,
        "sections": list(cards.by_section(rows)),
        "common": frozen.common_papers,
        "whole": {"code": DOSSIER, "reason": record.strikes.get(DOSSIER, "")},
        "grounds": record.case.dossier.criteria_set.engine_set().knockouts,
        "bar": cards.bar(record.result()),
        "none": NONE,
    }
    template = "evaluation/sheet.html" if record.is_open else "evaluation/sheet_read.html"
    return render(request, template, context)


@deed
def choices(request, code):
    """Save one choice: as JSON for the page's script, as a form without it.

    ``phieu`` names the sheet that the page shows: when somebody else of the council has signed in meanwhile, the
    choice must not land in that person's sheet.
    """
    number = request.POST.get("phieu", "")
    number = int(number) if number.isdecimal() and len(number) < 19 else 0
    form = ChoiceForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        row = actions.choose_in(code, number, by=request.user, **form.choice)
    except ScoreSheet.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        return _refused(request, _own_sheet(request, code, pk=number), form, refusal)
    if _wants_json(request):
        return JsonResponse(_saved(request, row))
    messages.success(request, f"Đã lưu tiêu chí {row.criterion.code} lúc {hour(timezone.localtime())}.")
    return redirect(f"{reverse('evaluation:sheet', args=[code])}#tc-{row.criterion.code}")


def _wants_json(request):
    return request.headers.get("Accept") == "application/json"


def _saved(request, row):
    """What the page draws anew; counted from the scores that were read when the choice was kept."""
    result = row.sheet.result()
    return {
        "version": row.version,
        "saved_at": hour(timezone.localtime()),
        "bar": render_to_string("evaluation/_bar.html", {"bar": cards.bar(result)}, request),
        "unanswered": result.unanswered,
        "uncounted": [row.criterion for row in result.uncounted],
    }


def _refused(request, record, form, refusal):
    """What stands in the sheet beside what was sent; 409 when another tab was faster, else 422."""
    status = 409 if isinstance(refusal, StaleChoice) else 422
    ask = criteria_of(record.case.dossier.criteria_set).get(getattr(form, "cleaned_data", {}).get("tieu_chi"))
    row = Score.objects.filter(sheet=record, criterion=ask and ask.row).select_related("option").first()
    current = {
        "key": (row.option.key if row.option else NONE) if row else "",
        "text": _described(row) if row else "Chưa chọn",
        "note": row.note if row else "",
        "version": row.version if row else 0,
    }
    if _wants_json(request):
        return JsonResponse({"message": " ".join(refusal.messages), "current": current}, status=status)
    context = {
        "sheet": record,
        "case": record.case,
        "criterion": ask and ask.row,
        "form": form,
        "current": current,
    }
    context |= {"message": " ".join(refusal.messages), "stale": status == 409, "sent": _sent(form, ask)}
    return render(request, "evaluation/choice_refused.html", context, status=status)


def _described(row):
    return f"{row.option.points} điểm – {row.option.text}" if row.option else "Không đạt mức nào (0 điểm)"


def _sent(form, ask):
    """What was sent, in words."""
    key = form.data.get("chon", "")
    option = ask.box(key) if ask else None
    text = (
        f"{option.points} điểm – {option.text}"
        if option
        else "Không đạt mức nào (0 điểm)"
        if key == NONE
        else ""
    )
    return {"key": key if text else "", "text": text or "Chưa chọn", "note": form.data.get("ghi_chu", "")}


@form_page
def strike(request, code, where):
    """Propose to strike the dossier out at one place, or take the proposal back."""
    record = _own_sheet(request, code)
    criteria = record.case.dossier.criteria_set.criteria.all()
    criterion = next((row for row in criteria if row.code == where and row.can_strike), None)
    if not permissions.may_score(request.user, record) or (criterion is None and where != DOSSIER):
        raise Http404
    current = record.strikes.get(where, "")
    form = StrikeForm(request.POST or None, initial={"reason": current, "was": current})
    back = f"{reverse('evaluation:sheet', args=[code])}#{'loai' if where == DOSSIER else f'tc-{where}'}"
    form.cancel_url = back
    if form.is_valid() and carried_out(
        form, actions.strike, record, where, by=request.user, **form.cleaned_data
    ):
        done = "Đã lưu đề nghị loại hồ sơ." if form.cleaned_data["reason"] else "Đã bỏ đề nghị loại."
        messages.success(request, done)
        return redirect(back)
    context = {"sheet": record, "case": record.case, "criterion": criterion, "form": form, "current": current}
    context["grounds"] = record.case.dossier.criteria_set.engine_set().knockouts
    return render(request, "evaluation/strike.html", context)


@form_page
def hand_in(request, code):
    """Look the sheet over and hand it in."""
    record = _own_sheet(request, code)
    form = HandInForm(request.POST or None, initial={"remark": record.remark})
    form.cancel_url = reverse("evaluation:sheet", args=[code])
    if not (permissions.may_score(request.user, record) and record.is_open):
        return turned_away(request, form, record.case)
    if form.is_valid() and carried_out(form, actions.hand_in, record, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã nộp phiếu. Phiếu được niêm phong đến khi Chủ tịch mở.")
        return redirect(record.case)
    names = {row.code: row.name for row in record.case.dossier.criteria_set.criteria.all()}
    context = {
        "sheet": record,
        "case": record.case,
        "form": form,
        "bar": cards.bar(record.result()),
        "missing": [(open_code, names[open_code]) for open_code in record.unanswered()],
        "strikes": record.struck,
    }
    return render(request, "evaluation/hand_in.html", context)
