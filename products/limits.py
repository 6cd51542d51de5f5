"""How often strangers may ask for what costs work; counted before the page, because a page cannot write."""

import functools

from django.conf import settings

from accounts.limits import Limit, TooManyTries, address_of, count, network_of

OPEN_DATA = "OPEN_DATA"
PAPERS = "PUBLIC_PAPERS"
MINUTE = 60


def limit_of(name):
    """So many a minute from one address, by the setting of that name."""
    return Limit(name, getattr(settings, f"{name}_PER_MINUTE"), MINUTE)


def limited(name, refuse):
    """Mark a view as counted; ``refuse(request, seconds)`` answers when too much was asked."""

    def mark(view):
        @functools.wraps(view)
        def wrapped(request, *args, **kwargs):
            try:
                count([(limit_of(name), network_of(address_of(request)))])
            except TooManyTries as refusal:
                response = refuse(request, refusal.seconds)
                response["Retry-After"] = str(refusal.seconds)
                return response
            return view(request, *args, **kwargs)

        return wrapped

    return mark
