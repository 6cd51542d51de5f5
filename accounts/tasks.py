"""Clocks of this app."""

from celery import shared_task

from accounts.actions import privacy


@shared_task
def keep_privacy_terms():
    """Ring for what the night does with personal data."""
    privacy.keep_terms()
