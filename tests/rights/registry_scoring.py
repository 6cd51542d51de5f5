"""How to reach the routes of scoring: pages of evidence, the spread desk, another turn, paper sheets, advice."""

from tests.rights.places import (
    AWAY,
    EVERYONE,
    MISSING,
    NO_CODE,
    NO_NUMBER,
    OWN,
    Place,
    nothing,
    plain,
    texts,
)


def cases(*states):
    """The cases of every producer in these states, and none."""

    def places(world):
        found = [
            Place(f"{name}/{state}", (row.code,), row, world.tenants[name])
            for state in states
            for name in EVERYONE
            for row in [world.tenants[name].cases[state]]
        ]
        return [*found, Place(MISSING, (NO_CODE,))]

    return places


def grids(world):
    """The grid of the member's paper sheet in the sealed case of each producer."""
    found = []
    for place in cases("sealed")(world):
        seat = place.record.council.seats.order_by("pk").first().pk if place.record else 10**9
        found.append(Place(place.label, (*place.args, seat), place.record, place.tenant))
    return found


def drawn_pages(world):
    """The first page of the evidence of each sealed case, a foreign one under one's own case, and none."""
    found = []
    for name in EVERYONE:
        tenant = world.tenants[name]
        case, row = tenant.cases["sealed"], tenant.evidence["sealed"]
        found.append(Place(f"{name}/sealed", (case.code, row.code, 1), row, tenant))
    own, away = (world.tenants[name] for name in (OWN, AWAY))
    mixed = (own.cases["sealed"].code, away.evidence["sealed"].code, 1)
    return [*found, Place("mixed", mixed), Place(MISSING, (NO_CODE, NO_NUMBER, 1))]


def request_to_rescore(world, place, role):
    """All sheets of the case, with a reason and a day."""
    sheets = [sheet.pk for sheet in place.record.sheets.all()] if place.record else []
    return {"sheets": sheets, "reason": "Lý do thử.", "due_on": "2024-10-31"}


PLACES = {
    "evaluation:my_sheets": plain,
    "evaluation:evidence_page": drawn_pages,
    "evaluation:spread_desk": cases("sealed", "complete", "opened", "asked"),
    "evaluation:history": cases("sealed", "complete", "opened"),
    "evaluation:turn_confirmation": cases("opened", "asked"),
    "evaluation:turn_refusal": cases("asked"),
    "evaluation:paper_sheets": cases("sealed"),
    "evaluation:paper_entry": grids,
    "evaluation:advice": cases("sealed"),
}
BODIES = {
    "evaluation:reopening": request_to_rescore,
    "evaluation:turn_confirmation": nothing,
    "evaluation:turn_refusal": nothing,
    "evaluation:paper_entry": texts(remark=""),
    "evaluation:advice": texts(seen="", luu="1"),
}
