"""Decisions that were made before the portal kept decisions."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation.areas.models import AreaKind
from foundation.trail.moves import write_all
from products import permissions
from products.models import (
    Decision,
    Rating,
)
from products.past import Laws

PAST_RATING = "Ghi hạng đã công nhận"


def record_past_rating(product, past, *, by):
    """Write down one decision that was made before the portal kept decisions; returns its rating."""
    return record_past_ratings([(product, past)], by=by)[0]


@transaction.atomic
def record_past_ratings(facts, *, by, laws=None, sources=None):
    """Write down many such decisions: (product, PastRating). Ratings without dossier, total and certificate.

    ``sources``: key of the product → where its decisions were read, for the trail.
    Historic facts: they are judged by the law of their day, and figures treat what counted on the day of an opening
    balance as part of it. Nothing is overwritten: the database refuses a second rating of one product on one day.
    """
    laws = laws or Laws()
    for product, past in facts:
        require(permissions.may_record_past_rating(by, product), "Sản phẩm này ngoài địa bàn của bạn.")
        if trouble := laws.trouble(past):
            raise ValidationError(f"{product}: {trouble}.")
    decisions = _decisions_of(facts, laws)
    ratings = [
        Rating(
            product=product,
            regime=laws.on(past.decided_on),
            stars=past.stars,
            decision=decisions[past.number, past.decided_on, past.issuer],
            year=past.decided_on.year,
            starts_on=past.decided_on,
            ends_on=laws.ends_on(past),
        )
        for product, past in facts
    ]
    Rating.objects.bulk_create(ratings, batch_size=1_000)
    for regime in {rating.regime for rating in ratings}:
        regime.mark_used()
    told = {}
    for rating in ratings:
        source = (sources or {}).get(rating.product_id)
        said = told.setdefault(rating.product, [source] if source else [])
        said.append(f"{rating.stars} sao theo quyết định {rating.decision}")
    write_all([(product, PAST_RATING, "; ".join(said)) for product, said in told.items()], by=by)
    return ratings


def _decisions_of(facts, laws):
    """The decisions behind these facts by number, day and issuer; those not yet known are written down."""
    wanted = {}
    for product, past in facts:
        level = laws.on(past.decided_on).level_for(past.stars)
        unit = product.place_today.unit
        area = unit.part(level) if level in set(AreaKind) else None
        wanted.setdefault(
            (past.number, past.decided_on, past.issuer),
            Decision(
                number=past.number,
                day=past.decided_on,
                issuer=past.issuer,
                level=level,
                area=area or unit.part(AreaKind.PROVINCE),
                is_demo=product.is_demo,
            ),
        )
    Decision.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=1_000)
    numbers = Decision.objects.filter(number__in={number for number, *_ in wanted})
    return {(row.number, row.day, row.issuer): row for row in numbers}
