"""What the frame of every page needs: the person's rail, the public areas, the demo day, the province."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from foundation.ui.languages import language_links


def frame(request):
    """Context for base.html and public.html. Nothing is asked of the database until a template uses it."""
    return {
        "nav": SimpleLazyObject(lambda: rail(request)),
        "public_nav": SimpleLazyObject(lambda: public_areas(request)),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "demo_day": settings.DEMO_DAY,
        "province_name": settings.PROVINCE_NAME,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def rail(request):
    """The sections of the rail for this person: [{"title", "items": [{"label", "url", "current"}]}].

    ``settings.UI_NAV`` names the function that knows the domain; it is called with the person. The current
    item is the one whose address is the longest beginning of the page's own.
    """
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    sections = import_string(settings.UI_NAV)(request.user)
    items = [item for section in sections for item in section["items"]]
    mark_current(items, request.path)
    return sections


def public_areas(request):
    """The areas of the public site: [{"label", "url", "current"}]; ``UI_PUBLIC_NAV`` names the function."""
    name = getattr(settings, "UI_PUBLIC_NAV", "")
    items = import_string(name)() if name else []
    mark_current(items, request.path)
    return items


def mark_current(items, path):
    """Set ``current`` on the one item that leads here."""
    here = [item for item in items if path.startswith(item["url"]) and item["url"] != "/"]
    nearest = max(here, key=lambda item: len(item["url"]), default=None)
    for item in items:
        item["current"] = item is nearest or item["url"] == path
