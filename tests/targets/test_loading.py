"""The files of the plan and of the balances, and loading them."""

import datetime as dt

import pytest
import yaml

from foundation.sources.models import Source
from targets import loading
from targets.models import OpeningBalance, Remark, RemarkKind, Target, Unit, YearPlan

FACTS = yaml.safe_load((loading.DATA / "balances.yaml").read_text(encoding="utf-8"))


def test_loading_twice_leaves_the_same_rows(plan):
    counts = [model.objects.count() for model in (YearPlan, Target, OpeningBalance, Remark)]

    again = loading.load()

    assert [model.objects.count() for model in (YearPlan, Target, OpeningBalance, Remark)] == counts
    assert again == {"plans": 1, "targets": 7, "balances": counts[2], "remarks": 5}


def test_loading_again_mends_a_changed_row(plan):
    OpeningBalance.objects.filter(day=dt.date(2024, 12, 31), stars=4, area=plan.area).update(low=0, high=99)

    loading.load()

    assert OpeningBalance.objects.filter(low=17, high=17, stars=4, area=plan.area).exists()


def test_every_balance_and_remark_names_its_sources(plan):
    assert not OpeningBalance.objects.filter(sources=None).exists()
    assert not Remark.objects.filter(sources=None).exists()


def test_the_balances_are_those_of_the_sources(plan):
    held = OpeningBalance.objects.filter(area=plan.area, stars=None).order_by("unit", "day")

    assert [(row.unit, row.day.year, row.low, row.high) for row in held] == [
        (Unit.PRODUCTS, 2019, 18, 18),
        (Unit.PRODUCTS, 2020, 41, 41),
        (Unit.PRODUCTS, 2023, 117, 122),
        (Unit.PRODUCTS, 2024, 157, 157),
        (Unit.VILLAGES, 2023, 7, 7),
        (Unit.VILLAGES, 2024, 9, 9),
    ]


def test_stars_of_the_year_end_add_up_in_the_file():
    rows = [
        entry["products"]
        for entry in FACTS["balances"]
        if entry["day"] == dt.date(2024, 12, 31) and "products" in entry
    ]
    whole = next(row for row in rows if row["all"] == 157)
    parts = [row for row in rows if row is not whole]

    assert [sum(row[kind] for row in parts) for kind in ("all", 3, 4)] == [
        whole[kind] for kind in ("all", 3, 4)
    ]


def test_a_figure_without_a_day_is_a_remark_and_never_a_balance(plan):
    assert Remark.objects.filter(kind=RemarkKind.UNDATED).count() == 3
    assert not OpeningBalance.objects.filter(low__in=[9, 65, 130], unit=Unit.PRODUCTS).exists()
    assert str(Remark.objects.for_page()[0]).startswith("Kim Bảng")


def test_an_unknown_source_stops_the_load(plan):
    Source.objects.create(key="X1", publisher="Báo")

    with pytest.raises(Source.DoesNotExist):
        loading._cite(plan, ["X1", "X2"])


def test_rows_name_themselves_in_words(plan):
    balance = OpeningBalance.objects.get(area=plan.area, day=dt.date(2023, 12, 31), unit=Unit.PRODUCTS)

    assert str(plan) == "Kế hoạch OCOP năm 2024"
    assert str(balance) == "Tỉnh Hà Nam 31/12/2023: 117–122"
    assert str(plan.targets.first()) == "Kế hoạch OCOP năm 2024: Sản phẩm mới đạt từ 3 sao"
