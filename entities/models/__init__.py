"""Producers and craft villages, and the support they get; one module per noun."""

from entities.models.calendars import (
    CalendarLink,
)
from entities.models.channels import (
    SalesChannel,
)
from entities.models.entities import (
    Entity,
    EntityKind,
    Membership,
)
from entities.models.guides import (
    Guide,
    GuideItem,
    GuideSample,
    GuideTick,
    GuideVersion,
)
from entities.models.policies import (
    Certainty,
    PolicyKind,
    SupportGrant,
    SupportPolicy,
)
from entities.models.strengthening import (
    Strengthening,
)
from entities.models.villages import (
    CraftVillage,
    VillagePhoto,
    VillageStatus,
)
from entities.models.visits import (
    AgreedAction,
    FieldVisit,
    VisitPhoto,
    VisitStatus,
)

__all__ = [
    "AgreedAction",
    "CalendarLink",
    "Certainty",
    "CraftVillage",
    "Entity",
    "EntityKind",
    "FieldVisit",
    "Guide",
    "GuideItem",
    "GuideSample",
    "GuideTick",
    "GuideVersion",
    "Membership",
    "PolicyKind",
    "SalesChannel",
    "Strengthening",
    "SupportGrant",
    "SupportPolicy",
    "VillagePhoto",
    "VillageStatus",
    "VisitPhoto",
    "VisitStatus",
]
