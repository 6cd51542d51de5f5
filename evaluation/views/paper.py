"""Score sheets on paper: printed with their QR, and typed in by the secretary."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions
from evaluation.laws import criteria_of, strike_places
from evaluation.models import Case, Council
from evaluation.models.councils import KnockoutBy
from evaluation.papers.score_sheets import named_by, score_sheets
from evaluation.scoring_forms import GridForm
from foundation import clock
from foundation.ui.http import carried_out, form_page, page, turned_away


def _case(request, code):
    """A case of a council for which this person works; 404 otherwise."""
    cases = Case.objects.visible_to(request.user).filter(council__in=Council.objects.worked_by(request.user))
    return get_object_or_404(cases.for_page(), code=code)


@page
def paper_sheets(request, code):
    """Blank score sheets of all members, or of the one that ``ghe`` names."""
    case = _case(request, code)
    sheets = case.sheets.standing().for_list().order_by("seat_id")
    if seat := request.GET.get("ghe", ""):
        sheets = sheets.filter(seat_id=seat) if seat.isdecimal() and len(seat) < 19 else sheets.none()
    sheets = list(sheets)
    if not sheets:
        raise Http404
    answer = HttpResponse(score_sheets(case, sheets, moment=clock.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="phieu-cham-{case.code.lower()}.pdf"'
    return answer


@form_page
def paper_entry(request, code, seat):
    """The grid into which a member's paper sheet is typed, with the totals written on it."""
    case = _case(request, code)
    sheet = get_object_or_404(case.sheets.for_list(), seat_id=seat)
    criteria_set = case.dossier.criteria_set
    parts = [part.code for part in criteria_set.engine_set().parts]
    form = GridForm(
        request.POST or None,
        law=criteria_of(criteria_set),
        parts=parts,
        places=strike_places(criteria_set),
        may_skip=case.council.knockout_by == KnockoutBy.ANY,
    )
    form.cancel_url = case.get_absolute_url()
    if not (permissions.may_enter_paper(request.user, sheet) and sheet.is_open):
        return turned_away(request, form, case)
    if wrong := _printed_for_another(request, sheet):
        return render(
            request, "evaluation/paper_foreign.html", {"case": case, "sheet": sheet, "wrong": wrong}
        )
    if form.is_valid() and carried_out(
        form, actions.enter_paper, sheet, form.answers, form.totals, by=request.user,
        remark=form.cleaned_data["remark"], strikes=form.strikes,
    ):  # fmt: skip
        messages.success(request, f"Đã nhập và nộp phiếu giấy của {sheet.seat.user}; tổng kiểm tra khớp.")
        return redirect(case)
    return render(request, "evaluation/paper_entry.html", {"case": case, "sheet": sheet, "form": form})


LABELS = {
    "hoi_dong": "hội đồng",
    "ho_so": "hồ sơ",
    "quy_dinh": "quy định",
    "bo": "bộ tiêu chí",
    "luot": "lượt chấm",
}


def _printed_for_another(request, sheet):
    """What the QR of the paper names otherwise than this sheet: label, printed, here."""
    return [
        (LABELS[name], request.GET[name], here)
        for name, here in named_by(sheet).items()
        if request.GET.get(name, here) != here
    ]
