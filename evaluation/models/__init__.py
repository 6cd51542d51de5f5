"""Councils and their cases; score sheets, their turns and their past."""

from evaluation.models.advice import AdvisoryScore, AdvisorySheet
from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.scores import Channel, Opinion, Score, ScoreSheet, SheetStatus
from evaluation.models.turns import (
    OTHER_HAND,
    Change,
    PastScore,
    PastSheet,
    Reopening,
    ReopeningStatus,
    ScoreChange,
)

__all__ = [
    "OTHER_HAND",
    "AdvisoryScore",
    "AdvisorySheet",
    "Case",
    "CaseStatus",
    "Change",
    "Channel",
    "Council",
    "Opinion",
    "PastScore",
    "PastSheet",
    "Post",
    "Reopening",
    "ReopeningStatus",
    "Score",
    "ScoreChange",
    "ScoreSheet",
    "Seat",
    "SheetStatus",
]
