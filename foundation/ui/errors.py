"""Error pages that need nothing but the template files: no session, no person, no database."""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger("portal.errors")
RETRY_SECONDS = "5"


def error_page(request, status, template=None):
    """The calm page for a status, drawn without the request so that no context processor asks anything."""
    context = {
        "province_name": settings.PROVINCE_NAME,
        "demo_day": settings.DEMO_DAY,
        "request_id": getattr(request, "request_id", ""),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "status": status,
    }
    response = HttpResponse(render_to_string(f"errors/{template or status}.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    return error_page(request, 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def page_not_found(request, exception=None):
    return error_page(request, 404)


def csrf_failure(request, reason=""):
    """The form was open too long, or came from elsewhere."""
    return error_page(request, 403, "403_csrf")


def too_many_requests(request):
    """The same thing was tried too often."""
    return error_page(request, 429)


def unavailable(request):
    """The database is away for the moment; the browser may ask again soon."""
    response = error_page(request, 503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def server_error(request):
    """What no view and no middleware expected; a missing database is no mistake of ours: its own page."""
    failure = sys.exc_info()[1]
    request.failure = failure
    if isinstance(failure, OperationalError | InterfaceError):
        return unavailable(request)
    return error_page(request, 500)
