"""Indicators of products and villages with stars: totals, new ones, breakdowns, endings."""

import datetime as dt
from dataclasses import replace

from targets import counting, endings
from targets.counting import Figure, Scope
from targets.models import Unit

NO_BALANCE = "Chưa có số liệu đầu kỳ có nguồn cho địa bàn này đến ngày đã chọn."
NO_STARS = "Số liệu đầu kỳ gần nhất của địa bàn này không chia theo hạng sao."
RECORDED = "Chỉ tính quyết định đã ghi trong cổng, không có số liệu đầu kỳ."
PARTS = "Chỉ tính sản phẩm đã ghi trong cổng: số liệu đầu kỳ không chia theo nhóm và loại chủ thể."
JOINED = "Cộng từ các đơn vị cũ đã nhập vào địa bàn này."


def eve(books):
    """The day before the plan's year."""
    return dt.date(books.plan.year - 1, 12, 31)


def _total(unit, *, by_village):
    """A total by the rule of balances."""

    def measured(books, area, stars, day=None):
        day = day or books.day
        scope, balance = Scope(area, stars, by_village), books.latest(unit, area, stars, day)
        missing = NO_BALANCE if stars is None else NO_STARS
        if balance is None and (former := books.former.get(area)):
            parts = [(key, measured(books, key, stars, day)) for key in former]
            figure = endings.joined_figure(books.facts, scope, parts, day, missing=missing)
            return figure.noted(JOINED) if figure.known else figure
        return counting.balance_figure(books.facts, scope, balance, day, missing=missing)

    return measured


total_products = _total(Unit.PRODUCTS, by_village=False)
total_villages = _total(Unit.VILLAGES, by_village=True)


def new_products(books, area, stars):
    """Products recognised for the first time in the plan's year, as far as decisions stand in the portal."""
    figure = counting.first_figure(books.facts, Scope(area, stars), books.plan.year, books.day)
    total, before = total_products(books, area, stars), total_products(books, area, stars, eve(books))
    grown = counting.growth(total, before)
    if grown is None or grown[0] <= figure.high:
        return replace(figure, note=RECORDED)
    note = (
        f"Mới có {figure.text} quyết định được ghi trong cổng. Theo số liệu có nguồn, tổng số tăng "
        f"{counting.between(*grown)} sản phẩm "
        f"từ {before.balance.day:%d/%m/%Y} đến {total.balance.day:%d/%m/%Y}."
    )
    return replace(figure, note=note, complete=False, balance=total.balance, against=before.balance)


def new_villages(books, area, stars):
    """Villages that got their first certified product in the plan's year: growth of the balance and what came since."""
    total, before = total_villages(books, area, stars), total_villages(books, area, stars, eve(books))
    if not total.known or not before.known:
        return replace(Figure(), note=total.note or before.note)
    if total.balance is None or total.balance.day <= eve(books):
        return replace(
            counting.first_figure(books.facts, Scope(area, stars, True), books.plan.year, books.day),
            note="Làng nghề có sản phẩm đầu tiên từ 3 sao trong năm kế hoạch.",
        )
    low, high = counting.growth(total, before)
    steady = len(total.added) - len(total.ended)
    return replace(
        total,
        low=max(low + steady, 0),
        high=high + steady + len(total.unsure),
        against=before.balance,
        note=f"Hiệu của hai số liệu có nguồn: {total.balance.day:%d/%m/%Y} và {before.balance.day:%d/%m/%Y}.",
    )


def recorded(books, area, *, stars=None, industry=None, maker=None):
    """Products in force that are recorded, of one group or one kind of producer; balances are not divided so."""
    scope = Scope(area, stars, industry=industry, maker=maker)
    rows = counting.ordered(books.facts.counted(scope, books.day).values())
    return Figure(low=len(rows), high=len(rows), added=rows, complete=False, note=PARTS)


def _ending(figure):
    """One of the endings of a year."""

    def measured(books, area, stars):
        return figure(books.facts, Scope(area, stars), books.plan.year, books.day).noted(RECORDED)

    return measured


expired_products = _ending(endings.expired_figure)
revoked_products = _ending(endings.revoked_figure)
reevaluated_products = _ending(endings.reevaluated_figure)
