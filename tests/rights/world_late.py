"""The days for handing in are over everywhere, so that drafts may be taken late."""

import datetime as dt

from tests.factories.tracking import CycleStepFactory


def closed_days(province):
    """The province's calendar: dossiers were taken in September."""
    return CycleStepFactory(
        area=province, step="evaluation", starts_on=dt.date(2024, 9, 1), ends_on=dt.date(2024, 9, 30)
    )
