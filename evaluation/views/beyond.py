"""What an outcome may still lead to: back to the producer, on to the centre, the centre's result; and its proof."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions, proof
from evaluation.decision_forms import CentralResultForm, ProposalForm, ReturnForm
from evaluation.models import Case, ScoreSheet
from foundation.ui.http import carried_out, form_page, page
from products.freezing import last_of


def find(request, code):
    """The case by its code, if this person may see it; else 404."""
    return get_object_or_404(Case.objects.visible_to(request.user).for_page(), code=code)


def settled(request, code):
    """A concluded case that this person settles; else 404."""
    case = find(request, code)
    if case.result is None or not permissions.may_settle(request.user, case):
        raise Http404
    return case


def readable_sheets(request, case):
    """The opened sheets of a case that this person may read, with all that they say; else 404."""
    rows = ScoreSheet.objects.visible_to(request.user).filter(pk__in=case.sheets.handed_in().values("pk"))
    sheets = list(rows.with_scores().order_by("seat_id")) if case.opened_at else []
    if not sheets:
        raise Http404
    return sheets


@page
def comparing(request, code):
    """What the verdict was made from, and whether it is still the same."""
    case = find(request, code)
    sheets = readable_sheets(request, case)
    if case.result is None:
        raise Http404
    found = proof.checks(case, sheets, last_of(case.dossier))
    context = {"case": case, "checks": found, "holds": all(check.holds for check in found)}
    return render(request, "evaluation/proof.html", context)


def _form(request, code, form_class, action, title, process):
    """A form about a settled case that leads back to it."""
    case = settled(request, code)
    form = form_class(request.POST or None)
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and carried_out(form, action, case, by=request.user, **form.cleaned_data):
        return redirect(case)
    context = {"case": case, "form": form, "title": title, "process": process}
    return render(request, "evaluation/settling.html", context)


@form_page
def returning(request, code):
    """Back to the producer with reasons."""
    process = "Hồ sơ khép lại; chủ thể đọc lý do và có thể lập hồ sơ mới sau khi hoàn thiện"
    return _form(request, code, ReturnForm, actions.return_to_producer, "Trả lại chủ thể", process)


@form_page
def proposing(request, code):
    """On to the centre."""
    process = "Ghi văn bản đã gửi; kết quả được nhập khi Trung ương trả lời"
    return _form(
        request, code, ProposalForm, actions.propose_to_centre, "Đề nghị Trung ương đánh giá", process
    )


@form_page
def central_result(request, code):
    """What the centre found."""
    process = "Trung ương công nhận thì ghi cả quyết định; giấy chứng nhận do Trung ương cấp"
    return _form(
        request, code, CentralResultForm, actions.record_central_result, "Kết quả của Trung ương", process
    )
