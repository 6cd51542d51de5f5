"""Producers in the plan's figures: reading them for a day, their two measures, and the rows behind a figure."""

import datetime as dt

from django.db.models import Prefetch

from entities.models import Entity, EntityKind, SalesChannel, Strengthening
from targets import earlier, headcount
from targets.headcount import Headcount, Maker, Span
from targets.models import Indicator, Unit

# The plan puts co-operatives and firms first.
KINDS = (
    EntityKind.COOPERATIVE,
    EntityKind.SME,
    EntityKind.COOPERATIVE_GROUP,
    EntityKind.HOUSEHOLD,
    EntityKind.FARM,
    EntityKind.ASSOCIATION,
    EntityKind.UNKNOWN,
)
SECTIONS = {
    Indicator.ENTITIES: {"": "Tất cả", "moi": "Phát triển mới", "cung-co": "Củng cố"},
    Indicator.MODERN_CHANNELS_PCT: {"": "Trong kênh hiện đại", "ngoai": "Chưa ở kênh hiện đại"},
    Indicator.WOMEN_LED: {"": "Tất cả"},
}
MISSING = {
    Indicator.ENTITIES: (
        "Chưa có số liệu: không nguồn nào nêu số chủ thể được phát triển mới và củng cố, và cổng chưa ghi chủ thể mới "
        "hay việc củng cố nào của năm đến ngày này."
    ),
    Indicator.MODERN_CHANNELS_PCT: (
        "Chưa có số liệu: không nguồn nào nêu tỷ lệ này, và cổng chưa ghi chủ thể nào tham gia đến ngày này."
    ),
}
RECORDED = {
    Indicator.ENTITIES: (
        "Mỗi chủ thể tính một lần, kể cả khi sau đó rời chương trình. Chỉ tính việc đã ghi trong cổng, không có số "
        "liệu đầu kỳ."
    ),
    Indicator.MODERN_CHANNELS_PCT: (
        "{part} trên {whole} chủ thể đang tham gia đã ghi trong cổng. Không có số liệu có nguồn về tổng số chủ thể nên "
        "chưa kết luận được."
    ),
}


def read(areas, own, day, known_at=None):
    """Who took part, was strengthened and sold in modern channels up to the day, in the unit: three queries.

    ``known_at``: strengthenings and channels as they were recorded at that moment.
    """
    makers = {}

    def spans(rows):
        for pk, area, kind, is_demo, first, last in rows:
            if pk not in makers:
                makers[pk] = Maker(pk, areas[area], kind, is_demo)
            if own in makers[pk].areas:
                yield Span(makers[pk], first, last)

    who = ("entity", "entity__area", "entity__kind", "entity__is_demo")
    sales = earlier.spans(
        SalesChannel.objects.modern().order_by().begun_by(day).values_list("pk", *who, "since", "until"),
        day, known_at, "entities_saleschannel", ("since", "until"),
    )  # fmt: skip
    pushes = earlier.spans(
        Strengthening.objects.between(headcount.FIRST, day).order_by().values_list("pk", *who, "day", "day"),
        day, known_at, "entities_strengthening", ("day", "day"),
    )  # fmt: skip
    return Headcount(
        stays=tuple(spans(Entity.objects.stays_until(day))),
        pushes=tuple(spans(pushes)),
        sales=tuple(spans(sales)),
    )


def developed(books, area, kind=None):
    """Producers newly developed or strengthened in the plan's year. Balances are not by kind."""
    balance = None if kind else books.latest(Unit.ENTITIES, area, None, books.day)
    missing = MISSING[Indicator.ENTITIES]
    facts = {"balance": balance, "kind": kind, "missing": missing}
    figure = headcount.developed_figure(books.people, area, books.plan.year, books.day, **facts)
    return figure.noted(RECORDED[Indicator.ENTITIES]) if figure.known and not figure.complete else figure


def modern(books, area, _part=None, day=None):
    """The share of producers taking part that sell in a modern channel."""
    day = day or books.day
    balances = tuple(books.latest(unit, area, None, day) for unit in (Unit.MODERN, Unit.MAKERS))
    missing = MISSING[Indicator.MODERN_CHANNELS_PCT]
    figure = headcount.modern_share(books.people, area, day, balances=balances, missing=missing)
    if not figure.known or figure.complete:
        return figure
    said = RECORDED[Indicator.MODERN_CHANNELS_PCT]
    return figure.noted(said.format(part=figure.part.low, whole=figure.whole.low))


MEASURES = {Indicator.ENTITIES: developed, Indicator.MODERN_CHANNELS_PCT: modern}


def by_kind(books, area):
    """(kind, newly developed or strengthened) for every kind that has some, those first that the plan puts first."""
    figures = ((kind, developed(books, area, kind)) for kind in KINDS)
    return [(kind, figure) for kind, figure in figures if figure.known]


def rows_of(figure, section, books):
    """The producers of one of a figure's lists, with what made them count by the day."""
    start = dt.date(books.plan.year, 1, 1)
    pushes = Strengthening.objects.between(start, books.day).order_by("day")
    sold = SalesChannel.objects.modern().open_on(books.day).order_by("since")
    return (
        Entity.objects.for_list()
        .filter(pk__in=[maker.pk for maker in figure.sections.get(section, ())])
        .prefetch_related(
            Prefetch("strengthenings", pushes, to_attr="pushes"), Prefetch("channels", sold, to_attr="sold")
        )
        .order_by("alphabet", "pk")
    )


def reasons(producer, newcomers):
    """What made a producer count, in words."""
    said = [f"tham gia từ {newcomers[producer.pk]:%d/%m/%Y}"] if producer.pk in newcomers else []
    said += [str(push) for push in producer.pushes]
    return "; ".join(said)


def newcomers(books):
    """First days of the producers that first took part in the plan's year."""
    year = books.plan.year
    return {pk: day for pk, day in books.people.first_days.items() if day.year == year}
