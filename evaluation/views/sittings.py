"""Sittings of a council: called, prepared, held."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from evaluation import actions, permissions
from evaluation.council_forms import AgendaForm, AttendanceForm, CancelForm, SittingForm
from evaluation.models import Sitting, SittingStatus
from evaluation.sittings import members_of
from evaluation.views.councils import find
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, turned_away

RUNNING = (SittingStatus.PLANNED, SittingStatus.OPEN)


def _sitting(request, code):
    return get_object_or_404(Sitting.objects.visible_to(request.user).for_list(), code=code)


@page
def sitting(request, code):
    """One sitting: when, where, its agenda, and who was there."""
    record = _sitting(request, code)
    called = {row.seat_id: row for row in record.attendance.all()}
    members = list(members_of(record))
    context = {
        "sitting": record,
        "council": record.council,
        "agenda": record.agenda.select_related("case__dossier__product__entity", "case__council__area"),
        "members": [{"seat": seat, "row": called.get(seat.pk)} for seat in members],
        "came": sum(row.present for row in called.values()),
        "needed": record.council.quorum_percent,
        "runs": record.status in RUNNING and permissions.may_run(request.user, record.council),
        "timeline": Entry.objects.about(record).as_timeline(),
    }
    return render(request, "evaluation/sittings/sitting.html", context)


@form_page
def sitting_new(request, code, number):
    """Call the council together in a round."""
    council = find(request, code)
    row = get_object_or_404(council.rounds.select_related("council"), number=number)
    form = SittingForm(request.POST or None)
    if not permissions.may_run(request.user, council):
        return turned_away(request, form, council)
    if form.is_valid() and carried_out(form, actions.call_sitting, row, by=request.user, **form.cleaned_data):
        return redirect(form.outcome)
    return _form(request, form, "Lên lịch họp", row, council)


@form_page
def agenda(request, code):
    """Which cases the sitting takes, in which order, presented by whom."""
    record = _sitting(request, code)
    form = AgendaForm(request.POST or None, sitting=record)
    return _prepared(request, record, form, actions.set_agenda, "Chương trình phiên họp", lambda: form.items)


@form_page
def attendance(request, code):
    """Call the members out."""
    record = _sitting(request, code)
    form = AttendanceForm(request.POST or None, sitting=record, members=members_of(record))
    return _prepared(request, record, form, actions.note_attendance, "Điểm danh", lambda: form.rows)


@form_page
def sitting_cancel(request, code):
    """The sitting does not take place."""
    record = _sitting(request, code)
    form = CancelForm(request.POST or None)
    if not permissions.may_run(request.user, record.council):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.cancel_sitting, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return _form(request, form, "Hủy phiên họp", record, record)


@deed
def sitting_opening(request, code):
    """The sitting begins."""
    return perform(request, actions.open_sitting, _sitting(request, code), done="Phiên họp bắt đầu.")


@deed
def sitting_closing(request, code):
    """The sitting ends."""
    return perform(request, actions.close_sitting, _sitting(request, code), done="Đã bế mạc phiên họp.")


def _prepared(request, record, form, action, title, what):
    if not permissions.may_run(request.user, record.council):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, action, record, what(), by=request.user):
        messages.success(request, "Đã lưu.")
        return redirect(record)
    return _form(request, form, title, record, record)


def _form(request, form, title, process, back):
    form.cancel_url = back.get_absolute_url()
    context = {"form": form, "title": title, "process": process, "council": back}
    return render(request, "evaluation/councils/form.html", context)
