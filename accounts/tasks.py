"""Clocks of this app. Ringing twice does no harm."""

from celery import shared_task

from accounts.actions import imports, privacy
from accounts.actions.upkeep import forget_what_ran_out
from accounts.works import letters


@shared_task
def keep_privacy_terms():
    """Ring for what the night does with personal data."""
    privacy.keep_terms()
    imports.clear_past()


@shared_task
def send_letters():
    """Ring for letters that are due."""
    letters.send_due_letters()


@shared_task
def gather_digests():
    """Ring for the letters that gather a day's notices."""
    letters.gather_digests()


@shared_task
def clear_notices():
    """Ring for notices that were read long ago."""
    letters.clear_old_notices()


@shared_task
def sweep_sign_in():
    """Ring once an hour for what ran out at the sign-in page."""
    forget_what_ran_out()
