"""Councils and their cases; score sheets; petitions."""

from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.petitions import Petition, PetitionOutcome
from evaluation.models.scores import Opinion, Score, ScoreSheet, SheetStatus

__all__ = [
    "Case",
    "CaseStatus",
    "Council",
    "Opinion",
    "Petition",
    "PetitionOutcome",
    "Post",
    "Score",
    "ScoreSheet",
    "Seat",
    "SheetStatus",
]
