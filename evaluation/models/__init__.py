"""Councils and their cases; score sheets."""

from evaluation.models.cases import Case, CaseStatus
from evaluation.models.central import CentralProposal
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.decisions import AnnexLine, DecisionDraft, DraftStatus
from evaluation.models.scores import Opinion, Score, ScoreSheet, SheetStatus

__all__ = [
    "AnnexLine",
    "Case",
    "CaseStatus",
    "CentralProposal",
    "Council",
    "DecisionDraft",
    "DraftStatus",
    "Opinion",
    "Post",
    "Score",
    "ScoreSheet",
    "Seat",
    "SheetStatus",
]
