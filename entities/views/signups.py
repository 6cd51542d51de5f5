"""Pages of producers that sign themselves up, and of the commune that confirms them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.limits import TooManyTries, address_of
from accounts.permissions import require
from accounts.views.signing import enter
from entities import permissions
from entities.actions import signups as actions
from entities.forms.producers import RefusalForm, SignUpForm
from entities.models import Entity, SignUp
from foundation.trail.models import Entry
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.ui.lists import render_list


class SignUpFilter(FilterForm):
    """Search in names."""

    SEARCH = ("name__unaccent", "representative__unaccent")
    SEARCH_LABEL = "Tên chủ thể hoặc người đại diện"
    SORTS = {"moi": ("Mới nhất", "-pk")}


@form_page(public=True)
def signing_up(request):
    """Account and producer in one form; whatever the portal knows, the answer is the same."""
    if request.user.is_authenticated:
        return redirect("desk")
    form, limited = SignUpForm(request.POST or None), None
    if form.is_valid():
        try:
            signup = actions.sign_up(visitor=address_of(request), **form.cleaned_data)
            return enter(request, signup.user, reverse("entities:signup", args=[signup.code]))
        except TooManyTries as refusal:
            form.add_error(None, refusal)
            limited = refusal
    response = render(request, "entities/signups/new.html", {"form": form}, status=429 if limited else 200)
    if limited:
        response["Retry-After"] = str(limited.seconds)
    return response


@page
def signups(request):
    """The sign-ups that this person may see."""
    require(permissions.may_enter_producers(request.user))
    rows = SignUp.objects.visible_to(request.user).for_list()
    return render_list(request, "entities/signups", rows, SignUpFilter)


def _signup(request, code):
    return get_object_or_404(SignUp.objects.visible_to(request.user).for_list(), code=code)


@page
def signup(request, code):
    """One sign-up: for its person where it stands, for the commune what may be one and the same."""
    record, user = _signup(request, code), request.user
    judges = permissions.may_judge_signup(user, record)
    facts = {"name": record.name, "tax_code": record.tax_code, "phone": record.phone}
    context = {
        "signup": record,
        "mine": record.user_id == user.pk,
        "may_judge": judges,
        "like": Entity.objects.visible_to(user).like(**facts).for_list()[:5] if judges else (),
        "timeline": Entry.objects.about(record).as_timeline(),
    }
    return render(request, "entities/signups/signup.html", context)


@deed
def signup_confirmation(request, code):
    """The commune knows this producer."""
    return perform(request, actions.confirm, _signup(request, code), done="Đã xác nhận chủ thể.")


@form_page
def signup_refusal(request, code):
    """The commune does not confirm."""
    record = _signup(request, code)
    require(permissions.may_judge_signup(request.user, record))
    form = RefusalForm(request.POST or None)
    if form.is_valid() and carried_out(form, actions.refuse, record, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã từ chối đơn; người đăng ký được báo lý do.")
        return redirect("entities:signups")
    return render(request, "entities/signups/judge.html", {"form": form, "signup": record})
