"""Today and now, for web, worker, beat and queries alike.

In demo mode ``PORTAL_TODAY`` sets the day (the time of day runs on); every page says so. Outside demo mode settings
refuse it. The trail and the leases of jobs keep real time: they use the database's clock or ``timezone.now``.
"""

import calendar
import datetime as dt

from django.conf import settings
from django.utils import timezone


def today():
    """The day the portal lives in (Asia/Ho_Chi_Minh)."""
    return settings.DEMO_DAY or timezone.localdate()


def now():
    """This moment, moved to the demo day where there is one."""
    return on_demo_day(timezone.localtime())


def on_demo_day(moment):
    """A local moment, moved to the demo day where there is one."""
    if settings.DEMO_DAY is None:
        return moment
    return moment.replace(
        year=settings.DEMO_DAY.year, month=settings.DEMO_DAY.month, day=settings.DEMO_DAY.day
    )


def add_months(day, months):
    """The same day of the month so many calendar months later; a day that month lacks becomes its last one.

    A certificate of 36 months that starts on 29 February ends on 28 February.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
