"""Clocks of this app. Ringing twice does no harm."""

from celery import shared_task

from products import actions
from products.actions import tracking
from products.register_works import ask_to_tend


@shared_task
def ask_for_returns():
    """Ring for the reminder of yearly returns."""
    tracking.ask_for_returns()


@shared_task
def remind_of_deadlines():
    """Ring for the reminders of the day."""
    actions.remind()


@shared_task
def tend_certificates():
    """Ring for what the day brings to certificates."""
    ask_to_tend()
