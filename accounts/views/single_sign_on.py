"""Signing in through another system, where settings name one (OpenID Connect)."""

from allauth.socialaccount.providers.openid_connect import views as oidc

from foundation.ui.http import form_page, page

login = page(public=True)(oidc.login)
# The protocol answers by GET, and a first visit writes the link between both accounts; its state is used up once.
callback = form_page(public=True)(oidc.callback)
