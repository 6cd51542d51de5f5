"""How to reach the routes of scoring: the spread desk, another turn, paper sheets, advice."""

from tests.rights.places import Place, nothing, plain, texts
from tests.rights.registry_dossiers import in_states


def grids(world):
    """The grid of the member's paper sheet in the sealed case of each producer."""
    found = []
    for place in in_states("cases", "sealed")(world):
        seat = place.record.council.seats.order_by("pk").first().pk if place.record else 10**9
        found.append(Place(place.label, (*place.args, seat), place.record, place.tenant))
    return found


def request_to_rescore(world, place, role):
    """All sheets of the case, with a reason and a day."""
    sheets = [sheet.pk for sheet in place.record.sheets.all()] if place.record else []
    return {"sheets": sheets, "reason": "Lý do thử.", "due_on": "2024-10-31"}


PLACES = {
    "evaluation:my_sheets": plain,
    "evaluation:spread_desk": in_states("cases", "complete", "opened", "asked"),
    "evaluation:history": in_states("cases", "complete", "opened"),
    "evaluation:turn_confirmation": in_states("cases", "opened", "asked"),
    "evaluation:turn_refusal": in_states("cases", "asked"),
    "evaluation:paper_sheets": in_states("cases", "sealed"),
    "evaluation:paper_entry": grids,
    "evaluation:advice": in_states("cases", "sealed"),
}
BODIES = {
    "evaluation:reopening": request_to_rescore,
    "evaluation:turn_confirmation": nothing,
    "evaluation:turn_refusal": nothing,
    "evaluation:paper_entry": texts(remark=""),
    "evaluation:advice": texts(seen="", luu="1"),
}
