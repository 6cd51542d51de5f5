"""Producers and craft villages, one module per noun."""

from entities.models.channels import SalesChannel
from entities.models.entities import Entity, EntityKind, Membership
from entities.models.strengthening import Strengthening
from entities.models.villages import CraftVillage, VillagePhoto, VillageStatus

__all__ = [
    "CraftVillage",
    "Entity",
    "EntityKind",
    "Membership",
    "SalesChannel",
    "Strengthening",
    "VillagePhoto",
    "VillageStatus",
]
