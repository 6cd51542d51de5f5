"""Pages of people: who works where, giving and taking back roles, handing over, closing accounts."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts import handover, permissions
from accounts.actions import people as actions
from accounts.exports.people import people_sheet
from accounts.filters.people import PeopleFilter
from accounts.forms.people import ChargeForm, HandOverForm, ReasonForm, TakeBackForm
from accounts.models import Assignment, User
from accounts.permissions import require
from foundation import clock
from foundation.areas.models import Area
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page
from foundation.ui.lists import render_list


def find(request, username):
    """The person by user name, if they may be seen; else 404."""
    return get_object_or_404(
        User.objects.visible_to(request.user).select_related("departure"), username=username
    )


@page
def people(request):
    """The people whom this person may see."""
    user = request.user
    if not permissions.may_see_people(user):
        raise Http404
    rows = User.objects.visible_to(user).for_list()
    context = {"may_invite": bool(permissions.givable_roles(user))}
    return render_list(request, "accounts/people", rows, PeopleFilter, export=people_sheet, context=context)


@page
def person(request, username):
    """One person: roles now and before, what may be done, what was done."""
    record, user = find(request, username), request.user
    charges = list(record.assignments.select_related("area").with_successor().order_by("-start", "-pk"))
    heirs = Area.objects.with_parents().in_bulk({charge.successor_id for charge in charges} - {None})
    today = clock.today()
    context = {
        "person": record,
        "charges": [
            {
                "charge": charge,
                "over": charge.is_over(today),
                "unit_ended": bool(charge.area) and not charge.goes_on and not charge.area.lives_on(today),
                "heir": heirs.get(charge.successor_id),
                "may_take_back": not charge.is_over(today) and permissions.may_take_back(user, charge),
            }
            for charge in charges
        ],
        "timeline": Entry.objects.about(record).as_timeline() if permissions.administers(user) else [],
        "can": {
            "give": bool(permissions.givable_roles(user)) and record.is_active and record.pk != user.pk,
            "retire": permissions.may_retire(user, record),
            "look": permissions.may_look_through(user, record),
            "end_sessions": permissions.may_end_sessions(user, record),
        },
    }
    return render(request, "accounts/people/person.html", context)


@form_page
def charge_new(request, username):
    """Give a role to a person who has an account."""
    record = find(request, username)
    require(bool(permissions.givable_roles(request.user)))
    form = ChargeForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(form, actions.assign, record, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(request, "accounts/people/charge.html", {"person": record, "form": form})


@form_page
def charge_end(request, username, number):
    """Take a role back, at once or after a last day."""
    record = find(request, username)
    charge = get_object_or_404(Assignment.objects.select_related("area", "user"), user=record, pk=number)
    require(permissions.may_take_back(request.user, charge))
    form = TakeBackForm(request.POST or None)
    if form.is_valid() and carried_out(form, actions.take_back, charge, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(
        request, "accounts/people/take_back.html", {"person": record, "charge": charge, "form": form}
    )


@form_page
def handing_over(request, username):
    """Hand a leaving person's roles and open work over: rehearsed first, done when confirmed."""
    record = find(request, username)
    require(permissions.may_retire(request.user, record))
    form = HandOverForm(request.POST or None, person=record, user=request.user)
    context = {"person": record, "form": form, "colleagues": User.objects.colleagues_of(record)[:50]}
    if form.is_valid():
        confirmed = "xac-nhan" in request.POST
        if confirmed and carried_out(form, actions.hand_over, record, by=request.user, **form.cleaned_data):
            return redirect(record)
        if form.is_valid():
            context |= {"pieces": handover.pieces(record), "to": form.cleaned_data["to"]}
            return render(request, "accounts/people/hand_over_check.html", context)
    return render(request, "accounts/people/hand_over.html", context)


@form_page
def closing(request, username):
    """Close an account, or open a closed one again, with a reason."""
    record = find(request, username)
    require(permissions.may_retire(request.user, record))
    action = actions.close_account if record.is_active else actions.open_account
    label = "Khóa tài khoản" if record.is_active else "Mở lại tài khoản"
    form = ReasonForm(request.POST or None, submit_label=label)
    if form.is_valid() and carried_out(form, action, record, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(request, "accounts/people/closing.html", {"person": record, "form": form, "label": label})
