"""Clocks of this app."""

from celery import shared_task

from targets import actions


@shared_task
def write_due_reports():
    """Ring for the report of the month that has ended."""
    actions.write_due_reports()
