"""The indicators of plans and reports: one function each, over dated facts, for any unit and day."""

from targets.indicators.registry import HAPPENINGS, MEASURES, MISSING, OF_PRODUCERS, REGISTRY, Definition

__all__ = ["HAPPENINGS", "MEASURES", "MISSING", "OF_PRODUCERS", "REGISTRY", "Definition"]
