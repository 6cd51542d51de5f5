"""Deeds of councils: take a dossier up, score, hand in, open, conclude, and what follows from the verdict.

Locks are always taken in one order, case before sheet, so that a save and the chair's opening wait for each other.
"""

from evaluation.actions.admission import admit, admit_forwarded
from evaluation.actions.advice import advise
from evaluation.actions.chair import conclude, open_case
from evaluation.actions.outcomes import close_unrated, forward, record_decision, send_down
from evaluation.actions.paper import enter_paper
from evaluation.actions.sheets import choose, choose_in, hand_in, strike
from evaluation.actions.turns import confirm_turn, decline_turn, propose_turn

__all__ = [
    "admit",
    "admit_forwarded",
    "advise",
    "choose",
    "choose_in",
    "close_unrated",
    "conclude",
    "confirm_turn",
    "decline_turn",
    "enter_paper",
    "forward",
    "hand_in",
    "open_case",
    "propose_turn",
    "record_decision",
    "send_down",
    "strike",
]
