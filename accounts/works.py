"""Letters about accounts, written behind the pages: no visitor waits for a mail server or learns from its slowness."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.letters import address, letter
from accounts.models import User
from foundation.jobs.queue import work


def set_password_link(person):
    """An address that lets the person choose a password once; dies with a new password, address or sign-in."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return address("account_reset_password_from_key", uid, default_token_generator.make_token(person))


@work
def send_reset_letter(progress, *, person):
    """The link for a new password; a number that belongs to nobody sends nothing."""
    found = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
    if found is not None:
        letter("password_reset", found.email, {"person": found, "link": set_password_link(found)}).send()


@work
def send_account_letter(progress, *, person, name, to="", token=""):
    """What happened to the account, to its own address or to the one that is to become it."""
    found = User.objects.get(pk=person)
    facts = {"person": found, "link": address("accounts:email_confirmation", token) if token else ""}
    if to or found.email:
        letter(name, to or found.email, facts).send()
