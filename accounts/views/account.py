"""“Tài khoản của tôi”: what a person has here, where they are signed in, their address."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.actions import own_account
from accounts.actions import sessions as session_deeds
from accounts.browsers import sessions_of
from accounts.forms.signing import EmailForm
from accounts.models import User
from accounts.permissions import may_end_sessions, needs_second_factor
from foundation.ui.http import carried_out, deed, form_page, page, perform


@page
def profile(request):
    """One's own account, with a link to everything about it."""
    return render(request, "accounts/profile.html", {"obliged": needs_second_factor(request.user)})


@page
def sessions(request):
    """Where this person is signed in. Sessions that have ended by themselves are not listed."""
    rows = sessions_of(request.user)
    for row in rows:
        row.is_this = row.session_key == request.session.session_key
    return render(request, "accounts/sessions.html", {"rows": rows})


@deed
def session_end(request, number):
    """End one of them."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    done = "Đã kết thúc phiên đó."
    return perform(request, session_deeds.end_session, session, done=done, goes_to="usersessions_list")


@deed
def other_sessions_end(request):
    """End all but this one."""
    return perform(
        request,
        session_deeds.end_other_sessions,
        request.user,
        done="Đã kết thúc các phiên khác.",
        goes_to="usersessions_list",
        keep=request.session.session_key,
    )


@deed
def person_sessions_end(request, username):
    """An administrator signs a person out everywhere. To others no name exists here."""
    if not may_end_sessions(request.user, User()):
        raise Http404
    person = get_object_or_404(User, username=username)
    done = f"Đã kết thúc mọi phiên của {person}."
    return perform(request, session_deeds.end_all_sessions, person, done=done, goes_to="desk")


@form_page
@reauthentication_required
def email(request):
    """Ask for another address; a link goes to it."""
    form = EmailForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, own_account.ask_for_new_email, request.user, form.cleaned_data["email"], by=request.user
    ):
        messages.success(request, "Đã gửi thư. Hãy mở đường dẫn trong thư ở địa chỉ mới, trong 24 giờ.")
        return redirect("accounts:profile")
    return render(request, "accounts/email.html", {"form": form})


@form_page
def email_confirmation(request, token):
    """The link was opened: one press makes the address theirs."""
    try:
        new = own_account.promised_email(request.user, token)
        if request.method == "POST":
            own_account.confirm_new_email(request.user, token, by=request.user)
            messages.success(request, "Đã đổi địa chỉ thư.")
            return redirect("accounts:profile")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("accounts:profile")
    return render(request, "accounts/email_confirmation.html", {"new": new})
