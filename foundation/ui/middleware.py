"""The outermost layer of ours: every request has an id, broken input is 400, a missing database is a calm
page.
"""

import logging
import re
import uuid
from urllib.parse import unquote_to_bytes

from django.db import InterfaceError, OperationalError

from .errors import bad_request, unavailable

log = logging.getLogger("portal.errors")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)  # no page of the portal asks the browser for these
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


class SafeHeaders:
    """Puts on every answer, static files and early refusals included, what browsers must keep to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class CalmErrors:
    """Gives each request an id, refuses null bytes, turns a missing database into 503, logs each failure
    once.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        if b"\x00" in unquote_to_bytes(request.META.get("QUERY_STRING", "")) or "\x00" in request.path:
            response = bad_request(request)
        else:
            response = self.get_response(request)
        if response.status_code >= 500:
            self.report(request, response)
        response["X-Request-ID"] = request.request_id
        return response

    def process_view(self, request, view, args, kwargs):
        """Null bytes in a submitted form; files are not looked into here."""
        if request.method == "POST" and request.content_type in FORM_TYPES:
            for name, values in request.POST.lists():
                if "\x00" in name or any("\x00" in value for value in values):
                    return bad_request(request)
        return None

    def process_exception(self, request, exception):
        """What a view raised: a missing database is answered here, the rest by Django's own handlers."""
        request.failure = exception
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(request)
        return None

    def report(self, request, response):
        """One line per failure: where and what, with the person's key but without anything typed."""
        person = getattr(request, "_cached_user", None)
        facts = {
            "request_id": request.request_id,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "user": getattr(person, "pk", None),
        }
        failure = getattr(request, "failure", None)
        trace = (type(failure), failure, failure.__traceback__) if failure else None
        log.error("request failed", extra={"facts": facts}, exc_info=trace)
