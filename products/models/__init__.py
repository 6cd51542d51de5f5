"""Ideas, dossiers, products and their ratings, one module per noun."""

from products.models.carried import (
    Carried,
)
from products.models.dossiers import (
    Application,
    Dossier,
    DossierStatus,
    Evidence,
    SelfScore,
)
from products.models.evidence_files import (
    EvidenceFile,
)
from products.models.ideas import (
    Idea,
    IdeaKind,
    IdeaStatus,
)
from products.models.products import (
    Product,
    Standing,
    StatedStanding,
)
from products.models.ratings import (
    Certificate,
    Decision,
    Rating,
    certified_stars,
)
from products.models.serials import (
    Serial,
)
from products.models.villages import (
    villages_with_rated_product,
)
from products.models.visits import (
    IdeaVisit,
)

__all__ = [
    "Application",
    "Carried",
    "Certificate",
    "Decision",
    "Dossier",
    "DossierStatus",
    "Evidence",
    "EvidenceFile",
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
    "certified_stars",
    "villages_with_rated_product",
]
