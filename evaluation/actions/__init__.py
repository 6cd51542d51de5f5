"""Deeds of councils: take a dossier up, score, hand in, open, conclude, and what follows from the verdict.

Locks are always taken in one order, case before sheet, so that a save and the chair's opening wait for each other.
"""

from evaluation.actions.admission import admit, admit_forwarded
from evaluation.actions.advice import advise
from evaluation.actions.assignment import assign, assign_balanced, release
from evaluation.actions.central import propose_to_centre, record_central_result
from evaluation.actions.chair import conclude, open_case
from evaluation.actions.councils import change_rules, end_council, establish
from evaluation.actions.decisions import (
    draft_decision,
    fill_annex,
    keep_scan,
    release_decision,
    withdraw_draft,
    write_draft,
)
from evaluation.actions.outcomes import close_unrated, forward, record_decision, return_to_producer, send_down
from evaluation.actions.paper import enter_paper
from evaluation.actions.seats import add_adviser, appoint, end_adviser, end_seat
from evaluation.actions.sheets import choose, choose_in, hand_in, strike
from evaluation.actions.sittings import (
    call_sitting,
    cancel_sitting,
    change_round,
    close_sitting,
    note_attendance,
    open_sitting,
    plan_round,
    set_agenda,
)
from evaluation.actions.statements import recuse, state
from evaluation.actions.turns import confirm_turn, decline_turn, propose_turn

__all__ = [
    "add_adviser",
    "admit",
    "admit_forwarded",
    "advise",
    "appoint",
    "assign",
    "assign_balanced",
    "call_sitting",
    "cancel_sitting",
    "change_round",
    "change_rules",
    "choose",
    "choose_in",
    "close_sitting",
    "close_unrated",
    "conclude",
    "confirm_turn",
    "decline_turn",
    "draft_decision",
    "end_adviser",
    "end_council",
    "end_seat",
    "enter_paper",
    "establish",
    "fill_annex",
    "forward",
    "hand_in",
    "keep_scan",
    "note_attendance",
    "open_case",
    "open_sitting",
    "plan_round",
    "propose_to_centre",
    "propose_turn",
    "record_central_result",
    "record_decision",
    "recuse",
    "release",
    "release_decision",
    "return_to_producer",
    "send_down",
    "set_agenda",
    "state",
    "strike",
    "withdraw_draft",
    "write_draft",
]
