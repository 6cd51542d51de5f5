"""Councils and their cases; score sheets."""

from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.scores import Opinion, Score, ScoreSheet, SheetStatus

__all__ = ["Case", "CaseStatus", "Council", "Opinion", "Post", "Score", "ScoreSheet", "Seat", "SheetStatus"]
