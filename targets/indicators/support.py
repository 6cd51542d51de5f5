"""Indicators that public reports use: women at the head, revenue, events, visits, from ideas to dossiers."""

from entities.models import Entity, FieldVisit, Gender
from products.models import Dossier, Idea, YearlyReturn
from promotion.models import Event, EventProduct, Participation
from targets import tallies
from targets.headcount import Heads
from targets.tallies import Happening

NO_RETURNS = "Chưa có số liệu: chưa có khai báo doanh thu nào của năm {year} đến ngày này."
RETURNS = "Theo khai báo của chủ thể cho năm {year}, {count} sản phẩm."


def women(books):
    """Keys of producers with a woman as legal representative, as last recorded: one query."""
    return Entity.objects.filter(representative_gender=Gender.FEMALE).values_list("pk", flat=True)


def women_led(books, area, kind=None):
    """Producers taking part on the day whose legal representative is a woman."""
    led = set(books.happenings(women))
    makers = books.people.taking_part(area, books.day).values()
    rows = tuple(maker for maker in makers if maker.pk in led and kind in {None, maker.kind})
    note = "Theo người đại diện đang ghi trong hồ sơ chủ thể; thay đổi trước đó không lưu theo ngày."
    return Heads(low=len(rows), high=len(rows), added=rows, note=note, complete=False, sections={"": rows})


def returns(books):
    """What producers returned by the day for the last year that was over by then: one query."""
    rows = YearlyReturn.objects.filter(year=books.day.year - 1, returned_on__lte=books.day).order_by("pk")
    for pk, area, day, demo, revenue in rows.values_list(
        "pk", "product__area", "returned_on", "is_demo", "revenue"
    ):
        yield Happening(pk, books.keys_of(area), day, demo, value=revenue)


def product_revenue(books, area, _part=None):
    """Revenue of rated products in the last finished year, in millions of đồng."""
    year, rows = books.day.year - 1, books.happenings(returns)
    count = sum(area in row.areas for row in rows)
    return tallies.sum_of(
        rows, area, missing=NO_RETURNS.format(year=year), note=RETURNS.format(year=year, count=count)
    )


def participations_of(books):
    """Products at events with a day, that the province held or went to: one query."""
    rows = EventProduct.objects.filter(event__starts_on__lte=books.day).exclude(
        event__province_part=Participation.NOT_STATED
    )
    for pk, event, area, day, demo in rows.order_by("pk").values_list(
        "pk", "event", "product__area", "event__starts_on", "event__is_demo"
    ):
        yield Happening(pk, books.keys_of(area), day, demo, word=str(event))


def events_of(books):
    """Events with a day: in the plan's unit, and wherever a product came from that was there: one query more."""
    where = {}
    for row in books.happenings(participations_of):
        where[row.word] = where.get(row.word, frozenset()) | row.areas
    rows = Event.objects.filter(starts_on__lte=books.day).exclude(province_part=Participation.NOT_STATED)
    for pk, day, demo in rows.order_by("pk").values_list("pk", "starts_on", "is_demo"):
        yield Happening(pk, where.get(str(pk), frozenset()) | {books.own}, day, demo)


def visits_of(books):
    """Visits held by the day: one query."""
    rows = FieldVisit.objects.held_between(books.first_day, books.day).order_by("pk")
    for pk, area, day, demo in rows.values_list("pk", "entity__area", "held_on", "is_demo"):
        yield Happening(pk, books.keys_of(area), day, demo)


def ideas_of(books):
    """Ideas sent by the day: one query."""
    rows = Idea.objects.filter(submitted_on__range=(books.first_day, books.day)).order_by("pk")
    for pk, area, day, demo in rows.values_list("pk", "area", "submitted_on", "entity__is_demo"):
        yield Happening(pk, books.keys_of(area), day, demo)


def _dossiers(column):
    """Dossiers of the plan's year with this day reached: one query."""

    def read(books):
        rows = Dossier.objects.filter(year=books.plan.year, **{f"{column}__lte": books.day}).order_by("pk")
        for pk, area, day, demo in rows.values_list("pk", "product__area", column, "product__is_demo"):
            yield Happening(pk, books.keys_of(area), day, demo)

    return read


sent_dossiers, taken_dossiers = _dossiers("submitted_on"), _dossiers("accepted_on")


def flow_of(read, note=""):
    """The indicator that counts what this reader finds, from 1 January to the day."""

    def measured(books, area, _part=None):
        return tallies.flow(books.happenings(read), area, books.plan.year, books.day, note=note)

    return measured
