"""Where someone is signed in, by browsers named in words that people know."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Microsoft Edge"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def browser_name(text):
    """“Chrome trên Windows”; what is not known is not guessed."""
    low = text.lower()
    browser = next((name for sign, name in BROWSERS if sign in low), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in low), "")
    return f"{browser} trên {system}" if system else browser


def sessions_of(person):
    """The person's living sessions with ``browser``, last used first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = list(UserSession.objects.filter(user=person, session_key__in=alive).order_by("-last_seen_at"))
    for row in rows:
        row.browser = browser_name(row.user_agent)
    return rows
