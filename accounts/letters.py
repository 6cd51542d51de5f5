"""Letters about an account: text files whose first line is the subject."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse


def letter(name, to, context):
    """The letter ``templates/mail/<name>.txt`` to one address, ready to be sent."""
    facts = {"portal": settings.PORTAL_URL, "province": settings.PROVINCE_NAME, **context}
    subject, _, body = render_to_string(f"mail/{name}.txt", facts).strip().partition("\n")
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to])


def address(view, *args, **kwargs):
    """A full address inside the portal. The host is the configured one, whatever the request claimed."""
    return settings.PORTAL_URL + reverse(view, args=args, kwargs=kwargs)
