"""Deeds of councils: take a dossier up, score, hand in, open, conclude, and what follows from the verdict.

Locks are always taken in one order, case before sheet, so that a save and the chair's opening wait for each other.
"""

from evaluation.actions.admission import admit, admit_forwarded
from evaluation.actions.central import propose_to_centre, record_central_result
from evaluation.actions.chair import conclude, open_case, reopen
from evaluation.actions.decisions import (
    draft_decision,
    fill_annex,
    keep_scan,
    release,
    withdraw_draft,
    write_draft,
)
from evaluation.actions.outcomes import close_unrated, forward, record_decision, return_to_producer, send_down
from evaluation.actions.sheets import choose, hand_in, strike

__all__ = [
    "admit",
    "admit_forwarded",
    "choose",
    "close_unrated",
    "conclude",
    "draft_decision",
    "fill_annex",
    "forward",
    "hand_in",
    "keep_scan",
    "open_case",
    "propose_to_centre",
    "record_central_result",
    "record_decision",
    "release",
    "reopen",
    "return_to_producer",
    "send_down",
    "strike",
    "withdraw_draft",
    "write_draft",
]
