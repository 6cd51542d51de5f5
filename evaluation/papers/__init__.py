"""Papers of councils and of their offices, in the form of Nghị định 30/2020/NĐ-CP: PDF/A and Word."""

from evaluation.papers.frame import CONTENT_TYPES, rendered

__all__ = ["CONTENT_TYPES", "rendered"]
