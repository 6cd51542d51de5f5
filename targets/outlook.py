"""What the year will probably end with, from the records: the course of ``forecasting`` read for a plan's books.

Stages are told by dated steps, because a status keeps no day: so the same question can be asked of any past year. What
counts as success is the product's first certified rating before the year is out. Two queries, however many records.
"""

import datetime as dt
from dataclasses import dataclass

from foundation.areas.located import holds
from products.models import Application, Dossier, Idea, Product
from targets import forecasting, progress
from targets.forecasting import Arrivals, Attempt, Course, Part, Rate
from targets.models import Indicator

PAST_YEARS = 5
IDEA, FILED, ACCEPTED, ENDING = (
    "Ý tưởng đã gửi, chưa nộp hồ sơ",
    "Hồ sơ đã nộp, chưa tiếp nhận",
    "Hồ sơ đã tiếp nhận, chưa công nhận",
    "Hết hạn trong năm và không được công nhận lại",
)
STAGES = (IDEA, FILED, ACCEPTED)
NO_HISTORY = (
    "Chưa dự báo được: cổng chưa có đủ hồ sơ của những năm trước để biết bao nhiêu phần đi tới công nhận. Cần ít nhất "
    f"{forecasting.LEAST_TRIED} trường hợp đã qua của mỗi bước đang có hồ sơ."
)
FORECAST = (Indicator.NEW_PRODUCTS, Indicator.TOTAL_PRODUCTS)


@dataclass(frozen=True)
class Road:
    """One product on its way in one year: the days of its steps, None for what has not happened."""

    year: int
    idea: dt.date | None = None
    filed: dt.date | None = None
    accepted: dt.date | None = None
    rated: dt.date | None = None

    def stage(self, day):
        """Where it stood when that day ended; None before its first step and after its rating."""
        if self.rated is not None and self.rated <= day:
            return None
        for name, step in ((ACCEPTED, self.accepted), (FILED, self.filed), (IDEA, self.idea)):
            if step is not None and step <= day:
                return name
        return None


@dataclass(frozen=True)
class Outlook:
    """The courses of the indicators that are forecast, and what they lead to."""

    courses: dict

    def forecast(self, indicator):
        """The forecast of an indicator; None where there is none."""
        course = self.courses.get(indicator)
        return course and forecasting.forecast(course)


def same_day(day, year):
    """That day in another year; 29 February becomes the 28th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def read(books, area=None):
    """The outlook of the plan's unit, or of a part of it, from the day of the books."""
    area = area or books.plan.area
    year, day = books.plan.year, books.day
    if day.year != year:
        return Outlook({})
    first = _first_ratings(books, area)
    roads = list(_roads(area, first, year))
    parts, arrivals = course_of(roads, first, day)
    new, total = (books.figure(indicator, area) for indicator in FORECAST)
    courses = {}
    if new.known and new.complete:
        courses[Indicator.NEW_PRODUCTS] = Course(new.low, parts, arrivals)
    if total.known:
        ending = ending_part(books.facts.facts, progress.key(area), day)
        courses[Indicator.TOTAL_PRODUCTS] = Course(total.low, (*parts, ending), arrivals)
    return Outlook(courses)


def _first_ratings(books, area):
    """The first day on which each product of the unit had certified stars, by product."""
    days, own = {}, progress.key(area)
    for fact in books.facts.facts:
        if own in fact.areas:
            days[fact.product] = min(fact.starts_on, days.get(fact.product, fact.starts_on))
    return days


def _roads(area, first, year):
    """The roads of the plan's year and of the years before it: first-time dossiers, and ideas still without one."""
    years = range(year - PAST_YEARS, year + 1)
    place = {"areas": [area.pk], "day": dt.date(year, 12, 31)}
    filed = {}
    rows = Dossier.objects.filter(
        holds(Product, **place, path="product__"), application=Application.FIRST, year__in=years
    ).exclude(submitted_on=None)
    for product, when, submitted, accepted, idea in rows.values_list(
        "product", "year", "submitted_on", "accepted_on", "product__idea__submitted_on"
    ):
        filed[product, when] = True
        yield Road(when, idea, submitted, accepted, first.get(product))
    ideas = Idea.objects.filter(holds(Idea, **place), submitted_on__year__in=years)
    for product, submitted in ideas.values_list("product", "submitted_on"):
        if (product, submitted.year) not in filed:
            yield Road(submitted.year, submitted, rated=first.get(product))


def course_of(roads, first, day):
    """(parts, arrivals): what stands at each stage that day, with rates from the past years that have roads at all."""
    past = sorted({road.year for road in roads if road.year < day.year})
    parts = tuple(
        Part(
            name,
            sum(road.year == day.year and road.stage(day) == name for road in roads),
            Rate(tuple(_attempt(roads, name, same_day(day, year)) for year in past)),
        )
        for name in STAGES
    )
    if (day.month, day.day) == (12, 31):
        return parts, Arrivals(closed=True)
    return parts, Arrivals(tuple(_later(roads, first, parts, same_day(day, year)) for year in past))


def _attempt(roads, name, day):
    """Of the roads that stood at the stage that day: how many, and how many were rated before the year was out."""
    there = [road for road in roads if road.year == day.year and road.stage(day) == name]
    end = dt.date(day.year, 12, 31)
    return Attempt(day.year, len(there), sum(road.rated is not None and road.rated <= end for road in there))


def _later(roads, first, parts, day):
    """First ratings after that day and before the year was out that none of the stages held that day."""
    end = dt.date(day.year, 12, 31)
    whole = sum(day < rated <= end for rated in first.values())
    held = sum(row.succeeded for part in parts for row in part.rate.attempts if row.year == day.year)
    return max(whole - held, 0)


def ending_part(facts, area, day):
    """Products whose stars end before the year is out, and how often such products stay without stars."""
    inside = {}
    for fact in facts:
        if area in fact.areas:
            inside.setdefault(fact.product, []).append(fact)
    years = range(day.year - PAST_YEARS, day.year)
    attempts = tuple(_ended(inside.values(), same_day(day, year)) for year in years)
    now = sum(_ends(rows, day) for rows in inside.values())
    return Part(ENDING, now, Rate(tuple(row for row in attempts if row.tried)), step=-1)


def _ends(rows, day):
    """Whether the product counts that day and, with what was granted by then, no more at the end of the year."""
    end = dt.date(day.year, 12, 31)
    known = [fact for fact in rows if fact.starts_on <= day]
    return any(fact.holds(day) for fact in known) and not any(fact.holds(end) for fact in known)


def _ended(products, day):
    """Of the products that were to end after that day of a past year: how many, and how many then had no stars."""
    end = dt.date(day.year, 12, 31)
    due = [rows for rows in products if _ends(rows, day)]
    return Attempt(day.year, len(due), sum(not any(fact.holds(end) for fact in rows) for rows in due))


def word_for(row, forecast):
    """The word of a target with its forecast: at risk when more than half the runs miss the least of its range."""
    open_words = {progress.Word.ON_PACE, progress.Word.BEHIND}
    if forecast is None or row.target is None or row.word not in open_words:
        return row.word
    return row.word if forecast.chance_of(float(row.target.low)) >= 0.5 else progress.Word.AT_RISK
