"""Sections of a plan from ``data/plan_sections.yaml``, and the arithmetic of its finance table. No Django."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "plan_sections.yaml"


@dataclass(frozen=True)
class Section:
    """One part of a plan that is written in words."""

    code: str
    title: str
    help: str
    required: bool


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@cache
def sections():
    """The sections by code, in the order of the form."""
    return {row["code"]: Section(**row) for row in facts()["sections"]}


def finance_kinds():
    """Pairs of code and title, in the order of the table."""
    return [(row["code"], row["title"]) for row in facts()["finance"]["kinds"]]


def source():
    """Where the sections come from, in words."""
    return facts()["source"]


def amount(quantity, price):
    """đồng, whole."""
    return (quantity * price).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class Totals:
    """Sums of a finance table in đồng."""

    investment: Decimal
    funding: Decimal
    cost: Decimal
    revenue: Decimal

    @property
    def profit(self):
        """What is left of a year's revenue."""
        return self.revenue - self.cost

    @property
    def gap(self):
        """Investment that no funding covers; below zero when there is more funding than investment."""
        return self.investment - self.funding

    def troubles(self):
        """Where the table cannot be right, one sentence each."""
        found = []
        if not self.cost:
            found.append("bảng tài chính chưa có chi phí một năm")
        if not self.revenue:
            found.append("bảng tài chính chưa có doanh thu một năm")
        if self.gap:
            found.append("trong bảng tài chính, tổng nguồn vốn không bằng tổng vốn đầu tư")
        return found


def totals(lines):
    """The sums over (kind, amount)."""
    sums = defaultdict(Decimal)
    for kind, value in lines:
        sums[kind] += value
    return Totals(**{name: sums[name] for name in Totals.__dataclass_fields__})
