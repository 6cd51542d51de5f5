"""Every pair of ink and ground reaches WCAG AA, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static/css/portal.css").read_text(encoding="utf-8")
TEXT, GRAPHIC = 4.5, 3.0

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft", "link") for ground in ("ground", "paper", "sunken")),
    ("ink", "act-soft", TEXT),
    ("act", "act-soft", TEXT),
    ("act", "ground", TEXT),
    ("act-hover", "ground", TEXT),
    ("act-hover", "paper", TEXT),
    ("act-ink", "act", TEXT),
    ("act-ink", "act-hover", TEXT),
    ("bar-ink", "bar", TEXT),
    ("bar-soft", "bar", TEXT),
    ("bar-ink", "bar-field", TEXT),
    ("bar-soft", "bar-field", TEXT),
    *(
        (tone, ground, TEXT)
        for tone in ("danger", "good", "info", "attention")
        for ground in ("ground", "paper")
    ),
    *((tone, f"{tone}-soft", TEXT) for tone in ("danger", "good", "info", "attention", "neutral", "demo")),
    *(("ink", f"{tone}-soft", TEXT) for tone in ("danger", "good", "info", "attention", "neutral")),
    *(("star", ground, GRAPHIC) for ground in ("ground", "paper", "sunken")),
    *(("focus", ground, GRAPHIC) for ground in ("ground", "paper", "sunken")),
    *(("line-strong", ground, GRAPHIC) for ground in ("ground", "paper")),
    ("fig-done", "fig-track", GRAPHIC),
    ("fig-done", "ground", GRAPHIC),
    ("fig-mark", "fig-band", GRAPHIC),
    ("fig-mark", "fig-track", GRAPHIC),
]


def tokens(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = tokens(CSS.split("@media (prefers-color-scheme: dark)")[0])
DARK = tokens(CSS.split("@media (prefers-color-scheme: dark)")[1].split("/* Bootstrap")[0])


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_pair_is_readable(mode, ink, ground, least):
    assert contrast(mode[ink], mode[ground]) >= least


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < TEXT


def test_both_modes_know_the_same_colours():
    assert set(LIGHT) == set(DARK)


def test_every_name_used_is_a_name_given():
    given = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= given


def test_gold_is_for_stars_and_red_for_danger_only():
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.S)
    gold = [rule for rule in re.findall(r"([^{}]+)\{[^{}]*var\(--star\)[^{}]*\}", rules)]
    assert all("star" in rule or "gold" in rule for rule in gold)
