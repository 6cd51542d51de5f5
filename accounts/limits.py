"""How often something may be tried, counted in the database before anything expensive happens.

Counts are kept for windows that begin with the first try. What was right is taken back, so only mistakes count. A
person whose browser is known (a signed cookie, bound to the account and its password) has a count of their own there:
strangers who lock the account name lock themselves out, not its owner. See docs/decisions/0011-signing-in.md.
"""

import datetime as dt
import hashlib
import ipaddress
import logging
import math
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Tries
from foundation.trail.moves import write
from foundation.trail.origin import client_address

log = logging.getLogger("portal.limits")
TOO_MANY = "too_many"
NETWORK_BITS = 64  # one household of IPv6


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds, counted for each ``what``."""

    name: str
    most: int
    seconds: int

    def key(self, what):
        """Nothing readable: a digest of what is counted."""
        return f"{self.name}:{hashlib.sha256(str(what).encode()).hexdigest()[:40]}"


ACCOUNT = Limit("account", 10, 15 * 60)  # wrong passwords for one account, from anywhere unknown
DEVICE = Limit("device", 10, 15 * 60)  # the same from a browser its owner has used before
ADDRESS = Limit("address", 50, 15 * 60)  # one office behind one address makes honest mistakes too
TOTAL = Limit("total", 300, 60)  # passwords checked for strangers: at most five a second, far below one core
CODE = Limit("code", 5, 5 * 60)  # one-time codes: a million combinations, five guesses
AGAIN = Limit("again", 5, 5 * 60)  # the password asked again inside a session
RESET_ADDRESS = Limit("reset-address", 20, 3600)  # letters asked for from one address
SIGN_UP = Limit("sign-up", 5, 3600)  # producers who sign up from one address
SIGN_UP_ALL = Limit("sign-up-all", 60, 3600)  # and from everywhere: a province has a few hundred producers
RESET_ACCOUNT = Limit("reset-account", 3, 3600)  # letters to one person


class TooManyTries(ValidationError):
    """Refused before looking; ``seconds`` until it may be tried again."""

    def __init__(self, seconds):
        self.seconds = seconds
        when = timezone.localtime() + dt.timedelta(seconds=seconds)
        minutes = max(1, math.ceil(seconds / 60))
        super().__init__(
            f"Đã thử quá nhiều lần. Hãy thử lại sau {minutes} phút, từ {when:%H:%M}.", code=TOO_MANY
        )


def count(tries, *, about=None, act="Từ chối vì thử quá nhiều lần"):
    """Count one try against each (limit, what); raises TooManyTries when one of them is used up.

    Returns the keys, to be taken back when the try was right. The first refusal of a window goes into the trail of the
    account it was aimed at, the rest are only counted: an attacker cannot flood the trail.
    """
    keys = []
    for limit, what in tries:
        keys.append(limit.key(what))
        number, seconds = Tries.objects.add(keys[-1], limit.seconds)
        if number > limit.most:
            if number == limit.most + 1:
                tell(limit, about, act)
            raise TooManyTries(max(1, seconds))
    return keys


def tell(limit, about, act):
    """The first refusal of a window: to the trail when an account is meant, to the log in any case."""
    log.warning("limit reached", extra={"facts": {"limit": limit.name, "user": getattr(about, "pk", None)}})
    if about is not None:
        note = f"Giới hạn {limit.most} lần trong {limit.seconds // 60} phút ({limit.name})."
        write(about, act, by=None, note=note)


def take_back(keys):
    """These tries were right."""
    Tries.objects.take_back(keys)


def address_of(request):
    """The visitor's address, as the trail knows it; those of whom nobody knows it share one count."""
    return client_address(request) or "0.0.0.0"


def network_of(address):
    """What is counted for an address: itself, or the network of an IPv6 household."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{NETWORK_BITS}", strict=False))
