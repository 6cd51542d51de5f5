"""Signing in and out."""

from allauth.account.internal.flows import login as login_flow
from allauth.account.internal.flows.logout import logout as sign_out
from allauth.account.models import Login
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.debug import sensitive_post_parameters

from accounts import devices
from accounts.actions.signing_in import recognise
from accounts.adapters import is_own
from accounts.factors import demo_codes as codes_of
from accounts.forms.signing import LoginForm
from accounts.limits import TooManyTries, address_of
from accounts.models import User
from foundation.ui.http import deed, form_page, page


def next_of(request):
    """Where to go after signing in: only an address of this portal."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_own(request, wanted) else resolve_url(settings.LOGIN_REDIRECT_URL)


@form_page(public=True)
@sensitive_post_parameters("password")
def login(request):
    """Sign in. In demo mode the invented people are listed beside the form."""
    if request.user.is_authenticated:
        return redirect(next_of(request))
    form, refusal = LoginForm(request.POST or None), None
    if form.is_valid():
        try:
            return enter(request, recognised(request, form.cleaned_data))
        except ValidationError as problem:
            form.add_error(None, problem)
            refusal = problem
    return sign_in_page(request, form, refusal)


def recognised(request, typed):
    """The person who typed this. Raises ValidationError."""
    return recognise(
        typed["username"],
        typed["password"],
        address=address_of(request),
        device_of=lambda user: devices.device_of(request, user),
    )


def enter(request, user, url=""):
    """On to the second factor, or inside. Having just typed the password counts as fresh for what is sensitive."""
    login_flow.record_authentication(
        request, user, method="password", username=user.username, reauthenticated=True
    )
    return login_flow.perform_login(request, Login(user=user, redirect_url=url or next_of(request)))


def sign_in_page(request, form, refusal):
    """The page, with what a demonstration adds; a limit answers 429 and says when to come again."""
    context = {
        "form": form,
        "people": demo_people(),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "timed_out": request.GET.get("ly-do") == "het-gio",
        "single_sign_on": settings.OIDC_NAME if settings.SINGLE_SIGN_ON else "",
    }
    limited = isinstance(refusal, TooManyTries)
    response = render(request, "accounts/login.html", context, status=429 if limited else 200)
    if limited:
        response["Retry-After"] = str(refusal.seconds)
    return response


def demo_people():
    """The invented people with their one-time codes of this moment; nobody outside a demonstration."""
    if not settings.DEMO:
        return []
    people = list(User.objects.demo())
    codes = codes_of(people)
    for person in people:
        person.demo_code = codes.get(person.pk)
    return people


@page(public=True)
def demo_codes(request):
    """The same table by itself, fetched again while the page is open."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/_demo_people.html", {"people": demo_people()})


@deed
def logout(request):
    """Sign out and forget the session."""
    sign_out(request, show_message=False)
    return redirect("home")
