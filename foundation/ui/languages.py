"""The public pages in English: /en/… is the same page in English, where that page speaks it.

The address alone chooses: no cookie, no preference of the browser, so that a link shows everybody the same words and
caches need not know whose they are. Names of products, people and places stay Vietnamese.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix
from django.utils import translation

ENGLISH = "en"
PREFIX = f"/{ENGLISH}"


def bilingual(view):
    """Mark a public view whose page also stands under /en/."""
    view.bilingual = True
    return view


def view_at(path):
    """The view behind an address, or None."""
    try:
        return resolve(path).func
    except Resolver404:
        return None


class Languages:
    """Answers /en/… in English; what speaks Vietnamese only is found at its own address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if path != PREFIX and not path.startswith(f"{PREFIX}/"):
            return self.get_response(request)
        rest = path.removeprefix(PREFIX) or "/"
        view = view_at(rest)
        if getattr(view, "bilingual", False):
            return self.in_english(request, rest)
        if view and request.method in {"GET", "HEAD"}:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(
                f"{get_script_prefix().rstrip('/')}{rest}{'?' if query else ''}{query}"
            )
        return self.get_response(request)

    def in_english(self, request, rest):
        """The page at ``rest``; addresses that it makes begin with /en/ as well."""
        outside = get_script_prefix()
        request.path_info = rest
        set_script_prefix(f"{outside.rstrip('/')}{PREFIX}/")
        try:
            with translation.override(ENGLISH):
                response = self.get_response(request)
        finally:
            set_script_prefix(outside)
        response.headers.setdefault("Content-Language", ENGLISH)
        return response


def language_links(request):
    """This page's addresses in each language, or nothing when it speaks one: [{code, name, path, url, current}]."""
    match = getattr(request, "resolver_match", None)
    if not getattr(match and match.func, "bilingual", False):
        return []
    current, here = translation.get_language(), request.path_info
    query = request.META.get("QUERY_STRING", "")
    found = []
    for code, name in settings.LANGUAGES:
        path = here if code == settings.LANGUAGE_CODE else f"{PREFIX}{here}"
        asked = f"{path}?{query}" if query else path
        found.append(
            {
                "code": code,
                "name": name,
                "path": asked,
                "url": f"{settings.PORTAL_URL}{path}",
                "current": code == current,
            }
        )
    return found
