"""Producers and craft villages, and the support they get; one module per noun."""

from entities.models.calendars import CalendarLink
from entities.models.entities import Entity, EntityKind, Membership
from entities.models.guides import Guide, GuideItem, GuideSample, GuideTick, GuideVersion
from entities.models.policies import Certainty, PolicyKind, SupportGrant, SupportPolicy
from entities.models.villages import CraftVillage
from entities.models.visits import AgreedAction, FieldVisit, VisitPhoto, VisitStatus

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
    "SupportGrant",
    "SupportPolicy",
    "VisitPhoto",
    "VisitStatus",
]
