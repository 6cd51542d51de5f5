"""Councils: set up, changed and ended by an office; their people and rounds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions
from evaluation.council_forms import (
    AdviserForm,
    CouncilFilter,
    EndForm,
    EstablishForm,
    LeaveForm,
    RoundForm,
    RulesForm,
    SeatForm,
    offices_of,
)
from evaluation.models import Council, Petition
from evaluation.papers.councils import establishment
from evaluation.views.papers import answered
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list


def find(request, code):
    """The council by its code, if this person may know it; else 404."""
    return get_object_or_404(Council.objects.known_to(request.user).for_list(), code=code)


@page
def councils(request):
    """The councils that this person knows."""
    context = {"may_establish": offices_of(request.user).exists()}
    rows = Council.objects.known_to(request.user).for_list()
    return render_list(request, "evaluation/councils", rows, CouncilFilter, context=context)


@page
def council(request, code):
    """One council: decision, Quy chế, people of today and before, advisory team, rounds with their sittings."""
    record, user = find(request, code), request.user
    seats, runs = list(record.seats.for_list()), permissions.may_run(user, record)
    context = {
        "council": record,
        "seats": [seat for seat in seats if seat.ended_on is None],
        "former": [seat for seat in seats if seat.ended_on is not None],
        "advisers": record.advisers.for_list(),
        "rounds": record.rounds.prefetch_related("sittings"),
        "timeline": Entry.objects.about(record).as_timeline(),
        "directs": record.ended_on is None and permissions.may_direct(user, record),
        "runs": runs,
        "petitions": Petition.objects.visible_to(user).filter(case__council=record).for_list()
        if runs
        else [],
    }
    return render(request, "evaluation/councils/council.html", context)


@form_page
def council_new(request):
    """Enter a council that was set up by decision."""
    if not offices_of(request.user).exists():
        raise Http404
    form = EstablishForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        facts = form.facts
        if carried_out(form, actions.establish, facts.pop("area"), by=request.user, **facts):
            messages.success(request, "Đã lập hội đồng. Hãy cử các thành viên.")
            return redirect(form.outcome)
    return _form(request, form, "Lập hội đồng", "Nhập đúng như quyết định thành lập và Quy chế hoạt động")


@page
def council_scan(request, code):
    """The decision that set the council up, as it was scanned; with ``du-thao`` its draft as a paper."""
    record = find(request, code)
    if form := request.GET.get("du-thao"):
        name, moment = f"du-thao-quyet-dinh-{record.code}", record.decided_on
        return answered(request, "establishment", establishment(record), form, name, moment=moment)
    if not record.scan:
        raise Http404
    name = f"quyet-dinh-{record.code}.{record.scan.name.rpartition('.')[2]}"
    return serve_private_file(request, record.scan, name, inline=True, content_type=record.scan_type)


@form_page
def council_rules(request, code):
    """Change the Quy chế."""
    record = find(request, code)
    form = RulesForm(request.POST or None, instance=record)
    if not permissions.may_direct(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, actions.change_rules, record, by=request.user, **form.facts):
        messages.success(request, "Đã lưu Quy chế.")
        return redirect(record)
    return _form(
        request,
        form,
        "Quy chế của hội đồng",
        "Mỗi quy tắc phải được chọn; màn hình ghi rõ quy tắc đang áp dụng",
        record,
    )


@form_page
def council_end(request, code):
    """The council ends."""
    record = find(request, code)
    return _directed(request, record, EndForm(request.POST or None), actions.end_council, "Kết thúc hội đồng")


@form_page
def seat_new(request, code):
    """Give a person a seat."""
    record = find(request, code)
    form = SeatForm(request.POST or None, user=request.user, council=record)
    return _directed(request, record, form, actions.appoint, "Cử thành viên hội đồng")


@form_page
def seat_end(request, code, number):
    """A member leaves, with or without somebody in the place."""
    record = find(request, code)
    seat = get_object_or_404(record.seats.for_list(), pk=number)
    form = LeaveForm(request.POST or None, user=request.user, council=record)
    return _directed(request, record, form, actions.end_seat, f"Thay thành viên: {seat}", about=seat)


@form_page
def adviser_new(request, code):
    """Put a person on the advisory team."""
    record = find(request, code)
    form = AdviserForm(request.POST or None, user=request.user)
    return _directed(request, record, form, actions.add_adviser, "Cử thành viên tổ tư vấn")


@deed
def adviser_end(request, code, number):
    """A person leaves the advisory team."""
    record = find(request, code)
    adviser = get_object_or_404(record.advisers.for_list(), pk=number)
    return perform(request, actions.end_adviser, adviser, done="Đã ghi thôi tổ tư vấn.", goes_to=record)


@form_page
def round_new(request, code):
    """Plan a round."""
    record = find(request, code)
    return _kept(request, record, RoundForm(request.POST or None), actions.plan_round, "Mở đợt đánh giá")


@form_page
def round_edit(request, code, number):
    """Other days for a round."""
    record = find(request, code)
    row = get_object_or_404(record.rounds.all(), number=number)
    days = {name: getattr(row, name) for name in RoundForm.base_fields}
    form = RoundForm(request.POST or None, initial=days)
    return _kept(request, record, form, actions.change_round, f"Sửa đợt {row.number}", about=row)


def _directed(request, record, form, action, title, about=None):
    allowed = permissions.may_direct(request.user, record)
    return _asked(request, record, form, action, title, about, allowed)


def _kept(request, record, form, action, title, about=None):
    return _asked(request, record, form, action, title, about, permissions.may_run(request.user, record))


def _asked(request, record, form, action, title, about, allowed):
    """A form about the council, or about something of it, for those who may."""
    if not allowed:
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, action, about or record, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã lưu.")
        return redirect(record)
    return _form(request, form, title, record.name, record)


def _form(request, form, title, process, record=None):
    form.cancel_url = record.get_absolute_url() if record else ""
    context = {"form": form, "title": title, "process": process, "council": record}
    return render(request, "evaluation/councils/form.html", context)
