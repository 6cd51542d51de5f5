"""What a report says, as plain data: the same day and the same data give the same digest."""

import hashlib
import json
from decimal import Decimal

from products.models import Rating
from targets import producers, progress
from targets.models import Indicator, Remark, Unit

PARTS = {
    "targets": "Kết quả thực hiện các chỉ tiêu",
    "districts": "Tổng số sản phẩm theo địa bàn",
    "stars": "Tổng số sản phẩm theo hạng sao",
    "new": "Sản phẩm được công nhận lần đầu trong năm",
    "kinds": "Chủ thể theo loại hình",
    "developed": "Chủ thể phát triển mới và củng cố trong năm",
    "balances": "Số liệu đầu kỳ và nguồn",
    "remarks": "Ghi chú về nguồn",
}


def plainly(name, make):
    """Make a part of the report; what goes wrong goes wrong for the whole report."""
    return make()


def frozen(books, area, part=plainly):
    """Every figure of the report on this unit. Nothing in it depends on when or by whom it is written.

    ``failed`` stands there only when a part failed, so that whole reports keep the digest they always had.
    ``part(name, make)`` makes each part; one that returns None for a part that failed lets the others stand.
    """
    whole = progress.key(area) == progress.key(books.plan.area)
    rows = part("targets", lambda: progress.progress_of(books, area))
    makers = {
        "targets": lambda: [_target(row) for row in rows or ()],
        "districts": lambda: [_district(*row) for row in progress.by_district(books)] if whole else [],
        "stars": lambda: [{"stars": stars, **_figure(one)} for stars, one in progress.by_star(books, area)],
        "new": lambda: _recognised(books.figure(Indicator.NEW_PRODUCTS, area)),
        "kinds": lambda: [
            {"kind": kind.label, **_figure(one)} for kind, one in progress.by_kind(books, area)
        ],
        "developed": lambda: _developed(books, area),
        "balances": lambda: _balances(row.figure for row in rows or ()),
        "remarks": lambda: [row.text for row in Remark.objects.for_page()] if whole else [],
    }
    parts = {name: part(name, make) for name, make in makers.items()}
    failed = sorted(
        {*(name for name, made in parts.items() if made is None), *(["targets"] if rows is None else [])}
    )
    return {
        "plan": {"year": books.plan.year, "number": books.plan.number},
        "area": {"code": area.code, "kind": area.kind, "name": area.full_name},
        "as_of": books.day.isoformat(),
        **{name: made or [] for name, made in parts.items()},
        **({"failed": failed} if failed else {}),
        "demo": max((row.figure.demo for row in rows or ()), default=0),
    }


def digest(figures):
    """SHA-256 of the figures in one canonical form."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _target(row):
    unit = row.target.get_unit_display() if row.target else "sản phẩm"
    return {
        "indicator": row.indicator.value,
        "label": row.indicator.label,
        "unit": unit,
        "plan": _range(row.target),
        "expected": None if row.expected is None else str(round(row.expected, 2)),
        "word": row.word.value,
        "note": row.figure.note,
        **_figure(row.figure),
    }


def _figure(figure):
    return {"low": figure.low, "high": figure.high, "text": figure.text}


def _range(target):
    """25–30, từ 50% trở lên, or nothing."""
    if target is None:
        return ""
    low, high = (_plain(value) for value in (target.low, target.high))
    if high is None:
        return f"từ {low}{'%' if target.unit == Unit.PERCENT else ''} trở lên"
    return low if low == high else f"{low}–{high}"


def _plain(value):
    return None if value is None else f"{Decimal(value).normalize():f}".replace(".", ",")


def _district(area, total, by_star):
    return {
        "code": area.code,
        "name": area.full_name,
        "total": _figure(total),
        "stars": [_figure(figure) for _, figure in by_star],
    }


def _recognised(figure):
    """Products recognised for the first time in the year, with the decisions that did it."""
    facts = (*figure.added, *figure.unsure)
    ratings = Rating.objects.for_list().in_bulk({fact.rating for fact in facts})
    return [
        {
            "product": rating.product.name,
            "entity": str(rating.product.entity or ""),
            "place": (rating.product.area or rating.decision.area).place,
            "stars": rating.stars,
            "decision": rating.decision.number,
            "decided_on": rating.decision.day.isoformat(),
            "is_demo": rating.product.is_demo,
        }
        for rating in (ratings[fact.rating] for fact in facts)
    ]


def _developed(books, area):
    """Producers newly developed or strengthened in the year, with what made them count."""
    fresh = producers.newcomers(books)
    rows = producers.rows_of(books.figure(Indicator.ENTITIES, area), "", books)
    return [
        {
            "entity": row.name,
            "kind": row.get_kind_display(),
            "place": row.area.place,
            "why": producers.reasons(row, fresh),
            "is_demo": row.is_demo,
        }
        for row in rows
    ]


def _balances(figures):
    """The opening balances that the figures stand on, each once, with their sources."""
    used = {row: None for figure in figures for row in (figure.against, figure.balance) if row}
    return [
        {"day": row.day.isoformat(), "low": row.low, "high": row.high, "unit": row.unit, "note": row.note,
         "sources": [f"{key} – {publisher}" for key, publisher, _ in row.sources]}
        for row in used
    ]  # fmt: skip
