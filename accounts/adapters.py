"""How allauth speaks and behaves here: its words are ours, its letters go through our jobs, nobody signs up."""

from io import BytesIO
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import devices, factors
from accounts.actions import signing_in
from accounts.actions.own_account import tell
from accounts.limits import address_of
from accounts.models import User
from foundation.trail.moves import write

TRY_LATER = "Đã thử quá nhiều lần. Hãy chờ vài phút rồi thử lại."
SAID = {
    "mfa/messages/totp_activated.txt": "Đã bật mã xác nhận trên điện thoại.",
    "mfa/messages/totp_deactivated.txt": "Đã bỏ ứng dụng tạo mã.",
    "mfa/messages/recovery_codes_generated.txt": "Đã tạo mã dự phòng. Hãy lưu lại ngay: các mã chỉ hiện một lần.",
    "mfa/messages/webauthn_added.txt": "Đã thêm khóa truy cập.",
    "mfa/messages/webauthn_removed.txt": "Đã bỏ khóa truy cập.",
}
AGAIN = {
    "reauthenticate": "Dùng mật khẩu",
    "mfa_reauthenticate": "Dùng mã trên điện thoại hoặc mã dự phòng",
    "mfa_reauthenticate:webauthn": "Dùng khóa truy cập",
}
LETTERS = {
    "mfa/email/totp_activated": "factor_changed",
    "mfa/email/totp_deactivated": "factor_changed",
    "mfa/email/recovery_codes_generated": "factor_changed",
    "mfa/email/webauthn_added": "factor_changed",
    "mfa/email/webauthn_removed": "factor_changed",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": signing_in.MISMATCH,
        "incorrect_code": factors.WRONG_CODE,
        "incorrect_password": signing_in.WRONG_PASSWORD,
        "too_many_login_attempts": TRY_LATER,
        "rate_limited": TRY_LATER,
    }

    def is_open_for_signup(self, request):
        """Accounts come by invitation only."""
        return False

    def get_login_stages(self):
        """After the password nothing but the second factor."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def respond_user_inactive(self, request, user):
        """The same words as for a wrong password."""
        messages.error(request, signing_in.MISMATCH)
        return redirect("account_login")

    def post_login(self, request, user, **facts):
        """Signed in: into the trail; this browser is known from now on."""
        response = super().post_login(request, user, **facts)
        write(user, "Đăng nhập", by=user)
        devices.remember(request, response, user)
        return response

    def logout(self, request):
        """Signed out: into the trail."""
        write(request.user, "Đăng xuất", by=request.user)
        super().logout(request)

    def is_safe_url(self, url):
        """Only addresses of the host that was asked: allauth would also follow its other names."""
        return is_own(self.request, url)

    def reauthenticate(self, user, password):
        """The password again, inside a session."""
        signing_in.confirm_password(user, password)
        return True

    def get_reauthentication_methods(self, user):
        """Its ways, in our words."""
        return [way | {"description": AGAIN[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_client_ip(self, request):
        return address_of(request)

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        """Our words or none: a template of allauth's own is never shown."""
        if text := message or SAID.get(message_template):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """A letter of ours, sent behind the pages."""
        if name := LETTERS.get(template_prefix):
            tell(user, name)


def is_own(request, url):
    """Whether the address lies in this portal."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


class FactorAdapter(DefaultMFAAdapter):
    """The second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": factors.WRONG_CODE,
        "cannot_generate_recovery_codes": "Hãy đặt ứng dụng tạo mã hoặc khóa truy cập trước khi tạo mã dự phòng.",
        "unverified_email": "Hãy xác nhận địa chỉ thư trước.",
        "cannot_delete_authenticator": "Không bỏ được phương thức này.",
        "add_email_blocked": "Không thêm được địa chỉ thư.",
    }

    def get_totp_issuer(self):
        return f"Cổng OCOP {settings.PROVINCE_NAME}"

    def _get_user_identifier(self, user):
        return user.username

    def build_totp_svg(self, url):
        """Not drawn into the page: the policy of the pages takes pictures from our own addresses only."""
        return ""

    def square(self, url):
        """The square as a PNG file, dark on white in every colour scheme."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="png", scale=4, border=4, light="#fff")
        out.seek(0)
        return out

    def encrypt(self, text):
        return factors.encrypt(text)

    def decrypt(self, encrypted_text):
        return factors.decrypt(encrypted_text)

    def generate_authenticator_name(self, user, type):
        return "Khóa truy cập"

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the configured host, whatever the request claimed."""
        return {"id": urlsplit(settings.PORTAL_URL).hostname, "name": self.get_totp_issuer()}


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Another system may say who someone is; it never makes an account."""

    UNKNOWN = "Không có tài khoản nào trên cổng có địa chỉ thư {email}. Hãy nhờ quản trị viên mở tài khoản."
    UNVERIFIED = "{name} chưa xác nhận địa chỉ thư của bạn, nên cổng chưa thể dùng để đăng nhập."
    CANCELLED = "Bạn đã dừng đăng nhập bằng {name}."
    AWAY = (
        "{name} đang không trả lời hoặc trả lời không hợp lệ. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu."
    )

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Known already, or the verified address of exactly one active account; else a sentence and the way back."""
        if sociallogin.is_existing:
            return
        stated = next(iter(sociallogin.email_addresses), None)
        if stated is None or stated.verified is not True:
            refuse(request, self.UNVERIFIED.format(name=settings.OIDC_NAME))
        person = User.objects.filter(is_active=True, email__iexact=stated.email).first()
        if person is None:
            refuse(request, self.UNKNOWN.format(email=stated.email))
        sociallogin.connect(request, person)
        write(person, "Nối với hệ thống đăng nhập một lần", by=None)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Cancelled there, away, or something in the answer was wrong."""
        text = self.CANCELLED if str(getattr(error, "value", error)) == "cancelled" else self.AWAY
        refuse(request, text.format(name=settings.OIDC_NAME))


def refuse(request, sentence):
    """Back to the sign-in page with the reason."""
    messages.error(request, sentence_case(sentence))
    raise ImmediateHttpResponse(redirect(reverse("account_login")))


def sentence_case(text):
    """The first letter is a capital one; names that follow keep theirs."""
    return text[:1].upper() + text[1:]
