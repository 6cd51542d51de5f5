"""Signing in through another system, where settings name one (OpenID Connect)."""

import functools

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from requests import RequestException

from accounts.adapters import SingleSignOnAdapter, sentence_case
from foundation.ui.http import form_page


def calm(view):
    """A system that is away, or describes itself wrongly, is no failure of this portal."""

    @functools.wraps(view)
    def wrapped(request, provider_id):
        try:
            return view(request, provider_id)
        except (RequestException, OAuth2Error, KeyError):
            messages.error(request, sentence_case(SingleSignOnAdapter.AWAY.format(name=settings.OIDC_NAME)))
            return redirect("account_login")

    return wrapped


# Both answer GET and write: the first keeps the state of this sign-in, the second, as the protocol wants it, uses the
# state up and links the accounts at a first visit.
login = form_page(public=True)(calm(oidc.login))
callback = form_page(public=True)(calm(oidc.callback))
