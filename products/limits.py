"""How often strangers may ask for what costs work; counted before the page, because a page cannot write.

Only asking counts, and a database that takes no writes answers on uncounted.
"""

import functools
from http import HTTPStatus

from django.conf import settings
from django.db import InternalError, transaction
from psycopg2.errorcodes import READ_ONLY_SQL_TRANSACTION

from accounts.limits import Limit, TooManyTries, address_of, count, network_of
from foundation.ui.http import WriteRefused

OPEN_DATA = "OPEN_DATA"
PAPERS = "PUBLIC_PAPERS"
GUESSES = "CERTIFICATE_GUESSES"
MINUTE = 60


def limit_of(name):
    """So many a minute from one address, by the setting of that name."""
    return Limit(name, getattr(settings, f"{name}_PER_MINUTE"), MINUTE)


def wait_of(name, request):
    """Count this asking: the seconds until the address may ask again, 0 while it may."""
    try:
        with transaction.atomic():
            return counted(name, request)
    except WriteRefused:  # an administrator looks through another person's eyes, which write nothing
        return 0
    except InternalError as refusal:
        if refusal.__cause__.pgcode != READ_ONLY_SQL_TRANSACTION:
            raise
        return 0


def counted(name, request):
    """As ``wait_of``; a count that is used up stays counted."""
    try:
        count([(limit_of(name), network_of(address_of(request)))])
    except TooManyTries as refusal:
        return refusal.seconds
    return 0


def limited(name, refuse):
    """Mark a view as counted; ``refuse(request, seconds)`` answers when too much was asked."""

    def mark(view):
        @functools.wraps(view)
        def wrapped(request, *args, **kwargs):
            if request.method in {"GET", "HEAD"} and (seconds := wait_of(name, request)):
                response = refuse(request, seconds)
                response["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return wrapped

    return mark


def limited_misses(name, refuse):
    """Mark a view whose misses are counted: whoever finds nothing too often is told to wait instead."""

    def mark(view):
        @functools.wraps(view)
        def wrapped(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.NOT_FOUND and (seconds := wait_of(name, request)):
                response = refuse(request, seconds)
                response["Retry-After"] = str(seconds)
            return response

        return wrapped

    return mark
