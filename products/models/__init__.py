"""Ideas, dossiers, products and their ratings, one module per noun."""

from products.models.carried import (
    Carried,
)
from products.models.corrections import (
    CorrectionItem,
    CorrectionRound,
    ItemKind,
)
from products.models.cycle import (
    CycleStep,
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
    IdeaOpinion,
    IdeaStatus,
)
from products.models.inspections import (
    Inspection,
    InspectionResult,
)
from products.models.intake import (
    CommuneAssessment,
    Receipt,
    Reminder,
)
from products.models.late import (
    LateAcceptance,
)
from products.models.lives import (
    Extension,
    RenewalKind,
    RenewalStep,
    Revocation,
    SignedPaper,
    kept_by,
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
from products.models.register import (
    Happening,
    RegisterEntry,
    RegisterHead,
)
from products.models.serials import (
    Serial,
)
from products.models.submissions import (
    Submission,
)
from products.models.tracking import (
    ProductFact,
    ProductStory,
    YearlyReturn,
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
    "CommuneAssessment",
    "CorrectionItem",
    "CorrectionRound",
    "CycleStep",
    "Decision",
    "Dossier",
    "DossierStatus",
    "Evidence",
    "EvidenceFile",
    "Extension",
    "FinanceLine",
    "Happening",
    "Idea",
    "IdeaKind",
    "IdeaOpinion",
    "IdeaStatus",
    "IdeaVisit",
    "Inspection",
    "InspectionResult",
    "ItemKind",
    "LateAcceptance",
    "PlanMilestone",
    "PlanPart",
    "PlanStatus",
    "PotentialProduct",
    "PotentialStatus",
    "Product",
    "ProductFact",
    "ProductStory",
    "Rating",
    "Receipt",
    "RegisterEntry",
    "RegisterHead",
    "Reminder",
    "RenewalKind",
    "RenewalStep",
    "Revocation",
    "SelfScore",
    "Serial",
    "SignedPaper",
    "Standing",
    "StatedStanding",
    "Submission",
    "VnWords",
    "Word",
    "YearlyReturn",
    "certified_stars",
    "kept_by",
    "villages_with_rated_product",
]
