"""The days on which dossiers are handed in: the calendar of the place, and what an officer allowed beyond it."""

import datetime as dt
from dataclasses import dataclass

from foundation.areas.models import Area
from products import cycle, houses, rules
from products.models import CycleStep, DossierStatus


@dataclass(frozen=True)
class Window:
    """The days for one draft, seen from ``day``. ``late_until``: the last day by an officer's exception, or None.

    ``office`` is the unit that would receive the dossier; last days count whole.
    """

    row: CycleStep
    office: Area
    late_until: dt.date | None
    day: dt.date

    @property
    def opens(self):
        """The first day."""
        return self.row.starts_on

    @property
    def closes(self):
        """The last day of the calendar."""
        return self.row.ends_on

    @property
    def is_over(self):
        """The days of the calendar have passed."""
        return self.day > self.closes

    @property
    def last_day(self):
        """The last day on which the dossier is taken: of the calendar, once that is over of the exception."""
        return self.late_until if self.is_over and self.late_until else self.closes

    @property
    def is_open(self):
        """Whether the dossier may be handed in on the day."""
        return self.opens <= self.day <= self.last_day

    @property
    def days_left(self):
        """How many days follow until the last one."""
        return (self.last_day - self.day).days

    @property
    def sentence(self):
        """Why it is closed, and what to do."""
        days = (
            f"hồ sơ lần đầu, nâng hạng ở {self.row.area}: từ ngày {self.opens:%d/%m/%Y} "
            f"đến hết ngày {self.closes:%d/%m/%Y} (theo {self.row.source})"
        )
        if not self.is_over:
            return f"Chưa đến thời gian nhận {days}. Bản nháp vẫn còn nguyên; hãy nộp trong những ngày đó."
        late = f" Lần cho nhận muộn đã hết ngày {self.late_until:%d/%m/%Y}." if self.late_until else ""
        return (
            f"Đã hết thời gian nhận {days}.{late} Bản nháp vẫn còn nguyên. Nếu có lý do chính đáng, hãy bấm “Đề nghị "
            f"nhận muộn” ở trang hồ sơ để {self.office} xem xét; nếu không, hãy nộp khi có đợt nhận mới."
        )


def of(dossier, day):
    """The window of a draft on that day; None where nothing keeps it: no calendar, or another kind of application."""
    if dossier.status != DossierStatus.DRAFT or dossier.application not in cycle.filing().takes:
        return None
    unit = dossier.product.place_today.unit
    row = unit and CycleStep.objects.filing(unit, day)
    if row is None:
        return None
    late = dossier.late_acceptances.order_by("until").last()
    return Window(row, houses.receiver(dossier), late and late.until, day)


def province_round(dossier, day):
    """The province's next round for a dossier that the commune has yet to propose; None where the law names none."""
    if dossier.status not in {DossierStatus.DRAFT, DossierStatus.AT_COMMUNE}:
        return None
    return rules.province_round(dossier.regime, day)
