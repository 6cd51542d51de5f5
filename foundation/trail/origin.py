"""From where something is done: the address and browser of a request, a job behind the pages, or a command."""

import contextlib
import ipaddress
import re
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings

COMMAND, JOB = "lệnh", "việc nền"
# The first that fits names the browser; most of them also call themselves Chrome or Safari.
BROWSERS = (
    (re.compile(r"coc_coc_browser/(\d+)"), "Cốc Cốc"),
    (re.compile(r"Edg(?:e|A|iOS)?/(\d+)"), "Edge"),
    (re.compile(r"OPR/(\d+)"), "Opera"),
    (re.compile(r"(?:Firefox|FxiOS)/(\d+)"), "Firefox"),
    (re.compile(r"(?:HeadlessChrome|Chrome|CriOS)/(\d+)"), "Chrome"),
    (re.compile(r"Version/(\d+).*Safari/"), "Safari"),
)
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
AGENT_LENGTH = 80


@dataclass(frozen=True)
class Origin:
    """An address (or what stands for one) and a short name of the program."""

    address: str = COMMAND
    agent: str = ""


ELSEWHERE = Origin()
_origin = ContextVar("origin", default=ELSEWHERE)


def current():
    """From where the running code was asked; outside requests and jobs it is a command."""
    return _origin.get()


@contextlib.contextmanager
def told(origin):
    """Everything inside comes from there."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def client_address(request):
    """Who is at the other end: as many steps back from us as there are proxies that we trust.

    Each of them adds to the right of ``X-Forwarded-For`` whom it saw; what stands further left anybody may have
    written. Without a trusted proxy the header counts for nothing.
    """
    hops = settings.TRUSTED_PROXIES
    seen = request.META.get("REMOTE_ADDR", "")
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if hops and len(named) >= hops:
        seen = named[-hops]
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return ""


def short_agent(text):
    """Browser and system in a few words; an unknown program by the beginning of its own name."""
    for pattern, name in BROWSERS:
        if found := pattern.search(text):
            system = next((system for system in SYSTEMS if system in text), "")
            return f"{name} {found[1]}" + (f", {system}" if system else "")
    return text.partition(" ")[0][:AGENT_LENGTH]


class RememberOrigin:
    """Middleware: while a request is answered, the trail knows from where it came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        agent = short_agent(request.headers.get("User-Agent", ""))
        with told(Origin(client_address(request), agent)):
            return self.get_response(request)
