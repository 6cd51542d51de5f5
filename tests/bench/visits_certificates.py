"""Visits to what happens after the decision: terms, papers, inspections, petitions, the register."""

from evaluation.models import CaseStatus
from tests.bench.places import Visit
from tests.factories.certificates import (
    InspectionFactory,
    PetitionFactory,
    RenewalStepFactory,
    RevocationFactory,
)
from tests.factories.evaluation import CaseFactory, CouncilFactory
from tests.factories.products import CertificateFactory, DossierFactory, ProductFactory, RatingFactory


def certificate_visits(world):
    """A recognised product of the person's own producer, by the officer of its district and by everybody."""
    maker, office, producer = world.idea.entity, "canbohuyen", "chuthe.tracvan"
    rating = RatingFactory(product=ProductFactory(entity=maker, area=maker.area))
    paper = CertificateFactory(rating=rating)
    RenewalStepFactory(rating=rating)
    args = (rating.product.code, rating.day_number)
    inspection = InspectionFactory(rating=rating)
    revoked = RevocationFactory(
        rating=RatingFactory(product=ProductFactory(entity=maker, area=maker.area))
    ).rating
    petition = PetitionFactory(case=world.opened)
    done = {"status": CaseStatus.UNRECOGNISED, "verdict": {}, "concluded_on": world.concluded.concluded_on}
    made = DossierFactory(
        product=ProductFactory(entity=maker, area=maker.area), submitted_on=done["concluded_on"]
    )
    apart = CouncilFactory(area=world.concluded.council.area)  # the other one's papers print real verdicts
    ended = CaseFactory(council=apart, dossier=made, **done)
    forms = ("notice", "notice_paper", "extension", "revocation", "replacement", "clean_paper", "signing")
    return {
        "products:renewals": Visit(office),
        "products:rating": Visit(office, args),
        **{f"products:rating_{name}": Visit(office, args) for name in forms},
        "products:rating_revocation_file": Visit(office, (revoked.product.code, revoked.day_number)),
        "products:inspection_new": Visit(office, args[:1]),
        "products:inspection": Visit(office, (inspection.code,)),
        "products:inspection_mending": Visit(office, (inspection.code,)),
        "products:certificate_check": Visit(),
        "products:register": Visit(),
        "products:register_heads": Visit(),
        "products:register_leaves": Visit(),
        "products:certificate_proof": Visit("", (paper.token,)),
        "evaluation:petition": Visit("thuky.huyen", (petition.code,)),
        "evaluation:petition_answer": Visit("thuky.huyen", (petition.code,)),
        "evaluation:petition_new": Visit(producer, (ended.dossier.code,)),
    }
