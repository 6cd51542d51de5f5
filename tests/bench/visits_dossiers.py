"""Visits to the pages around a dossier: what was handed in, rounds of correction, intake."""

from accounts.models import User
from products import freezing
from products.models import CorrectionItem, CorrectionRound, DossierStatus, ItemKind
from tests.bench.places import SENT, Visit
from tests.factories.products import DossierFactory, EvidenceFactory, RatingFactory, answer_all, law
from tests.products.whole import law_of_2026


def dossier_visits(world):
    """A dossier of the demonstration's producer in each state that a page needs."""
    who, office, commune = "chuthe.tracvan", "canbohuyen", "canboxa"
    maker = world.idea.entity
    RatingFactory(product__entity=maker)
    sent = {"product__entity": maker, "submitted_on": SENT}
    waiting = whole(status=DossierStatus.SUBMITTED, **sent)
    mending = whole(status=DossierStatus.RETURNED, **sent)
    at_commune = DossierFactory(status=DossierStatus.AT_COMMUNE, **sent, **law_of_2026())
    paper = waiting.evidence.first()
    code = (waiting.code,)
    return {
        "products:dossier_begin": Visit(who),
        "products:way": Visit(who, (world.dossier.code,)),
        "products:frozen": Visit(office, (*code, 1)),
        "products:frozen_file": Visit(office, (*code, 1, paper.code)),
        "products:differences": Visit(office, (*code, 1, 2)),
        "products:changes": Visit(office, (mending.code,)),
        "products:extension": Visit(office, (mending.code,)),
        "products:return": Visit(office, code),
        "products:receipt": Visit(office, code),
        "products:assessment": Visit(commune, (at_commune.code,)),
        "products:slip": Visit(office, code),
    }


def whole(**facts):
    """Answered, with files, handed in twice; returned ones with an open round."""
    dossier = DossierFactory(regime=law(), **facts)
    answer_all(dossier)
    EvidenceFactory.create_batch(4, dossier=dossier)
    by = User.objects.get(username="chuthe.tracvan")
    for _ in range(2):
        freezing.freeze(dossier, by=by)
    if dossier.status == DossierStatus.RETURNED:
        current = CorrectionRound.objects.create(
            dossier=dossier, number=1, returned_from="submitted", opened_on=SENT, opened_by=by, due_on=SENT
        )
        CorrectionItem.objects.create(
            round=current, kind=ItemKind.FACT, key="spec", label="quy cách", why="Chưa rõ."
        )
    return dossier
