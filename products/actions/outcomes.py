"""What an evaluation ends in, and the one way by which a product gets stars here: evaluation asks its gates first."""

from django.db import transaction

from foundation import clock
from foundation.trail.moves import move
from products import notices
from products.actions.certificates import issue_certificate
from products.actions.renewals import end_extension
from products.models import (
    Decision,
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
    end_extension(dossier, by=by)


@transaction.atomic
def grant_rating(dossier, *, stars, total, decision_number, decided_on, level, issuer, area, by):
    """Write the decision, the stars it gives and the certificate. The only way to stars in this portal.

    The rating runs the regime's number of calendar months from the day of the decision.
    """
    move(dossier, DossierStatus.RATED, by=by, note=f"{stars} sao, {decision_number}")
    paper = {"number": decision_number, "day": decided_on, "issuer": issuer}
    place = {"level": level, "area": area, "is_demo": dossier.product.is_demo}
    decision, _ = Decision.objects.get_or_create(**paper, defaults=place)
    rating = Rating.objects.create(
        product=dossier.product,
        dossier=dossier,
        regime=dossier.regime,
        stars=stars,
        total=total,
        decision=decision,
        year=dossier.year,
        starts_on=decided_on,
        ends_on=clock.add_months(decided_on, dossier.regime.certificate_months),
    )
    issue_certificate(rating, by=by)
    notices.rating_granted(rating, by=by)
    return rating
