"""The rows behind figures of dated facts, each for those who may see it: what, where, when, how much."""

from dataclasses import dataclass

from entities.models import FieldVisit
from foundation.ui.exports import Sheet
from products.models import Dossier, Idea, Product, YearlyReturn
from promotion.models import Event, EventProduct
from targets.models import Indicator


@dataclass(frozen=True)
class Line:
    """One row; ``url`` empty where the row has no page of its own."""

    title: str
    url: str
    place: str
    day: object
    value: str = ""
    is_demo: bool = False


def _place(area):
    return area.place if area else ""


def _returns(user, keys):
    rows = YearlyReturn.objects.filter(pk__in=keys, product__in=Product.objects.visible_to(user))
    for row in rows.select_related("product__area__parent__parent").order_by("product__alphabet"):
        yield Line(
            str(row.product), row.product.get_absolute_url(), _place(row.product.area), row.returned_on,
            f"{row.revenue:f} triệu đồng", row.is_demo,
        )  # fmt: skip


def _events(user, keys):
    for row in Event.objects.filter(pk__in=keys).order_by("starts_on", "pk"):
        yield Line(row.name, row.get_absolute_url(), row.place, row.starts_on, row.kind, row.is_demo)


def _participations(user, keys):
    rows = EventProduct.objects.filter(pk__in=keys, product__in=Product.objects.visible_to(user))
    for row in rows.select_related("event", "product__area__parent__parent").order_by(
        "event__starts_on", "pk"
    ):
        place = _place(row.product.area)
        yield Line(str(row), row.event.get_absolute_url(), place, row.event.starts_on, "", row.event.is_demo)


def _visits(user, keys):
    for row in FieldVisit.objects.visible_to(user).filter(pk__in=keys).for_list().order_by("held_on", "pk"):
        place = _place(row.entity.area)
        yield Line(
            str(row.entity), row.get_absolute_url(), place, row.held_on, row.topics_in_words, row.is_demo
        )


def _ideas(user, keys):
    rows = Idea.objects.visible_to(user).filter(pk__in=keys).select_related("entity", "area__parent__parent")
    for row in rows.order_by("submitted_on", "pk"):
        place, state = _place(row.area), row.get_status_display()
        yield Line(row.name, row.get_absolute_url(), place, row.submitted_on, state, row.entity.is_demo)


def _dossiers(day):
    def lines(user, keys):
        rows = Dossier.objects.visible_to(user).filter(pk__in=keys)
        for row in rows.select_related("product__area__parent__parent").order_by(day, "pk"):
            yield Line(
                str(row.product), row.get_absolute_url(), _place(row.product.area), getattr(row, day),
                row.get_status_display(), row.product.is_demo,
            )  # fmt: skip

    return lines


LISTED = {
    Indicator.PRODUCT_REVENUE: _returns,
    Indicator.EVENTS: _events,
    Indicator.PARTICIPATIONS: _participations,
    Indicator.FIELD_VISITS: _visits,
    Indicator.IDEAS: _ideas,
    Indicator.DOSSIERS: _dossiers("submitted_on"),
    Indicator.ACCEPTED_DOSSIERS: _dossiers("accepted_on"),
}


def lines_of(indicator, figure, user):
    """(the rows that this person may see, how many more the figure counts)."""
    keys = [row.key for row in figure.rows]
    shown = list(LISTED[indicator](user, keys)) if keys else []
    return shown, len(keys) - len(shown)


def sheet(name, title, lines):
    """The rows as a sheet."""
    header = ("Nội dung", "Địa bàn", "Ngày", "Chi tiết", "Trình diễn")
    cells = ((line.title, line.place, line.day, line.value, line.is_demo) for line in lines)
    return Sheet(name=name, header=header, rows=cells, title=title)
