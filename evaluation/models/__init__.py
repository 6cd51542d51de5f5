"""Councils and their cases; score sheets, their turns and past; rounds, sittings, statements; petitions."""

from evaluation.models.advice import AdvisoryScore, AdvisorySheet
from evaluation.models.advisers import Adviser, Duty
from evaluation.models.cases import Case, CaseStatus
from evaluation.models.central import CentralProposal
from evaluation.models.councils import Council, Post, Seat
from evaluation.models.decisions import AnnexLine, DecisionDraft, DraftStatus
from evaluation.models.petitions import Petition, PetitionOutcome
from evaluation.models.rounds import AgendaItem, Attendance, Round, Sitting, SittingStatus
from evaluation.models.scores import Channel, Opinion, Score, ScoreSheet, SheetStatus
from evaluation.models.statements import Answer, Statement
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
    "Adviser",
    "AdvisoryScore",
    "AdvisorySheet",
    "AgendaItem",
    "AnnexLine",
    "Answer",
    "Attendance",
    "Case",
    "CaseStatus",
    "CentralProposal",
    "Change",
    "Channel",
    "Council",
    "DecisionDraft",
    "DraftStatus",
    "Duty",
    "Opinion",
    "PastScore",
    "PastSheet",
    "Petition",
    "PetitionOutcome",
    "Post",
    "Reopening",
    "ReopeningStatus",
    "Round",
    "Score",
    "ScoreChange",
    "ScoreSheet",
    "Seat",
    "SheetStatus",
    "Sitting",
    "SittingStatus",
    "Statement",
]
