"""Clocks of the portal as a whole."""

from celery import shared_task

from ocop_portal import register_works, volumes, works


@shared_task
def sign_head_of_the_day():
    """Ring for the signed head of the trail; the first ring of a day counts."""
    works.ask_for_head()


@shared_task
def watch_volumes():
    """Look how full the volumes are; whoever was told today is not told again."""
    volumes.watch()


@shared_task
def sign_register_of_the_day():
    """Ring for the signed head of the register of certificates; the first ring of a day counts."""
    register_works.ask_for_head()
