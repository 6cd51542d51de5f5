"""What people do to ideas, dossiers, ratings and shelves; each deed asks its right and writes the trail."""

from products.actions.certificates import (
    accept_signed,
    issue_certificate,
    replace_certificate,
)
from products.actions.dossiers import (
    StaleChoice,
    StaleField,
    choose,
    open_dossier,
    save_field,
    save_registration,
    withdraw,
)
from products.actions.evidence import (
    attach,
    detach,
)
from products.actions.ideas import (
    accept_idea,
    give_opinion,
    plan_idea_visit,
    register_idea,
    reject_idea,
    return_idea,
    revise_idea,
    submit_idea,
    withdraw_idea,
)
from products.actions.inspections import (
    record_inspection,
    record_mending,
)
from products.actions.late import (
    accept_late,
    ask_late,
)
from products.actions.offices import (
    accept,
    assess,
    extend_round,
    items_of,
    product_code,
    receive,
    send_back,
    submit,
)
from products.actions.outcomes import (
    begin_evaluation,
    close_unrated,
    grant_rating,
    record_central_rating,
)
from products.actions.past_ratings import (
    record_past_rating,
    record_past_ratings,
)
from products.actions.reminders import (
    remind,
)
from products.actions.renewals import (
    end_extension,
    extend,
    record_notice,
    revoke,
    tend,
)
from products.actions.shelves import (
    put_on_channel,
    take_off_channel,
)

__all__ = [
    "StaleChoice",
    "StaleField",
    "accept",
    "accept_idea",
    "accept_late",
    "accept_signed",
    "ask_late",
    "assess",
    "attach",
    "begin_evaluation",
    "choose",
    "close_unrated",
    "detach",
    "end_extension",
    "extend",
    "extend_round",
    "give_opinion",
    "grant_rating",
    "issue_certificate",
    "items_of",
    "open_dossier",
    "plan_idea_visit",
    "product_code",
    "put_on_channel",
    "receive",
    "record_central_rating",
    "record_inspection",
    "record_mending",
    "record_notice",
    "record_past_rating",
    "record_past_ratings",
    "register_idea",
    "reject_idea",
    "remind",
    "replace_certificate",
    "return_idea",
    "revise_idea",
    "revoke",
    "save_field",
    "save_registration",
    "send_back",
    "submit",
    "submit_idea",
    "take_off_channel",
    "tend",
    "withdraw",
    "withdraw_idea",
]
