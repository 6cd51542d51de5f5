"""Whoever must have a second factor and has none yet meets nothing but the pages that set one up."""

from django.shortcuts import redirect

from accounts.backends import has_second_factor
from accounts.permissions import needs_second_factor

OWN_ACCOUNT = {
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "accounts:profile",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_square",
    "mfa_add_webauthn",
}


def must_set_up(user):
    """This person may not work before a second factor stands."""
    return user.is_authenticated and not has_second_factor(user) and needs_second_factor(user)


class SecondFactor:
    """Stands after Django's LoginRequiredMiddleware: what is public stays public."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Lead to the page that explains and sets up."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or request.resolver_match.view_name in OWN_ACCOUNT:
            return None
        signed_in = request.user.looked_through_by or request.user if request.user.is_authenticated else None
        return redirect("mfa_index") if signed_in and must_set_up(signed_in) else None
