"""How far the sheets of a case lie apart, and whether the council's rules bear it. No Django."""

from dataclasses import dataclass, replace
from decimal import Decimal

from foundation.regimes.wording import points_text


@dataclass(frozen=True)
class Spread:
    """Totals of the sheets against the rule. ``limit_counts``: a spread of exactly the limit is still allowed."""

    totals: tuple[int, ...]
    limit: Decimal
    limit_counts: bool
    source: str

    @property
    def points(self):
        """Highest total minus lowest."""
        return max(self.totals) - min(self.totals) if self.totals else 0

    @property
    def allowed(self):
        return self.points < self.limit or (self.limit_counts and self.points == self.limit)

    @property
    def rule(self):
        """The rule in one sentence."""
        limit = points_text(self.limit)
        if self.limit_counts:
            return (
                f"Chênh lệch giữa phiếu cao nhất và phiếu thấp nhất không quá {limit} điểm ({self.source})."
            )
        return f"Chênh lệch giữa phiếu cao nhất và phiếu thấp nhất phải dưới {limit} điểm ({self.source})."

    @property
    def refusal(self):
        """Why there can be no conclusion yet."""
        high, low = max(self.totals), min(self.totals)
        return (
            f"Phiếu cao nhất {high} điểm, phiếu thấp nhất {low} điểm, chênh {self.points} điểm. {self.rule} "
            "Hội đồng cần trao đổi và chấm lại trước khi kết luận."
        )


@dataclass(frozen=True)
class Difference:
    """One criterion as the sheets have it: points in the order of the sheets."""

    code: str
    points: tuple[int, ...]

    @property
    def spread(self):
        return max(self.points) - min(self.points)


def differences(sheets):
    """The criteria in which sheets (points by criterion code) differ, in the order of the form."""
    if not sheets:
        return []
    rows = [Difference(code, tuple(sheet[code] for sheet in sheets)) for code in sheets[0]]
    return [row for row in rows if row.spread]


def beyond(spread):
    """Positions of the sheets that lie outside: those not in a largest group of sheets that the rule would bear.

    Where two largest groups are equally large, whoever is missing in one of them is named. Nobody when the rule is met.
    """
    if spread.allowed:
        return ()
    groups = [_group(spread, low) for low in sorted(set(spread.totals))]
    most = max(len(group) for group in groups)
    everybody = set(range(len(spread.totals)))
    return tuple(sorted(set().union(*(everybody - group for group in groups if len(group) == most))))


def _group(spread, low):
    """Positions of the sheets from this total upward that lie near enough together."""
    near = replace(spread, totals=())
    return {
        at
        for at, total in enumerate(spread.totals)
        if total >= low and replace(near, totals=(low, total)).allowed
    }


@dataclass(frozen=True)
class Heat:
    """One cell of the heat map: a judge's points at a criterion against the mean of all judges there.

    ``level`` from 0 (as the mean) to 4 (half of the criterion's points away, or more) is the shade.
    """

    points: int
    away: Decimal
    level: int

    @property
    def in_words(self):
        """The deviation for those who do not see shades."""
        if not self.level:
            return "bằng hoặc gần trung bình"
        side = "cao" if self.away > 0 else "thấp"
        return f"{side} hơn trung bình {points_text(abs(self.away))}"


STEPS = (Decimal("0.05"), Decimal("0.15"), Decimal("0.3"), Decimal("0.5"))  # shares of the criterion's points


def heat(points, most):
    """One row of the heat map: these judges at a criterion of so many points."""
    mean = Decimal(sum(points)) / len(points)
    cells = []
    for got in points:
        away = got - mean
        share = abs(away) / most
        cells.append(Heat(got, away.quantize(Decimal("0.01")), sum(share >= step for step in STEPS)))
    return cells
