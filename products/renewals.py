"""The days before the end of a certificate, as the law of the day counts them: calendar days back from its last day."""

import datetime as dt
from dataclasses import dataclass

from foundation.regimes.models import Regime
from foundation.regimes.process import EVALUATION, EXTENSION, FILING, NOTICE
from products.models import RenewalKind

NOTICE_AHEAD = dt.timedelta(
    days=30
)  # the office learns so long before the letter's last day (our habit, not law)
CLOSING_AHEAD = dt.timedelta(
    days=14
)  # the producer is warned so long before the filing window closes (ours too)


@dataclass(frozen=True)
class Renewal:
    """What the law says of one recognition. Days are None where the regime does not state them."""

    regime: Regime
    ends_on: dt.date
    opens_on: dt.date | None
    closes_on: dt.date | None
    notice_by: dt.date | None
    is_too_late_for_law: bool

    def step(self, code):
        """The step as the regime has it; None where it has none."""
        return self.regime.process.renewal_step(code)

    @property
    def steps(self):
        """The regime's steps with this certificate's own days, for people."""
        days = {FILING: (self.opens_on, self.closes_on), NOTICE: (None, self.notice_by)}
        return [(row, *days.get(row.code, (None, None))) for row in self.regime.process.renewal]

    def due(self, today):
        """The steps that this day brings: kind and last day."""
        if self.closes_on and today <= self.closes_on:
            if self.opens_on <= today:
                yield RenewalKind.OPENS, self.closes_on
            if self.closes_on - CLOSING_AHEAD <= today:
                yield RenewalKind.CLOSING, self.closes_on
        if self.notice_by and self.notice_by - NOTICE_AHEAD <= today <= self.ends_on:
            yield RenewalKind.NOTICE, self.notice_by


def ended_on(rating):
    """The last day before any extension: windows and letters count back from it."""
    extension = getattr(rating, "extension", None)
    return extension.was_until if extension else rating.ends_on


def of(rating, day):
    """The renewal of a recognition under the law that takes dossiers on that day."""
    return under(Regime.objects.for_filing(day), rating)


def under(regime, rating):
    """The renewal of a recognition under this law.

    A window that had closed before this law began binds nobody: then the dossier may be filed until the last day
    (QĐ 26/2026, Điều 12: phân hạng lại không kịp thời hạn nộp mới).
    """
    ends_on = ended_on(rating)
    filing, notice = (regime.process.renewal_step(code) for code in (FILING, NOTICE))
    opens_on, closes_on = (
        before(ends_on, days)
        for days in (filing and filing.opens_days_before, filing and filing.closes_days_before)
    )
    too_late = closes_on is not None and closes_on < regime.effective_from
    return Renewal(
        regime=regime,
        ends_on=ends_on,
        opens_on=opens_on,
        closes_on=ends_on if too_late else closes_on,
        notice_by=before(ends_on, notice and notice.closes_days_before),
        is_too_late_for_law=too_late,
    )


def before(day, days):
    """So many days earlier; None where there is no number."""
    return None if days is None else day - dt.timedelta(days=days)


def longest_extension(rating, day):
    """The last day to which the certificate may be extended; None where the law knows no extension."""
    step = Regime.objects.for_filing(day).process.renewal_step(EXTENSION)
    return step and ended_on(rating) + dt.timedelta(days=step.max_days)


def written_opinions(regime):
    """Whether the council may give its opinions on a re-evaluation in writing."""
    step = regime.process.renewal_step(EVALUATION)
    return bool(step and step.written)


def grounds(day):
    """The grounds of revocation of that day's law: code and name."""
    return [
        (ground.code, ground.name) for ground in Regime.objects.for_filing(day).process.revocation_grounds
    ]
