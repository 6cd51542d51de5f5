"""Deeds of councils: take a dossier up, score, hand in, open, conclude, and what follows from the verdict.

Locks are always taken in one order, case before sheet, so that a save and the chair's opening wait for each other.
"""

from evaluation.actions.admission import admit, admit_forwarded
from evaluation.actions.chair import conclude, open_case, reopen
from evaluation.actions.outcomes import close_unrated, forward, record_decision, send_down
from evaluation.actions.sheets import choose, hand_in, strike

__all__ = [
    "admit",
    "admit_forwarded",
    "choose",
    "close_unrated",
    "conclude",
    "forward",
    "hand_in",
    "open_case",
    "record_decision",
    "reopen",
    "send_down",
    "strike",
]
