"""Pages of invitations: sending them, and taking one up by its link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import permissions
from accounts.actions import invitations as actions
from accounts.filters.people import InvitationFilter
from accounts.forms.people import InvitationForm, JoinForm
from accounts.models import Invitation
from accounts.views.signing import enter
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.ui.lists import render_list

LINK = "lien_ket_moi"  # the link that was just made waits in the session for the one page that shows it


@page
def invitations(request):
    """The invitations that this person may see."""
    if not permissions.givable_roles(request.user):
        raise Http404
    rows = Invitation.objects.visible_to(request.user).for_list()
    return render_list(request, "accounts/invitations", rows, InvitationFilter)


@form_page
def invitation_new(request):
    """Invite a person to a role; the link is shown once."""
    if not permissions.givable_roles(request.user):
        raise Http404
    form = InvitationForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(form, actions.invite, by=request.user, **form.cleaned_data):
        invitation, token = form.outcome
        request.session[LINK] = [str(invitation.code), token]
        return redirect("accounts:invitation", invitation.code)
    return render(request, "accounts/invitations/new.html", {"form": form})


@page
def invitation(request, code):
    """One invitation; right after it was made, with its link. The link is shown this once and kept nowhere."""
    record = get_object_or_404(Invitation.objects.visible_to(request.user).for_list(), code=code)
    made, token = request.session.get(LINK, ("", ""))
    link = ""
    if made == str(code):
        link = actions.link_of(token)
        del request.session[LINK]
    context = {
        "invitation": record,
        "link": link,
        "may_withdraw": record.status == "waiting"
        and permissions.may_give(request.user, record.role, record.area),
    }
    return render(request, "accounts/invitations/invitation.html", context)


@deed
def invitation_withdrawal(request, code):
    """Take an invitation back."""
    record = get_object_or_404(Invitation.objects.visible_to(request.user), code=code)
    back = reverse("accounts:invitation", args=[code])
    return perform(request, actions.withdraw_invitation, record, done="Đã thu hồi lời mời.", goes_to=back)


@form_page(public=True)
def joining(request, token):
    """The page behind the link of an invitation."""
    found = Invitation.objects.of_token(token).for_list().first()
    if found is None or found.refusal:
        actions.note_refusal(found)
        context = {"refusal": found.refusal if found else "Liên kết này không đúng hoặc không đầy đủ."}
        return render(request, "accounts/invitations/void.html", context, status=410 if found else 404)
    if request.user.is_authenticated:
        return _take_up(request, found)
    form = JoinForm(request.POST or None, initial={"full_name": found.full_name})
    if form.is_valid() and carried_out(form, actions.join, found, **form.cleaned_data):
        return enter(request, form.outcome)
    return render(request, "accounts/invitations/join.html", {"invitation": found, "form": form})


def _take_up(request, found):
    """Somebody who is signed in: one button."""
    if request.method == "POST":
        response = perform(
            request,
            actions.take_up,
            found,
            done=f"Bạn đã nhận vai trò {found.label}.",
            goes_to=reverse("desk"),
        )
        messages.info(request, "Nếu bạn có nhiều vai trò, chọn vai trò đang làm ở góc trên bên phải.")
        return response
    return render(request, "accounts/invitations/take_up.html", {"invitation": found})
