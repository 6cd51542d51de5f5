"""Producers and craft villages, one module per noun."""

from entities.models.entities import Entity, EntityKind, Membership
from entities.models.villages import CraftVillage

__all__ = ["CraftVillage", "Entity", "EntityKind", "Membership"]
