"""What an evaluation ends in, and the one way by which a product gets stars here: evaluation asks its gates first."""

from django.db import transaction

from foundation import clock
from foundation.areas.models import AreaKind
from foundation.trail.moves import move, write
from products import notices
from products.actions.certificates import issue_certificate
from products.actions.renewals import end_extension
from products.models import (
    Decision,
    Dossier,
    DossierStatus,
    Rating,
)


@transaction.atomic
def begin_evaluation(dossier, *, by):
    """A council takes the dossier up."""
    move(dossier, DossierStatus.UNDER_EVALUATION, by=by)


@transaction.atomic
def close_unrated(dossier, *, by, note):
    """The evaluation ends without stars that are recognised."""
    move(dossier, DossierStatus.UNRATED, by=by, note=note)
    notices.dossier_unrated(dossier, note, by=by)
    end_extension(dossier, by=by)


@transaction.atomic
def grant_rating(dossier, *, stars, total, decision_number, decided_on, level, issuer, area, by):
    """Write the decision, the stars it gives and the certificate. The only way to stars in this portal.

    The rating runs the regime's number of calendar months from the day of the decision.
    """
    move(dossier, DossierStatus.RATED, by=by, note=f"{stars} sao, {decision_number}")
    decision = _decision(dossier, decision_number, decided_on, issuer, level, area)
    rating = _rate(dossier, decision, dossier=dossier, stars=stars, total=total)
    issue_certificate(rating, by=by)
    notices.rating_granted(rating, by=by)
    return rating


@transaction.atomic
def record_central_rating(dossier, *, stars, total, decision_number, decided_on, level, issuer, by):
    """Write down the stars that the centre recognised. Its certificate is its own: none is issued here.

    The dossier may have stars of the province already; then the centre's stand beside them, from their own day.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    first = dossier.status != DossierStatus.RATED
    if first:
        move(dossier, DossierStatus.RATED, by=by, note=f"{stars} sao, {decision_number}")
    else:
        write(dossier, "Trung ương công nhận", by=by, note=f"{stars} sao, {decision_number}")
    area = dossier.product.place_today.unit.part(AreaKind.PROVINCE)
    decision = _decision(dossier, decision_number, decided_on, issuer, level, area)
    rating = _rate(dossier, decision, dossier=dossier if first else None, stars=stars, total=total)
    notices.rating_granted(rating, by=by, dossier=dossier)
    return rating


def _decision(dossier, number, day, issuer, level, area):
    """The row of this decision, written when it is not there yet."""
    place = {"level": level, "area": area, "is_demo": dossier.product.is_demo}
    return Decision.objects.get_or_create(number=number, day=day, issuer=issuer, defaults=place)[0]


def _rate(judged, decision, **facts):
    """The stars of this dossier's product from the decision's day, for the regime's months."""
    return Rating.objects.create(
        product=judged.product,
        regime=judged.regime,
        decision=decision,
        year=judged.year,
        starts_on=decision.day,
        ends_on=clock.add_months(decision.day, judged.regime.certificate_months),
        **facts,
    )
