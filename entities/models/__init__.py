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
    Gender,
)
from entities.models.guides import (
    Guide,
    GuideItem,
    GuideSample,
    GuideTick,
    GuideVersion,
)
from entities.models.members import (
    EntityInvitation,
    InviteStatus,
    MemberRole,
    Membership,
)
from entities.models.policies import (
    Certainty,
    PolicyKind,
    SupportGrant,
    SupportPolicy,
)
from entities.models.profiles import (
    EntityPhoto,
    YearFigures,
)
from entities.models.signups import (
    SignUp,
    SignUpStatus,
)
from entities.models.spells import (
    EntityStatus,
    Spell,
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
    "EntityInvitation",
    "EntityKind",
    "EntityPhoto",
    "EntityStatus",
    "FieldVisit",
    "Gender",
    "Guide",
    "GuideItem",
    "GuideSample",
    "GuideTick",
    "GuideVersion",
    "InviteStatus",
    "MemberRole",
    "Membership",
    "PolicyKind",
    "SalesChannel",
    "SignUp",
    "SignUpStatus",
    "Spell",
    "Strengthening",
    "SupportGrant",
    "SupportPolicy",
    "VillagePhoto",
    "VillageStatus",
    "VisitPhoto",
    "VisitStatus",
    "YearFigures",
]
