"""What people type about themselves: to sign in, for a second factor, for a new password or address."""

from allauth.account.forms import ReauthenticateForm as BasePasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm as BaseCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseCodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation

from accounts.factors import accept_code
from accounts.limits import CODE, count, take_back
from accounts.passwords import HELP, LONGEST
from foundation.ui.forms import PortalForm, PortalFormMixin


def password_field(label, *, new=False, **more):
    """A password as browsers and their stores know it; pasting is welcome."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **more)


def code_widget():
    """Six digits, offered by the phone's keyboard where it can."""
    return forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20, "autofocus": True}
    )


class LoginForm(PortalForm):
    """User name or address, and password; who that is, the view asks."""

    submit_label = "Đăng nhập"
    username = forms.CharField(
        label="Tên đăng nhập hoặc địa chỉ thư",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = password_field("Mật khẩu")


class PasswordAgainForm(PortalFormMixin, BasePasswordAgainForm):
    """The password once more, before something sensitive."""

    submit_label = "Xác nhận"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field("Mật khẩu hiện tại")


class CodeFormMixin(PortalFormMixin):
    """A code from the phone or one of the recovery codes; each is taken once."""

    submit_label = "Xác nhận"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Mã xác nhận"
        self.fields["code"].widget = code_widget()
        self.fields["code"].max_length = 20

    def clean_code(self):
        """Counted, compared and used up in one deed."""
        code = self.cleaned_data["code"]
        self.authenticator = accept_code(self.user, code)
        self.authenticator.user = self.user
        return code


class CodeForm(CodeFormMixin, BaseCodeForm):
    """At the sign-in, after the password."""


class CodeAgainForm(CodeFormMixin, BaseCodeAgainForm):
    """Inside a session, before something sensitive."""


class FirstCodeForm(PortalFormMixin, ActivateTOTPForm):
    """The first code of a new authenticator app proves that it holds the secret."""

    submit_label = "Bật mã xác nhận"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Mã 6 số trong ứng dụng"
        self.fields["code"].widget = code_widget()

    def clean_code(self):
        """Guessing is counted as for every code."""
        keys = count([(CODE, self.user.pk)], about=self.user, act="Từ chối mã xác nhận")
        code = super().clean_code()
        take_back(keys)
        return code


class NewPasskeyForm(PortalFormMixin, AddWebAuthnForm):
    """A name for the device; the browser fills in the rest."""

    submit_label = "Tạo khóa truy cập"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Tên thiết bị",
            max_length=60,
            initial="Khóa truy cập",
            help_text="Ví dụ: Máy cơ quan, Điện thoại.",
        )
        self.fields["credential"].error_messages["required"] = "Trình duyệt chưa tạo được khóa. Hãy thử lại."


class NewPasswordMixin:
    """The new password, twice only in the head: shown rules, no second field to mistype."""

    def clean_new_password(self):
        """By the rules for passwords."""
        password = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordMixin, PortalForm):
    """The old one proves who asks."""

    submit_label = "Đổi mật khẩu"
    old_password = password_field("Mật khẩu hiện tại")
    new_password = password_field("Mật khẩu mới", new=True, help_text=HELP)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user


class SetPasswordForm(NewPasswordMixin, PortalForm):
    """The link from the letter proves who asks."""

    submit_label = "Lưu mật khẩu"
    new_password = password_field("Mật khẩu mới", new=True, help_text=HELP)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user


class ResetForm(PortalForm):
    """Whose password was forgotten."""

    submit_label = "Gửi đường dẫn"
    typed = forms.CharField(
        label="Tên đăng nhập hoặc địa chỉ thư",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class EmailForm(PortalForm):
    """The new address."""

    submit_label = "Gửi thư xác nhận"
    email = forms.EmailField(
        label="Địa chỉ thư mới", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AskResetForm(PortalForm):
    """Whose factor is lost, and how the officer made sure."""

    submit_label = "Gửi đề nghị"
    username = forms.CharField(label="Tên đăng nhập của người mất thiết bị", max_length=254)
    reason = forms.CharField(
        label="Đã xác minh người này bằng cách nào",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: gặp trực tiếp tại trụ sở, gọi lại số máy cơ quan. Không ghi số giấy tờ tùy thân.",
    )
