"""Wiring: settings, addresses, the desk. Nothing here is imported by an app."""

from ocop_portal.celery import app as celery_app

__all__ = ["celery_app"]
