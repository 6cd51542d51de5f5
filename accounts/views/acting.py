"""Which role a person acts in, and looking through another person's eyes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from accounts import permissions
from accounts.actions import people as actions
from accounts.actions.sessions import renew_key
from accounts.forms.people import ReasonForm
from accounts.middleware.person import EYES, ROLE
from accounts.permissions import require
from accounts.views.people import find
from foundation.ui.http import carried_out, deed, form_page, page


@page
def roles(request):
    """The roles that this person holds today; one of them is acted in."""
    return render(
        request, "accounts/roles.html", {"charges": request.user.charges, "acting": request.user.acting}
    )


@deed
def role_choice(request):
    """Act in another of one's roles from now on; the session gets a new key."""
    wanted = request.POST.get("vai_tro", "")
    charge = next((charge for charge in request.user.charges if str(charge.pk) == wanted), None)
    if charge is None:
        raise PermissionDenied
    renew_key(request.session)
    request.session[ROLE] = charge.pk
    messages.success(request, f"Bạn đang làm việc với vai trò {charge.label}.")
    return redirect("desk")


@form_page
def looking(request, username):
    """Look through another person's eyes, to help: everything can be read, nothing can be done."""
    person = find(request, username)
    require(permissions.may_look_through(request.user, person))
    form = ReasonForm(request.POST or None, submit_label="Bắt đầu nhìn qua")
    if form.is_valid() and carried_out(
        form, actions.begin_looking, person, by=request.user, **form.cleaned_data
    ):
        renew_key(request.session)
        request.session[EYES] = person.pk
        return redirect("desk")
    return render(request, "accounts/people/looking.html", {"person": person, "form": form})


@deed
def looking_end(request):
    """Look with one's own eyes again."""
    administrator = request.user.looked_through_by
    if administrator is None:
        return redirect("desk")
    person = request.user
    actions.end_looking(person, by=administrator)
    renew_key(request.session)
    del request.session[EYES]
    return redirect(person)
