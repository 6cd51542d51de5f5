"""Requests about personal data: the administrators' list, one request, and what is done with it."""

from django.shortcuts import get_object_or_404, redirect, render

from accounts import permissions
from accounts.actions import privacy as privacy_actions
from accounts.actions import requests as actions
from accounts.forms.privacy import AnswerForm, CarryOutForm, CorrectionForm, RefusalForm, RequestFilter
from accounts.models import DataRequest, RequestKind, RequestStatus
from accounts.privacy import rules
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page
from foundation.ui.lists import render_list


def _request(request, code):
    return get_object_or_404(DataRequest.objects.visible_to(request.user).for_list(), code=code)


def _handled(request, code):
    """The request, for an administrator who may handle it now."""
    found = _request(request, code)
    message = "Yêu cầu này do một quản trị khác xử lý, hoặc đã kết thúc."
    permissions.require(permissions.may_handle_request(request.user, found), message)
    return found


@page
def data_requests(request):
    """Every request with its clock, for administrators."""
    permissions.require(permissions.may_handle_requests(request.user))
    rows = DataRequest.objects.visible_to(request.user).for_list()
    context = {"overdue": rows.overdue().count()}
    return render_list(request, "accounts/requests", rows, RequestFilter, context=context)


@page
def data_request(request, code):
    """One request: what was asked, by when, what became of it."""
    found = _request(request, code)
    may = permissions.may_handle_request(request.user, found)
    deletes = may and found.kind == RequestKind.DELETION
    context = {
        "record": found,
        "law": rules().laws.get(found.law),
        "timeline": Entry.objects.about(found).as_timeline(),
        "may_handle": may,
        "may_answer": may and found.status == RequestStatus.RECEIVED,
        "holds": privacy_actions.holds_on(found.person) if deletes else [],
    }
    return render(request, "accounts/requests/request.html", context)


def _form_of(request, found, form, action, title, process):
    """Draw and take one of the three forms of a request."""
    if form.is_valid() and carried_out(form, action, found, **form.cleaned_data, by=request.user):
        return redirect(found)
    context = {"record": found, "form": form, "heading": title, "process": process}
    return render(request, "accounts/requests/form.html", context)


@form_page
def request_answer(request, code):
    """Tell the person what will be done."""
    found = _handled(request, code)
    form = AnswerForm(request.POST or None)
    return _form_of(
        request, found, form, actions.answer, "Trả lời yêu cầu", "Người yêu cầu đọc được trả lời này."
    )


@form_page
def request_fulfilment(request, code):
    """Carry the request out."""
    found = _handled(request, code)
    initial = {"text": found.answer}
    if found.kind == RequestKind.CORRECTION:
        form = CorrectionForm(request.POST or None, instance=found.person, initial=initial)
    else:
        form = CarryOutForm(request.POST or None, initial=initial)
    process = "Yêu cầu kết thúc sau bước này."
    if found.kind == RequestKind.DELETION:
        process = (
            "Tài khoản bị ẩn danh, không khôi phục được. Tên trên văn bản công vụ giữ theo quy định lưu trữ."
        )
    return _form_of(request, found, form, actions.carry_out, "Thực hiện yêu cầu", process)


@form_page
def request_refusal(request, code):
    """Say no, with the reason."""
    found = _handled(request, code)
    form = RefusalForm(request.POST or None)
    return _form_of(
        request, found, form, actions.refuse, "Từ chối yêu cầu", "Người yêu cầu đọc được lý do này."
    )
