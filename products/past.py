"""Recognitions decided before the portal kept them: what an office's list says, judged by the law of their day."""

import datetime as dt
from dataclasses import dataclass

from foundation import clock
from foundation.regimes.models import Regime


@dataclass(frozen=True)
class PastRating:
    """One decision on one product, as the list states it."""

    stars: int
    decided_on: dt.date
    number: str
    issuer: str


class Laws:
    """The regimes of all days, read once."""

    def __init__(self):
        self.regimes = list(Regime.objects.order_by("-effective_from"))

    def on(self, day):
        """The regime in force on that day, the newest first; None before the first one."""
        for regime in self.regimes:
            if regime.effective_from <= day and (regime.effective_to is None or regime.effective_to >= day):
                return regime
        return None

    def trouble(self, past):
        """Why this cannot have been decided, or an empty text."""
        if past.decided_on > clock.today():
            return f"ngày quyết định {past.decided_on:%d/%m/%Y} chưa tới"
        regime = self.on(past.decided_on)
        if regime is None:
            return f"cổng không có quy định áp dụng cho ngày {past.decided_on:%d/%m/%Y}"
        if regime.level_for(past.stars) is None:
            return f"quy định của ngày {past.decided_on:%d/%m/%Y} không công nhận {past.stars} sao"
        return ""

    def ends_on(self, past):
        """The last day of the stars, by the law of the decision's day."""
        return clock.add_months(past.decided_on, self.on(past.decided_on).certificate_months)
