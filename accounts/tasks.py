"""Clocks of letters and notices. Ringing twice does no harm."""

from celery import shared_task

from accounts import works


@shared_task
def send_letters():
    """Ring for letters that are due."""
    works.send_due_letters()


@shared_task
def gather_digests():
    """Ring for the letters that gather a day's notices."""
    works.gather_digests()


@shared_task
def clear_notices():
    """Ring for notices that were read long ago."""
    works.clear_old_notices()
