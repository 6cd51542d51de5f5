"""Ideas, dossiers, products and their ratings, one module per noun."""

from products.models.dossiers import Application, Dossier, DossierStatus, Evidence, SelfScore
from products.models.ideas import Idea, IdeaKind, IdeaStatus
from products.models.products import Product, Standing, StatedStanding
from products.models.ratings import Certificate, Decision, Rating
from products.models.serials import Serial
from products.models.visits import IdeaVisit

__all__ = [
    "Application",
    "Certificate",
    "Decision",
    "Dossier",
    "DossierStatus",
    "Evidence",
    "Idea",
    "IdeaKind",
    "IdeaStatus",
    "IdeaVisit",
    "Product",
    "Rating",
    "SelfScore",
    "Serial",
    "Standing",
    "StatedStanding",
]
