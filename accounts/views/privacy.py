"""Personal data: the public register, my data and its copy, consent."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from accounts.actions import privacy as actions
from accounts.actions import requests as request_actions
from accounts.forms.privacy import ConsentForm, RequestForm, WithdrawalForm
from accounts.models import Consent, DataExport, DataRequest
from accounts.privacy import rules
from foundation import clock
from foundation.jobs.models import Job
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file


def _next(request):
    """Where the person was going: only an address of this portal."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here else ""


def _sent(request):
    """What was sent. A form without a tick is an answer too, so an empty one counts."""
    return request.POST if request.method == "POST" else None


def _agreement(user):
    """The person's answer in force, or None."""
    return Consent.objects.in_force().filter(person=user).first()


@page(public=True)
def register(request):
    """What the portal does with personal data: purposes, time limits, rights, and what is never asked."""
    today = clock.today()
    context = {"rules": rules(), "law": rules().law_on(today), "limits": rules().deadlines_on(today)}
    return render(request, "accounts/register.html", context)


@page
def my_data(request):
    """What the portal holds about this person, their copies and their requests."""
    user = request.user
    jobs = Job.objects.visible_to(user).doing("accounts.works.privacy.collect_my_data").recent()[:1]
    context = {
        "sections": import_string(settings.PERSONAL_DATA)(user),
        "jobs": jobs,
        "exports": DataExport.objects.filter(person=user, expires_at__gt=clock.now()).order_by("-pk")[:3],
        "requests": DataRequest.objects.of(user)[:20],
        "agreement": _agreement(user),
        "text": rules().text_on(clock.today()),
        "kept": rules().retention["export"],
    }
    return render(request, "accounts/my_data.html", context)


@deed
def my_data_copy(request):
    """Ask for a copy of one's own data."""
    done = "Đang lập tệp dữ liệu của bạn. Tệp cũng hiện ở bàn làm việc."
    return perform(request, actions.ask_export, request.user, done=done, goes_to="accounts:my_data")


@page
def my_data_file(request, code):
    """The copy, for its person and until it expires."""
    export = get_object_or_404(DataExport, person=request.user, code=code)
    if export.has_expired:
        raise Http404
    return serve_private_file(request, export.file, "du-lieu-cua-toi.zip", content_type="application/zip")


@form_page
def request_new(request):
    """Ask for a correction, a deletion or something else about one's data."""
    form = RequestForm(request.POST or None)
    if form.is_valid() and carried_out(form, request_actions.receive, **form.cleaned_data, by=request.user):
        return redirect(form.outcome)
    context = {"form": form, "limits": rules().deadlines_on(clock.today())}
    return render(request, "accounts/request_new.html", context)


@form_page
def consent(request):
    """The text in force and the purposes one may agree to, each by itself."""
    text = rules().text_on(clock.today())
    if text is None:
        raise Http404
    agreement = _agreement(request.user)
    chosen = agreement.purposes if agreement and agreement.text_version == text.version else ()
    form = ConsentForm(_sent(request), text=text, chosen=chosen)
    if form.is_valid() and carried_out(
        form, actions.answer_consent, text, **form.cleaned_data, by=request.user
    ):
        return redirect(_next(request) or "accounts:my_data")
    context = {"form": form, "text": text, "next": _next(request), "agreement": agreement}
    return render(request, "accounts/consent.html", context)


@form_page
def consent_withdrawal(request):
    """What follows from taking back one's agreement, and the button that does it."""
    agreement = _agreement(request.user)
    form = WithdrawalForm(_sent(request))
    if form.is_valid() and carried_out(form, request_actions.withdraw_consent, by=request.user):
        return redirect(form.outcome)
    return render(request, "accounts/withdrawal.html", {"form": form, "agreement": agreement})
