"""Charts: every mark that counts something is a named link, without script or another host; papers take them."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from foundation.ui.papers import render_pdf
from targets import charts, drawing

STARS = ("3 sao", "4 sao")
ROWS = [
    {"name": "Phủ Lý", "series": "3 sao", "value": 30, "address": "/ke-hoach/2024/?dia-ban=347&sao=3"},
    {"name": "Phủ Lý", "series": "4 sao", "value": 8, "address": "/ke-hoach/2024/?dia-ban=347&sao=4"},
    {"name": "Duy Tiên", "series": "3 sao", "value": 42, "address": "/ke-hoach/2024/?dia-ban=349&sao=3"},
]
LIMITS = Path(charts.__file__).parents[1] / "foundation" / "areas" / "data" / "districts.geojson"


def spec():
    return charts.stacked(ROWS, unit="sản phẩm", series=STARS)


@pytest.fixture(scope="module")
def svg():
    return drawing.drawn(spec())


def test_every_mark_is_a_link_with_a_name_that_says_its_number(svg):
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*aria-label="([^"]+)"', svg) or [
        pair[::-1] for pair in re.findall(r'<a [^>]*aria-label="([^"]+)"[^>]*href="([^"]+)"', svg)
    ]

    assert len(links) == len(ROWS)
    assert {address.replace("&amp;", "&") for address, _ in links} == {row["address"] for row in ROWS}
    assert "Phủ Lý, 4 sao: 8 sản phẩm" in {name for _, name in links}


def test_a_chart_needs_no_script_no_inline_style_and_no_other_host(svg):
    assert "<script" not in svg
    assert "style=" not in svg
    assert "<style" not in svg
    assert re.findall(r'(?:href|src)="(?!/ke-hoach/)', svg) == []
    assert re.findall(r"https?://(?!www\.w3\.org/)", svg) == []


def test_colours_are_those_of_the_page(svg):
    assert "var(--fig-band)" in svg
    assert "var(--ink)" in svg


def test_vietnamese_letters_stand_in_the_picture(svg):
    assert ">Duy Tiên<" in svg
    assert ">sản phẩm<" in svg


def test_the_same_rows_are_recognised_and_others_are_not():
    other = charts.stacked([{**ROWS[0], "value": 31}, *ROWS[1:]], unit="sản phẩm", series=STARS)

    assert drawing.digest(spec()) == drawing.digest(spec())
    assert drawing.digest(other) != drawing.digest(spec())


def test_nothing_outside_the_specification_is_opened():
    with pytest.raises(ValueError, match=r"(?i)url|allow|load"):
        drawing.drawn(
            {
                "data": {"url": "http://127.0.0.1:9/rows.json"},
                "mark": "bar",
                "encoding": {"x": {"field": "a"}},
            }
        )


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_mark_opens_a_page_of_this_portal_and_nothing_else(address):
    with pytest.raises(ValueError, match="page of this portal"):
        drawing.drawn(charts.bars([{"name": "Phủ Lý", "value": 1, "address": address}], unit="sản phẩm"))


def test_a_paper_takes_the_chart_with_the_light_colours(svg, tmp_path):
    printed = drawing.for_paper(svg)
    assert "var(" not in printed

    template = tmp_path / "thu.typ"
    template.write_text(
        '#import "/official.typ": official\n#show: official.with(title: "Thử", author: "Thử")\n'
        '#image("/anh/bieu-do.svg", alt: "Sản phẩm theo huyện", width: 100%)',
        encoding="utf-8",
    )
    moment = dt.datetime(2024, 10, 15, tzinfo=dt.UTC)
    pdf = render_pdf(template, {}, {"bieu-do.svg": printed.encode()}, moment=moment)
    assert pdf.startswith(b"%PDF")


# ------------------------------------------------------------ the map
def features():
    return json.loads(LIMITS.read_text(encoding="utf-8"))["features"]


def unit_row(code, value):
    return {
        "code": code,
        "name": f"Huyện {code}",
        "value": value,
        "text": str(value),
        "address": f"/x/{code}",
    }


def test_every_district_of_the_outline_is_a_link():
    codes = [feature["properties"]["code"] for feature in features()]
    rows = [unit_row(code, n if n else None) for n, code in enumerate(codes)]
    svg = drawing.drawn(charts.outline(features(), rows, unit="sản phẩm"))

    assert {f"/x/{code}" for code in codes} == set(re.findall(r'<a [^>]*href="([^"]+)"', svg))
    assert f"Huyện {codes[0]}: chưa có số liệu" in svg
    assert f"Huyện {codes[5]}: 5 sản phẩm" in svg


def test_a_unit_without_figures_of_its_own_stays_out_of_the_map():
    assert charts.outline(features(), [], unit="sản phẩm")["data"]["values"] == []


def test_more_is_darker():
    codes = [feature["properties"]["code"] for feature in features()][:3]
    shapes = charts.outline(features(), [unit_row(code, n * 10) for n, code in enumerate(codes)], unit="")
    shades = [shape["properties"]["shade"] for shape in shapes["data"]["values"]]

    assert shades == sorted(shades)
    assert shades[-1] == 1


SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]


def test_a_label_stands_in_the_middle_of_the_largest_part():
    island = [[9, 9], [10, 9], [10, 10], [9, 10], [9, 9]]

    assert charts.middle({"type": "Polygon", "coordinates": [SQUARE]}) == pytest.approx((2, 2))
    assert charts.middle({"type": "MultiPolygon", "coordinates": [[island], [SQUARE]]}) == pytest.approx(
        (2, 2)
    )
    assert charts.middle({"type": "Polygon", "coordinates": [[[3, 5], [3, 5], [3, 5]]]}) == (3, 5)


# ------------------------------------------------------------ the other charts
def test_bars_keep_the_order_given_and_count_in_whole_numbers():
    chart = charts.bars(
        [{"name": "Rượu", "value": 2, "address": "/a"}, {"name": "Ẩm", "value": 1, "address": "/b"}],
        unit="sản phẩm",
    )

    assert chart["encoding"]["y"]["sort"] == ["Rượu", "Ẩm"]
    assert chart["encoding"]["x"]["axis"]["tickCount"] == 2
    svg = drawing.drawn(chart)
    assert set(re.findall(r'<a [^>]*href="([^"]+)"', svg)) == {"/a", "/b"}


@pytest.mark.parametrize(("high", "mark"), [(152, "rect"), (None, "rule"), (142, "rule")])
def test_the_course_stands_before_the_band_of_the_target(high, mark):
    rows = [{"day": "2024-10-01", "value": 118}, {"day": "2024-10-15", "value": 121}]
    ends = {"day": "2024-12-31", "low": 139, "high": 146}
    chart = charts.course(rows, unit="sản phẩm", low=142, high=high, ends=ends)

    assert chart["layer"][0]["mark"]["type"] == mark
    assert len(chart["layer"]) == 3
    assert len(charts.course(rows, unit="sản phẩm", low=142, high=high)["layer"]) == 2
    assert drawing.drawn(chart).startswith("<svg")
