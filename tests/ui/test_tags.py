"""How dates, numbers, money, stars and states are written."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.ui.figures import band
from foundation.ui.templatetags import ui


def drawn(source, **context):
    with translation.override("vi"):
        return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("filter_name", "value", "written"),
    [
        ("number", Decimal("1234.5"), "1.234,5"),
        ("number", 1234567, "1.234.567"),
        ("number", 100, "100"),
        ("number", -0.5, "−0,5"),
        ("number", None, ""),
        ("number", float("nan"), ""),
        ("number", "chữ", ""),
        ("money", 950_000, "950.000 đồng"),
        ("money", 12_500_000, "12,5 triệu đồng"),
        ("money", 1_234_000_000, "1,23 tỷ đồng"),
        ("money", 0, "0 đồng"),
        ("money_full", 12_500_000, "12.500.000 đồng"),
        ("percent", Decimal("42.25"), "42,3%"),
        ("size", 3_500_000, "3,3 MB"),
        ("size", 10, "1 KB"),
        ("day", dt.date(2024, 10, 5), "05/10/2024"),
        ("day", dt.datetime(2024, 10, 5, 18, 0, tzinfo=dt.UTC), "06/10/2024"),
        ("day", None, ""),
        ("moment", dt.datetime(2024, 10, 5, 7, 3, tzinfo=dt.UTC), "05/10/2024 14:03"),
        ("hour", dt.datetime(2024, 10, 5, 7, 3, 22, tzinfo=dt.UTC), "14:03:22"),
    ],
)
def test_values_are_written_the_vietnamese_way(filter_name, value, written):
    assert getattr(ui, filter_name)(value) == written


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "hôm nay"), (1, "hôm qua"), (-1, "ngày mai"), (3, "3 ngày trước"), (-12, "còn 12 ngày")],
)
def test_distance_in_days_is_told_in_words(settings, days, words):
    settings.DEMO_DAY = dt.date(2024, 10, 15)
    assert ui.ago(settings.DEMO_DAY - dt.timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("count", "lit", "words"), [(4, 4, "4 sao"), (None, 0, "chưa xếp hạng"), (0, 0, "chưa xếp hạng")]
)
def test_stars_are_drawn_with_text_for_screen_readers(count, lit, words):
    html = drawn("{% stars count %}", count=count)
    assert html.count("star lit") == lit
    assert html.count("<svg") == 5
    assert f'aria-label="{words}"' in html


@pytest.mark.parametrize(
    ("pills", "tone"), [({"x": "good"}, "good"), ({}, "neutral"), ({"x": '"><script>'}, "neutral")]
)
def test_a_pill_has_the_tone_of_its_state(pills, tone):
    record = SimpleNamespace(status="x", PILLS=pills, get_status_display=lambda: "<Đạt>")
    html = drawn("{% status_pill record %}", record=record)
    assert f"pill-{tone}" in html
    assert "&lt;Đạt&gt;" in html


def test_the_title_repeats_the_heading_without_markup():
    class Loaderless:
        base = Template(
            "{% load ui %}<title>{% again 'title' %}</title><h1>{% block title %}{% endblock %}</h1>"
        )

    html = Template("{% extends base %}{% block title %}Chè <em>{{ name }}</em>{% endblock %}").render(
        Context({"base": Loaderless.base, "name": "<x>"})
    )
    assert html == "<title>Chè &lt;x&gt;</title><h1>Chè <em>&lt;x&gt;</em></h1>"


def test_the_figure_stands_in_proportion():
    at = band(low=40, high=50, done=25, expected=30)
    assert float(at["done"]) == pytest.approx(float(at["high"]) / 2, abs=0.1)
    assert float(at["high"]) < 100
    assert float(at["width"]) == pytest.approx(float(at["high"]) - float(at["low"]), abs=0.11)


def test_a_figure_without_values_is_none_and_zeroes_do_not_break_it():
    assert band() is None
    assert band(done=0, low=0, high=0)["done"] == "0"


def test_what_is_not_sure_reaches_beyond_what_is_done():
    at = band(done=50, possible=75, low=100)

    assert float(at["possible_width"]) == pytest.approx(float(at["low"]) / 4, abs=0.2)
    assert band(done=50)["possible_width"] is None


def test_positions_in_a_figure_use_points_not_commas():
    assert 'x="46,3' not in drawn("{% figure_range 'Chỉ tiêu' low=40 high=50 done=28.5 unit='sp' %}")


def test_a_photo_without_file_is_a_pattern_that_says_so():
    assert "chưa có ảnh" in drawn("{% photo '' 'Chè' 'nhom' %}")
    assert 'loading="lazy"' in drawn("{% photo '/a.jpg' 'Chè' 'nhom' %}")
