"""How to reach the routes of decisions, of what goes beyond the province, and of councils' papers."""

from tests.rights.places import AWAY, EVERYONE, MISSING, NO_CODE, OWN, Place, nothing, plain, texts
from tests.rights.registry_certificates import a_pdf


def cases(state, *more, label=""):
    """Every producer's case in that state, and none; ``more``: what follows in the address."""

    def places(world):
        found = [
            Place(f"{name}/{state}{label}", (world.tenants[name].cases[state].code, *more),
                  world.tenants[name].cases[state], world.tenants[name])
            for name in EVERYONE
        ]  # fmt: skip
        return [*found, Place(MISSING, (NO_CODE, *more))]

    return places


def drafts(*more):
    """A draft of each district's council, and none."""

    def places(world):
        found = [
            Place(name, (world.outcomes[name].code, *more), world.outcomes[name], world.tenants[name])
            for name in (OWN, AWAY)
        ]
        return [*found, Place(MISSING, (NO_CODE, *more))]

    return places


def sheets(world):
    """The first member's sheet of an opened case, and of cases that are still sealed, handed in and not."""
    found = []
    for state in ("opened", "complete", "sealed"):
        for name in EVERYONE:
            case = world.tenants[name].cases[state]
            seat = case.sheets.order_by("seat_id").first().seat_id
            found.append(Place(f"{name}/{state}", (case.code, seat, "pdf"), case, world.tenants[name]))
    return [*found, Place(MISSING, (NO_CODE, 1, "pdf"))]


def days(world):
    """What each district's council concluded on the day of the world."""
    found = []
    for name in (OWN, AWAY):
        case = world.tenants[name].cases["concluded"]
        args = (case.council.code, f"{case.concluded_on:%Y-%m-%d}", "bang-diem", "pdf")
        found.append(Place(name, args, case, world.tenants[name]))
    return [*found, Place(MISSING, (NO_CODE, "2024-10-15", "bang-diem", "pdf"))]


PLACES = {
    "evaluation:drafts": plain,
    "evaluation:draft_new": plain,
    "evaluation:draft": drafts(),
    "evaluation:draft_edit": drafts(),
    "evaluation:annex": drafts(),
    "evaluation:release": drafts(),
    "evaluation:draft_withdrawal": drafts(),
    "evaluation:scan": drafts(),
    "evaluation:scan_file": drafts(),
    "evaluation:draft_paper": drafts("quyet-dinh", "pdf"),
    "evaluation:invitation": plain,
    "evaluation:returning": cases("concluded"),
    "evaluation:proposing": cases("concluded"),
    "evaluation:central_result": cases("concluded"),
    "evaluation:proof": cases("concluded"),
    "evaluation:case_paper": cases("concluded", "bien-ban", "pdf"),
    "evaluation:sheet_paper": sheets,
    "evaluation:day_paper": days,
}


def council(world, place, role):
    """The council whose papers the table's own people keep."""
    return {"hoi_dong": world.councils["own"].code}


def annexed(world, place, role):
    """The product that stands in the annex already."""
    return {"cases": [line.case.code for line in place.record.annex()] if place.record else []}


DRAFT = {"number": "77/QĐ-UBND", "day": "2024-10-15", "place": "Duy Tiên", "signer_authority": "TM. Ủy ban nhân dân",
         "signer_role": "Chủ tịch", "recipients": "Lưu: VT."}  # fmt: skip

BODIES = {
    "evaluation:draft_new": council,
    "evaluation:draft_edit": texts(**DRAFT),
    "evaluation:annex": annexed,
    "evaluation:release": nothing,
    "evaluation:draft_withdrawal": nothing,
    "evaluation:scan": a_pdf(),
    "evaluation:returning": texts(note="Lý do thử."),
    "evaluation:proposing": texts(number="215/UBND-NN", day="2024-10-15"),
    "evaluation:central_result": texts(came_on="2024-10-15", total="85", stars="4"),
}
