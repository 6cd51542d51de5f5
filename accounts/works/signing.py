"""Letters about accounts, put into the outbox behind the pages: nobody learns from the time an answer takes."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import LetterKind, User
from accounts.notices import link, write_to
from foundation.jobs.queue import work

LINKS = {"password_changed": "account_reset_password", "factor_changed": "mfa_index"}


def set_password_link(person):
    """An address that lets the person choose a password once; dies with a new password, address or sign-in."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return link(reverse("account_reset_password_from_key", args=[uid, token]))


@work
def send_reset_letter(progress, *, person):
    """The link for a new password; a number that belongs to nobody sends nothing."""
    found = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
    if found is not None:
        facts = {"username": found.username, "link": set_password_link(found)}
        facts["hours"] = settings.PASSWORD_RESET_TIMEOUT // 3600
        key = f"password:{progress.job.code}"
        write_to(found, "mail/password_reset.txt", facts, kind=LetterKind.PASSWORD, key=key)


@work
def send_account_letter(progress, *, person, name, to="", token=""):
    """What happened to the account, to its own address or to the one that is to become it."""
    found = User.objects.get(pk=person)
    if not (to or found.email):
        return
    view, args = ("accounts:email_confirmation", [token]) if token else (LINKS.get(name), [])
    facts = {"name": found.full_name, "username": found.username}
    facts["link"] = link(reverse(view, args=args)) if view else ""
    kind = LetterKind.CONFIRMATION if token else LetterKind.ACCOUNT
    whom = found if to in {"", found.email} else to
    write_to(whom, f"mail/{name}.txt", facts, kind=kind, key=f"account:{progress.job.code}")
