"""T90: Markdown that people write becomes harmless HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from foundation.ui import markdown
from foundation.ui.markdown import TAGS, rendered

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://xau.vn/theo-doi.png)",
    "![x](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//xau.vn/a)",
    "[x](/\\\\xau.vn/a)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    '[x](https://a.vn "onmouseover=alert(1)")',
    "[x](https://a.vn '\"><img src=x onerror=alert(1)>')",
    "[x]: javascript:alert(1)\n\n[x]",
    "<a href='https://a.vn' onclick='alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<iframe src=https://xau.vn></iframe>",
    "<svg><animate onbegin=alert(1)>",
    "`<script>`\n\n```\n</code></pre><script>alert(1)</script>\n```",
    "{{ request.user }}{% csrf_token %}",
    "> " * 300 + "x",
    "[" * 500 + "x" + "](a)" * 500,
    "\u202ehttps://a.vn",
]


class Found(HTMLParser):
    """Elements and attributes of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links = set(), []
        self.attrs = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attrs |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def harmless(html):
    """Only named elements and attributes; links to the web, to mail or to the portal itself."""
    found = Found(html)
    safe = all(
        link.startswith(("https://", "http://", "mailto:", "#"))
        or (link.startswith("/") and not link.startswith(("//", "/\\")))
        for link in found.links
    )
    return found.tags <= TAGS and found.attrs <= {"href", "rel", "start"} and safe


@pytest.mark.parametrize("text", HOSTILE)
def test_t90_hostile_markdown_is_harmless(text):
    assert harmless(rendered(text))


@given(st.text(alphabet="<>\"'&[]()!/\\:;#*_`~ \n\tabjsvcript=on{}%-|1", max_size=200))
def test_t90_whatever_is_typed_is_harmless(text):
    assert harmless(rendered(text))


def test_t90_without_the_sieves_it_would_not_be():
    """The control: a parser that lets HTML through, and no second sieve."""
    open_parser = MarkdownIt("commonmark", {"html": True})

    assert sum(not harmless(open_parser.render(text)) for text in HOSTILE) >= 8


def test_t90_the_second_sieve_alone_holds(monkeypatch):
    monkeypatch.setattr(markdown, "parser", MarkdownIt("commonmark", {"html": True}))

    assert all(harmless(rendered(text)) for text in HOSTILE)


def test_what_officers_write_looks_as_they_mean():
    html = rendered(
        "# To\n\n## Vừa\n\n1. một\n2. **hai**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[xem](/huong-dan/)"
    )

    assert "<h2>To</h2>" in html
    assert "<h2>Vừa</h2>" in html
    assert "<strong>hai</strong>" in html
    assert "<td>1</td>" in html
    assert '<a href="/huong-dan/" rel="noopener noreferrer nofollow">xem</a>' in html


def test_links_tell_nobody_where_they_stood():
    assert 'rel="noopener noreferrer nofollow"' in rendered("[a](https://a.vn)")
    assert rendered("[a](mailto:a@b.vn)").count("mailto:a@b.vn") == 1
