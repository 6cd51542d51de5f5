"""Clocks of accounts."""

from celery import shared_task

from accounts.actions.upkeep import forget_what_ran_out


@shared_task
def sweep_sign_in():
    """Once an hour; twice does no harm."""
    forget_what_ran_out()
