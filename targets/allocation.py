"""Handing a target down: what the parts come to, what is left of the whole, and whether they go beyond it. No Django.

Ranges are (low, high) with high None for "at least". Only what can be added up is compared; shares are not.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

CYCLES = Path(__file__).parent / "data" / "cycles.yaml"


@dataclass(frozen=True)
class Range:
    """A target's range."""

    low: object
    high: object = None

    @property
    def top(self):
        """The most it says: high, or low where it is open upward."""
        return self.low if self.high is None else self.high

    @property
    def text(self):
        """25–30, 25, or từ 50."""
        low, high = (
            None if value is None else f"{float(value):g}".replace(".", ",")
            for value in (self.low, self.high)
        )
        if high is None:
            return f"từ {low}"
        return low if low == high else f"{low}–{high}"


@dataclass(frozen=True)
class Handed:
    """A whole and what of it was handed down. The differences are what is still to hand down; below zero: too much."""

    whole: Range
    parts: tuple

    @property
    def total(self):
        """The parts together; open upward as soon as one of them is."""
        high = (
            None if any(part.high is None for part in self.parts) else sum(part.high for part in self.parts)
        )
        return Range(sum(part.low for part in self.parts), high)

    @property
    def low_left(self):
        """What of the least is not handed down yet."""
        return self.whole.low - self.total.low

    @property
    def high_left(self):
        """What of the most is not handed down yet; None while either is open upward."""
        if self.whole.high is None or self.total.high is None:
            return None
        return self.whole.high - self.total.high

    @property
    def exceeds(self):
        """Whether the parts go beyond the whole: a whole that is open upward bounds nothing."""
        return self.whole.high is not None and sum(part.top for part in self.parts) > self.whole.high

    @property
    def even(self):
        """Whether the parts come to exactly the whole."""
        return self.total == self.whole


def fault_of(low, high, *, is_share):
    """What is wrong with a range, as a sentence; empty when nothing is."""
    if low < 0:
        return "Chỉ tiêu không được âm."
    if high is not None and high < low:
        return "Mức cao nhất phải lớn hơn hoặc bằng mức thấp nhất."
    if is_share and max(low, high or 0) > 100:
        return "Tỷ lệ không được vượt quá 100%."
    return ""


def cycle_of(year):
    """The cycle of the programme to which the year belongs, or None."""
    cycles = yaml.safe_load(CYCLES.read_text(encoding="utf-8"))["cycles"]
    return next((cycle for cycle in cycles if cycle["first"] <= year <= cycle["last"]), None)
