"""What the year will probably end with: Monte Carlo over what is under way, by stage. No Django.

The model, as the page says it too:

    end of year = done + Σ over stages of (how many of the n under way succeed)
                       + what has not begun yet and will succeed
                       − what ends before 31 December and is not renewed

* Of the ``n`` at a stage, each succeeds with a rate learned from past years: of ``tried`` that stood at this stage on
  the same day of the year, ``succeeded`` before the year was out. The rate is not known exactly; what the past leaves
  open is a beta distribution with Jeffreys' prior, so the number that succeed is beta-binomial.
* What has not begun yet comes like in past years: a gamma distribution over their counts, so the number is negative
  binomial.
* Years differ more than chance alone would have them: ``spread`` (Pearson's χ² over its degrees of freedom, at least 1)
  weakens what the past is taken to say, and ``own`` lets the year that runs stray as far as past ones did.

Each run draws every part once; the interval holds the middle 80 % of the runs. The same input gives the same numbers:
the seed is made of the input.
"""

import hashlib
import math
import random
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

RUNS = 4000
MIDDLE = 0.8
LEAST_TRIED = 5  # a rate from fewer past attempts is none
JEFFREYS = 0.5
TAIL = 1e-9  # what a table of probabilities may leave out


@dataclass(frozen=True)
class Attempt:
    """One past year at one stage: how many stood there on that day of the year, how many succeeded by its end."""

    year: int
    tried: int
    succeeded: int


@dataclass(frozen=True)
class Rate:
    """How often a stage leads to success, learned from past years."""

    attempts: tuple = ()

    @property
    def tried(self):
        return sum(row.tried for row in self.attempts)

    @property
    def succeeded(self):
        return sum(row.succeeded for row in self.attempts)

    @property
    def known(self):
        """Whether the past says enough to speak of a rate."""
        return self.tried >= LEAST_TRIED

    @property
    def mean(self):
        """The rate to expect, by the beta distribution; None while unknown."""
        return (self.succeeded + JEFFREYS) / (self.tried + 2 * JEFFREYS) if self.known else None

    @property
    def spread(self):
        """How many times more the years differ than chance alone would have it; at least 1."""
        rows = [row for row in self.attempts if row.tried]
        mean = self.succeeded / self.tried if self.tried else 0
        if len(rows) < 2 or mean in {0, 1}:
            return 1.0
        chi = sum((row.succeeded - row.tried * mean) ** 2 / (row.tried * mean * (1 - mean)) for row in rows)
        return max(chi / (len(rows) - 1), 1.0)

    @property
    def own(self):
        """How far one year's rate strays from the rate of all years: the correlation within a year, 0 to below 1."""
        years = [row.tried for row in self.attempts if row.tried]
        usual = sum(years) / len(years) if years else 0
        return min((self.spread - 1) / (usual - 1), 0.9) if usual > 1 else 0.0


@dataclass(frozen=True)
class Part:
    """One stage: ``count`` stand there today, each of them moves the figure by ``step`` when it succeeds."""

    name: str
    count: int
    rate: Rate
    step: int = 1


@dataclass(frozen=True)
class Arrivals:
    """What began after this day of the year and succeeded before its end, in each past year.

    ``closed``: the year is over, nothing begins any more.
    """

    counts: tuple = ()
    closed: bool = False

    @property
    def known(self):
        return self.closed or bool(self.counts)

    @property
    def mean(self):
        """How many to expect, by the gamma distribution; None while unknown."""
        if self.closed:
            return 0.0
        return (sum(self.counts) + JEFFREYS) / len(self.counts) if self.counts else None

    @property
    def spread(self):
        """How many times more the years differ than chance alone would have it; at least 1."""
        if len(self.counts) < 2 or not any(self.counts):
            return 1.0
        mean = sum(self.counts) / len(self.counts)
        return max(sum((count - mean) ** 2 / mean for count in self.counts) / (len(self.counts) - 1), 1.0)


@dataclass(frozen=True)
class Course:
    """Everything a forecast stands on: what is done, what is under way, what has not begun."""

    done: int
    parts: tuple = ()
    arrivals: Arrivals = field(default_factory=Arrivals)

    @property
    def unknown(self):
        """The stages that hold something and whose rate the past does not tell."""
        return tuple(part for part in self.parts if part.count and not part.rate.known)

    @property
    def known(self):
        """Whether a forecast can be made: every stage that holds something has a rate, and arrivals are known."""
        return self.arrivals.known and not self.unknown


@dataclass(frozen=True)
class Forecast:
    """The end of the year: the middle value, the 80 % interval, and the runs that say so."""

    middle: int
    low: int
    high: int
    ends: tuple = field(repr=False, default=())

    def chance_of(self, least):
        """The share of the runs that end at ``least`` or above."""
        return 1 - bisect_left(self.ends, least) / len(self.ends)

    @property
    def text(self):
        """27 (24–31)."""
        return f"{self.middle}" if self.low == self.high else f"{self.middle} ({self.low}–{self.high})"


@lru_cache(maxsize=256)
def forecast(course, runs=RUNS):
    """The forecast for this course, or None while the past does not say enough."""
    if not course.known:
        return None
    chance = random.Random(_seed(course))
    draws = [(part.step, _drawer(_successes(part))) for part in course.parts if part.count]
    draws.append((1, _drawer(_coming(course.arrivals))))
    ends = sorted(
        max(course.done + sum(step * draw(chance.random()) for step, draw in draws), 0) for _ in range(runs)
    )
    tail = (1 - MIDDLE) / 2
    return Forecast(
        middle=ends[runs // 2],
        low=ends[math.floor(tail * (runs - 1))],
        high=ends[math.ceil((1 - tail) * (runs - 1))],
        ends=tuple(ends),
    )


def _seed(course):
    return int.from_bytes(hashlib.sha256(repr(course).encode()).digest()[:8], "big")


def _drawer(table) -> Callable[[float], int]:
    """From a share between 0 and 1 to a number, by a table of probabilities for 0, 1, 2 …"""
    sums = list(accumulate(table))
    top = len(sums) - 1
    return lambda share: min(bisect_left(sums, share * sums[-1]), top)


def _successes(part):
    """Beta-binomial: the probabilities of 0 … count successes."""
    rate = part.rate
    mean = (rate.succeeded + JEFFREYS) / (rate.tried + 2 * JEFFREYS)
    told = rate.tried / rate.spread + 2 * JEFFREYS  # how much the past says, in attempts
    firm = 1 / (1 / (told + 1) + rate.own) - 1
    good, bad = mean * firm, (1 - mean) * firm
    whole = math.lgamma(part.count + 1) - _log_beta(good, bad)
    return [
        math.exp(
            whole
            - math.lgamma(hit + 1)
            - math.lgamma(part.count - hit + 1)
            + _log_beta(hit + good, part.count - hit + bad)
        )
        for hit in range(part.count + 1)
    ]


def _log_beta(a, b):
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _coming(arrivals):
    """Negative binomial: the probabilities of 0, 1, 2 … that begin later and still succeed."""
    if arrivals.closed:
        return [1.0]
    spread = arrivals.spread
    shape, years = sum(arrivals.counts) / spread + JEFFREYS, len(arrivals.counts) / spread
    stay = years / (years + 1)
    table, told, number = [], 0.0, 0
    while told < 1 - TAIL and number < 10_000:
        log = math.lgamma(number + shape) - math.lgamma(shape) - math.lgamma(number + 1)
        table.append(math.exp(log + shape * math.log(stay) + number * math.log1p(-stay)))
        told += table[-1]
        number += 1
    return table
