"""Whoever has not answered the consent text in force is asked first, once; nothing else is kept from them."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import Consent
from accounts.privacy import rules
from foundation import clock

OWN_ACCOUNT = (
    "accounts:",
    "account_",
    "mfa_",
    "usersessions_",
)  # a second factor is set up before the question
ANSWERED = "consent_answered"


class ConsentFirst:
    """Leads from a page to the text. Forms, deeds, files of htmx, signing out and the account's own pages pass."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Ask when the page is private and the text of today has no answer; the session remembers that it has."""
        if not self.concerns(request, view):
            return None
        text = rules().text_on(clock.today())
        if text is None:
            return None
        mark = f"{request.user.pk}:{text.version}"
        if request.session.get(ANSWERED) == mark:
            return None
        if Consent.objects.answered(request.user, text.version):
            request.session[ANSWERED] = mark
            return None
        return redirect(f"{reverse('accounts:consent')}?{urlencode({'next': request.get_full_path()})}")

    def concerns(self, request, view):
        """A signed-in person opens a page of work."""
        is_page = request.method == "GET" and getattr(view, "kind", "") == "page" and not view.public
        own = request.resolver_match.view_name.startswith(OWN_ACCOUNT)
        asked = is_page and not own and "HX-Request" not in request.headers and request.user.is_authenticated
        return asked and request.user.looked_through_by is None
