"""A new password: changed, or chosen anew by a link from a letter."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions import own_account, signing_in
from accounts.backends import PortalBackend
from accounts.forms.signing import ChangePasswordForm, ResetForm, SetPasswordForm
from accounts.limits import address_of
from foundation.ui.http import carried_out, form_page, page

FIRST_TIME = "Đặt mật khẩu lần đầu"
ANEW = "Đặt lại mật khẩu"


@form_page
@sensitive_post_parameters()
def change(request):
    """Change it, knowing the old one. All other sessions end."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(form, change_own, request, form.cleaned_data):
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("accounts:profile")
    return render(request, "accounts/password_change.html", {"form": form})


def change_own(request, typed):
    """The deed, and this session goes on under a new key."""
    user = request.user
    signing_in.confirm_password(user, typed["old_password"])
    own_account.set_password(user, typed["new_password"], by=user)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


@form_page(public=True)
def ask_reset(request):
    """Ask for a link. Nobody learns here whether such an account exists."""
    form = ResetForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, own_account.ask_for_reset, form.cleaned_data["typed"], address=address_of(request)
    ):
        return redirect("account_reset_password_done")
    return render(request, "accounts/password_reset.html", {"form": form})


@page(public=True)
def reset_sent(request):
    """The same page whoever asked."""
    return render(request, "accounts/password_reset_sent.html")


@form_page(public=True)
@sensitive_post_parameters()
def set_new(request, uid, token):
    """Choose a password by the link. It serves once, and the second factor still stands."""
    person = person_of(uid)
    if person is None or not default_token_generator.check_token(person, token):
        return render(request, "accounts/password_link_dead.html", status=410)
    first = not person.has_usable_password()
    form = SetPasswordForm(request.POST or None, user=person)
    act = FIRST_TIME if first else ANEW
    if form.is_valid() and carried_out(
        form, own_account.set_password, person, form.cleaned_data["new_password"], by=None, act=act
    ):
        messages.success(request, "Đã lưu mật khẩu mới. Hãy đăng nhập.")
        return redirect("account_login")
    return render(request, "accounts/password_set.html", {"form": form, "person": person})


def person_of(uid):
    """The active person whose link this is."""
    try:
        number = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    return PortalBackend().get_user(number) if number < 2**63 else None
