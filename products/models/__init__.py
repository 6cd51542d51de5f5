"""Ideas, dossiers, products and their ratings, one module per noun."""

from products.models.carried import (
    Carried,
)
from products.models.corrections import (
    CorrectionItem,
    CorrectionRound,
    ItemKind,
)
from products.models.dossiers import (
    Application,
    Dossier,
    DossierStatus,
    Evidence,
    SelfScore,
)
from products.models.ideas import (
    Idea,
    IdeaKind,
    IdeaStatus,
)
from products.models.intake import (
    CommuneAssessment,
    Receipt,
    Reminder,
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
from products.models.submissions import (
    Submission,
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
    "CommuneAssessment",
    "CorrectionItem",
    "CorrectionRound",
    "Decision",
    "Dossier",
    "DossierStatus",
    "Evidence",
    "Idea",
    "IdeaKind",
    "IdeaStatus",
    "IdeaVisit",
    "ItemKind",
    "Product",
    "Rating",
    "Receipt",
    "Reminder",
    "SelfScore",
    "Serial",
    "Standing",
    "StatedStanding",
    "Submission",
    "certified_stars",
    "villages_with_rated_product",
]
