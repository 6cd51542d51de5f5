"""Councils and their cases; score sheets; rounds and sittings; statements on conflicts of interest."""

from evaluation.models.advisers import Adviser, Duty
from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.rounds import AgendaItem, Attendance, Round, Sitting, SittingStatus
from evaluation.models.scores import Opinion, Score, ScoreSheet, SheetStatus
from evaluation.models.statements import Answer, Statement

__all__ = [
    "Adviser",
    "AgendaItem",
    "Answer",
    "Attendance",
    "Case",
    "CaseStatus",
    "Council",
    "Duty",
    "Opinion",
    "Post",
    "Round",
    "Score",
    "ScoreSheet",
    "Seat",
    "SheetStatus",
    "Sitting",
    "SittingStatus",
    "Statement",
]
