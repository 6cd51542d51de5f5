"""The second factor: at the sign-in, in one's own account, and when it is lost."""

import json

from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy

from accounts.actions import factors as actions
from accounts.factors import codes_left, demo_codes, own_factors
from accounts.forms.signing import AskResetForm
from accounts.middleware.second_factor import must_set_up
from accounts.models import FactorReset, User
from accounts.permissions import may_ask_reset, may_decide_reset, may_see_resets, needs_second_factor
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file


class PasskeyOptions:
    """What the browser is asked to do with a passkey, as JSON for a data attribute."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if data := context.get("js_data"):
            context["options"] = json.dumps(next(iter(data.values())), cls=Encoder)
        return context


class Encoder(DjangoJSONEncoder):
    """Also the library's own mappings."""

    def default(self, o):
        return dict(o) if hasattr(o, "keys") else super().default(o)


class CodeView(PasskeyOptions, AuthenticateView):
    """After the password. In a demonstration the invented person's code stands on the page."""

    template_name = "accounts/code.html"

    def get_context_data(self, **kwargs):
        user = self.stage.login.user
        own = [kind for kind, found in own_factors(user).items() if found]
        return super().get_context_data(**kwargs) | {"own": own, "demo_code": demo_codes([user]).get(user.pk)}


class PasswordAgain(ReauthenticateView):
    """The password again before something sensitive."""

    template_name = "accounts/again.html"


class CodeAgain(CodeAgainView):
    """A code instead of the password."""

    template_name = "accounts/again.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {"demo_code": demo_codes([user]).get(user.pk)}


class PasskeyAgain(PasskeyOptions, ReauthenticateWebAuthnView):
    """A passkey instead of the password."""

    template_name = "accounts/again_passkey.html"


class NewApp(ActivateTOTPView):
    """Scan the square, type the first code."""

    template_name = "accounts/factor_app.html"


class RemoveApp(DeactivateTOTPView):
    """Ask before taking it away."""

    template_name = "accounts/factor_app_remove.html"


class NewPasskey(PasskeyOptions, AddWebAuthnView):
    """The device makes a key for this portal."""

    template_name = "accounts/factor_passkey.html"


class RemovePasskey(RemoveWebAuthnView):
    """Ask before taking it away."""

    template_name = "accounts/factor_passkey_remove.html"
    success_url = reverse_lazy("mfa_index")


class Codes(ViewRecoveryCodesView):
    """Shown once: the page is fetched by GET after they were made, and marks them as seen."""

    template_name = "accounts/recovery_codes.html"


class NewCodes(GenerateRecoveryCodesView):
    """Ten new ones; the old ones are worth nothing any more."""

    template_name = "accounts/recovery_codes_new.html"


authenticate = form_page(public=True)(CodeView.as_view())
password_again = form_page(PasswordAgain.as_view())
code_again = form_page(CodeAgain.as_view())
passkey_again = form_page(PasskeyAgain.as_view())
new_app = form_page(NewApp.as_view())
remove_app = form_page(RemoveApp.as_view())
new_passkey = form_page(NewPasskey.as_view())
remove_passkey = form_page(RemovePasskey.as_view())
recovery_codes = form_page(Codes.as_view())
new_recovery_codes = form_page(NewCodes.as_view())


@page
def index(request):
    """What this person has, what is missing, and what to do next."""
    own = own_factors(request.user)
    codes = own[Authenticator.Type.RECOVERY_CODES]
    context = {
        "apps": own[Authenticator.Type.TOTP],
        "passkeys": own[Authenticator.Type.WEBAUTHN],
        "codes_left": codes_left(codes[0]) if codes else None,
        "obliged": needs_second_factor(request.user),
        "must_set_up": must_set_up(request.user),
    }
    return render(request, "accounts/factors.html", context)


# ---------------------------------------------------------------- every device lost: two officers


@form_page
def resets(request):
    """Requests to take a lost factor away, and a form for a new one."""
    if not may_see_resets(request.user):
        raise Http404
    form = AskResetForm(request.POST or None)
    if form.is_valid() and carried_out(form, ask_by_name, request, form.cleaned_data):
        return redirect("accounts:factor_resets")
    rows = list(FactorReset.objects.for_list()[:50])
    for row in rows:
        row.may_decide = row.is_open and may_decide_reset(request.user, row)
    may_ask = may_ask_reset(request.user, User())
    return render(request, "accounts/factor_resets.html", {"form": form, "rows": rows, "may_ask": may_ask})


def ask_by_name(request, typed):
    """The person by user name; an unknown name is said plainly to those who administer."""
    person = User.objects.named(typed["username"])
    if person is None:
        raise ValidationError({"username": "Không có tài khoản với tên đăng nhập này."})
    return actions.ask_reset(person, by=request.user, reason=typed["reason"])


def open_reset(request, number):
    """A request that this person may know of."""
    if not may_see_resets(request.user):
        raise Http404
    return get_object_or_404(FactorReset, pk=number)


@deed
def reset_confirmation(request, number):
    """The second officer agrees."""
    reset = open_reset(request, number)
    done = "Đã gỡ. Người này đăng nhập bằng mật khẩu rồi đặt phương thức mới."
    return perform(request, actions.confirm_reset, reset, done=done, goes_to="accounts:factor_resets")


@deed
def reset_refusal(request, number):
    """The second officer does not agree."""
    reset = open_reset(request, number)
    return perform(
        request, actions.decline_reset, reset, done="Đã không đồng ý.", goes_to="accounts:factor_resets"
    )


@page
def app_square(request):
    """The square that the phone scans, of the key that this session is about to set up; 404 when there is none."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if secret is None:
        raise Http404
    adapter = get_adapter()
    square = adapter.square(adapter.build_totp_url(request.user, secret))
    return serve_private_file(request, square, "o-vuong.png", inline=True, content_type="image/png")
