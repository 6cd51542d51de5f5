"""Ideas, dossiers, products and their ratings, one module per noun."""

from products.models.carried import (
    Carried,
)
from products.models.cycle import (
    CycleStep,
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
    IdeaOpinion,
    IdeaStatus,
)
from products.models.plans import (
    BusinessPlan,
    FinanceLine,
    PlanMilestone,
    PlanPart,
    PlanStatus,
)
from products.models.potentials import (
    PotentialProduct,
    PotentialStatus,
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
from products.models.tracking import (
    ProductFact,
    ProductStory,
    YearlyReturn,
from products.models.submissions import (
    Submission,
)
from products.models.villages import (
    villages_with_rated_product,
)
from products.models.visits import (
    IdeaVisit,
)
from products.models.words import (
    VnWords,
    Word,
)

__all__ = [
    "Application",
    "BusinessPlan",
    "Carried",
    "Certificate",
    "CycleStep",
    "CommuneAssessment",
    "CorrectionItem",
    "CorrectionRound",
    "Decision",
    "Dossier",
    "DossierStatus",
    "Evidence",
    "FinanceLine",
    "Idea",
    "IdeaKind",
    "IdeaOpinion",
    "IdeaStatus",
    "IdeaVisit",
    "PlanMilestone",
    "PlanPart",
    "PlanStatus",
    "PotentialProduct",
    "PotentialStatus",
    "ItemKind",
    "Product",
    "ProductFact",
    "ProductStory",
    "Rating",
    "Receipt",
    "Reminder",
    "SelfScore",
    "Serial",
    "Standing",
    "StatedStanding",
    "VnWords",
    "Word",
    "YearlyReturn",
    "Submission",
    "certified_stars",
    "villages_with_rated_product",
]
