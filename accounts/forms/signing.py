"""Signing in."""

from django.contrib.auth.forms import AuthenticationForm

from foundation.ui.forms import PortalFormMixin, tidied
from foundation.ui.wording import say_it_plainly


class LoginForm(PortalFormMixin, AuthenticationForm):
    """User name and password; the answer never says which of the two was wrong."""

    submit_label = "Đăng nhập"
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại.",
        "inactive": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại.",
    }

    def __init__(self, request, data=None):
        AuthenticationForm.__init__(self, request, tidied(data))
        self.outcome = None
        for field in self.fields.values():
            say_it_plainly(field)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
