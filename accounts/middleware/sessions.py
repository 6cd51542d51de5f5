"""How long a sign-in lasts: so long without a request, so long in all. Marks are set by ``accounts.hooks``."""

import time
from urllib.parse import urlencode, urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from accounts.permissions import needs_second_factor

MARK = "limits"
SEEN_EVERY = 60  # seconds between two writes of "last seen": a page costs no write


def mark(request, user):
    """A session begins: with which limits, and when."""
    kind, now = "guarded" if needs_second_factor(user) else "plain", int(time.time())
    request.session[MARK] = {"kind": kind, "since": now, "seen": now}


def is_over(held, now):
    """The session was silent too long, lasted too long, or bears no mark."""
    if not held:
        return True
    idle, total = settings.SESSION_LIMITS[held["kind"]]
    return now - held["seen"] > idle or now - held["since"] > total


class SessionLimits:
    """Ends a session that has outlived its limits; the sign-in page says why and leads back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request):
        """End it, or note from time to time that the person is still there."""
        held, now = request.session.get(MARK), int(time.time())
        if is_over(held, now):
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            logout(request)
            request.session_is_over = True
        elif now - held["seen"] >= SEEN_EVERY:
            request.session[MARK] = {**held, "seen": now}
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=timezone.now()
            )

    def process_view(self, request, view, args, kwargs):
        """What needs signing in answers with the reason and the way back."""
        if getattr(request, "session_is_over", False) and getattr(view, "login_required", True):
            query = urlencode({"next": way_back(request), "ly-do": "het-gio"})
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
        return None


def way_back(request):
    """The page itself; for something that was sent, the page it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else resolve_url("desk")
