"""Nothing in a template needs a looser security policy, and every component says what it needs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
RULES = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?! type=\"application/ld\+json\")", re.I),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
    "another host": re.compile(r"<(script|link|img|iframe)\b[^>]*(src|href)\s*=\s*[\"'](https?:)?//", re.I),
    "without a nonce": re.compile(
        r"<(script\b(?![^>]*\bnonce=)|link\b(?=[^>]*rel=\"stylesheet\")(?![^>]*\bnonce=))", re.I
    ),
    "evaluated by htmx": re.compile(r"\shx-(on|vals=[\"']js:|vars)", re.I),
}
DIRTY = {
    "inline style": '<p class="a" style="color:red">',
    "style element": "<style>",
    "inline script": "<script>",
    "inline handler": '<a href="#" onclick="x()">',
    "script address": '<a href="javascript:x()">',
    "another host": '<script src="//cdn.example/x.js">',
    "without a nonce": '<link rel="stylesheet" href="/static/a.css">',
    "evaluated by htmx": "<p hx-on:click='x'>",
}


def found(text):
    """The names of the rules that a text breaks; template tags are not HTML."""
    html = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.S)
    return {name for name, rule in RULES.items() if rule.search(html)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_is_clean(template):
    assert not found(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", RULES)
def test_the_scan_finds_what_it_looks_for(rule):
    assert rule in found(DIRTY[rule])


def test_the_scan_lets_ordinary_markup_pass():
    assert not found('<script src="/static/a.js" defer nonce="n"></script><p data-once="1">onload = 1</p>')


@pytest.mark.parametrize(
    "component", sorted((ROOT / "templates/components").glob("*.html")), ids=lambda path: path.name
)
def test_component_says_what_it_is(component):
    text = component.read_text(encoding="utf-8")
    assert component.name == "index.html" or "{#" in text.split("\n")[0]


def test_style_and_scripts_load_nothing_from_elsewhere():
    for path in [ROOT / "static/css/portal.css", *(ROOT / "static/js").glob("*.js")]:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path
