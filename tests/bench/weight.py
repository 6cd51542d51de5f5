"""What a page brings with it: style sheets, fonts, scripts and pictures among the static files, compressed."""

import gzip
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

CSS_URL = re.compile(r"""(?:url\(|@import\s+)\s*["']?([^"')\s;]+)""")
LOADED = {"stylesheet", "preload", "icon", "modulepreload"}


class References(HTMLParser):
    """Collects what the browser fetches besides the page itself."""

    def __init__(self, text):
        super().__init__()
        self.scripts, self.others = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "script" and facts.get("src"):
            self.scripts.add(facts["src"])
        elif tag == "link" and LOADED & set((facts.get("rel") or "").split()):
            self.others.add(facts["href"])
        elif tag in {"img", "source", "use"}:
            self.others.add(facts.get("src") or facts.get("href") or "")


def compressed(content):
    """Bytes over the wire: compressed, unless that makes it longer (fonts and pictures)."""
    return min(len(gzip.compress(content, 6)), len(content))


def static_file(url):
    """The file behind a static address, or None when it is not a static one."""
    if not url.startswith(settings.STATIC_URL):
        return None
    found = finders.find(url.removeprefix(settings.STATIC_URL).partition("#")[0].partition("?")[0])
    if found is None:
        raise FileNotFoundError(url)
    return Path(found)


def behind(urls):
    """These addresses and everything that style sheets among them load, with their weights: address → bytes."""
    weights, left = {}, list(urls)
    while left:
        url = left.pop()
        path = static_file(url)
        if path is None or url in weights:
            continue
        weights[url] = compressed(path.read_bytes())
        if path.suffix == ".css":
            folder = posixpath.dirname(url)
            inner = CSS_URL.findall(path.read_text(encoding="utf-8"))
            left += [
                posixpath.normpath(posixpath.join(folder, one))
                for one in inner
                if not one.startswith("data:")
            ]
    return weights


def scripts_weight(text):
    """Bytes of all scripts of a page, compressed."""
    return sum(behind(References(text).scripts).values())


def first_visit(text):
    """Bytes of everything that a first visit fetches, by address; the page itself under ``""``."""
    found = References(text)
    return {"": compressed(text.encode()), **behind(found.scripts | found.others)}
