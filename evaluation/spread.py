"""How far the sheets of a case lie apart, and whether the council's rules bear it. No Django."""

from dataclasses import dataclass
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
