"""The address of the mail server."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ocop_portal.mail import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", MailServer()),
        ("smtp://thu.example.vn", MailServer("smtp", "thu.example.vn", 25)),
        (
            "smtp+starttls://ocop:m%40t@thu.example.vn",
            MailServer("smtp+starttls", "thu.example.vn", 587, "ocop", "m@t"),
        ),
        ("smtps://ocop:mat@thu.example.vn:4465", MailServer("smtps", "thu.example.vn", 4465, "ocop", "mat")),
    ],
)
def test_an_address_says_where_and_how(url, server):
    assert mail_server(url) == server


@pytest.mark.parametrize("url", ["thu.example.vn", "http://thu.example.vn", "smtp://"])
def test_any_other_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail_server(url)
