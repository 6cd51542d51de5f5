"""Markdown that people write, as harmless HTML.

Two sieves, because one may have a hole: the parser makes no HTML of the writer's own, and what it made is cut down to
the elements named here. Links lead to the web, to mail or to a page of this portal, and tell nobody where they stood.
"""

import re

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br", "code", "pre",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
OURS = re.compile(r"/(?![/\\])|#")
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 20  # lists in lists in lists: whoever nests deeper writes no guidance

parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table").disable("image")


def safe_link(element, name, value):
    """The address of a link, or None when it leads to none of the places that are allowed."""
    if name != "href":
        return value
    scheme = value.partition(":")[0].lower()
    return value if OURS.match(value) or (scheme in SCHEMES and ":" in value) else None


def lowered(tokens):
    """Headings begin at h2, because the page itself has the h1."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = (
                f"h{min(int(token.tag[1]) + 1, 4)}" if token.tag == "h1" else f"h{min(int(token.tag[1]), 4)}"
            )
    return tokens


def rendered(text):
    """The text as HTML that holds nothing but the elements above."""
    made = parser.renderer.render(lowered(parser.parse(text)), parser.options, {})
    return nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        attribute_filter=safe_link,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
