"""What an evaluation ends in, and the one way by which a product gets stars here: evaluation asks its gates first."""

from django.db import transaction

from foundation import clock
from foundation.areas.models import AreaKind
from foundation.trail.moves import move, write
from products import notices, papers
from products.models import (
    Certificate,
    Decision,
    DossierStatus,
    Rating,
    Serial,
)


@transaction.atomic
def begin_evaluation(dossier, *, by):
    """A council takes the dossier up."""
    move(dossier, DossierStatus.UNDER_EVALUATION, by=by)


@transaction.atomic
def close_unrated(dossier, *, by, note):
    """The evaluation ends without stars that are recognised."""
    move(dossier, DossierStatus.UNRATED, by=by, note=note)


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


@transaction.atomic
def issue_certificate(rating, *, by):
    """Enter the certificate in the register and print it; its QR leads to the register's public page."""
    province = rating.decision.area.part(AreaKind.PROVINCE) or rating.decision.area
    year = rating.starts_on.year
    serial = Serial.objects.take(f"certificate-{rating.decision.area.code}-{year}")
    certificate = Certificate(
        rating=rating,
        number=f"{province.code}-{rating.decision.area.code}/{year}/{serial:04}",
        issued_on=rating.starts_on,
    )
    content, certificate.sha256 = papers.certificate_paper(certificate)
    certificate.file.save("certificate.pdf", content, save=False)
    certificate.save()
    write(rating.dossier, "Cấp giấy chứng nhận", by=by, note=certificate.number)
    return certificate
