"""Clocks of the portal as a whole."""

from celery import shared_task

from ocop_portal import works


@shared_task
def sign_head_of_the_day():
    """Ring for the signed head of the trail; the first ring of a day counts."""
    works.ask_for_head()
