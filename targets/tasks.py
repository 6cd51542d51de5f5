"""Clocks of this app."""

from celery import shared_task

from targets import actions


@shared_task
def write_due_reports():
    """Ring for the reports of every period that has ended, and remind the districts that are late."""
    actions.write_due_reports()
    actions.remind_late()
