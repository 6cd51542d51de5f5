"""Clocks of this app. Ringing twice does no harm."""

from celery import shared_task

from products.actions import tracking


@shared_task
def ask_for_returns():
    """Ring for the reminder of yearly returns."""
    tracking.ask_for_returns()
