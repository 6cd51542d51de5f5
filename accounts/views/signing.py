"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login as sign_in
from django.contrib.auth import logout as sign_out
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.forms import LoginForm
from accounts.models import User
from foundation.ui.http import deed, form_page


def _next(request):
    """Where to go after signing in: only an address of this portal."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here else settings.LOGIN_REDIRECT_URL


@form_page(public=True)
def login(request):
    """Sign in. In demo mode the invented people are listed beside the form."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = LoginForm(request, request.POST or None)
    if form.is_valid():
        sign_in(request, form.get_user())
        return redirect(_next(request))
    people = User.objects.demo() if settings.DEMO else ()
    context = {"form": form, "people": people, "next": request.GET.get("next", "")}
    return render(request, "accounts/login.html", context)


@deed
def logout(request):
    """Sign out and forget the session."""
    sign_out(request)
    return redirect("home")
