"""Clocks of this app."""

from celery import shared_task

from products import actions


@shared_task
def remind_of_deadlines():
    """Ring for the reminders of the day."""
    actions.remind()
