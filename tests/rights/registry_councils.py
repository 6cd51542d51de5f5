"""How to reach the routes of councils, sittings, statements and assignment (tests/rights/world_councils.py)."""

from evaluation.models import Sitting
from tests.rights.places import EVERYONE, MISSING, NO_CODE, Place, nothing, plain, texts

COUNCILS = ("own", "other", "upper")


def councils(*more):
    """The three councils, and none."""

    def places(world):
        found = [Place(name, (world.councils[name].code, *more), world.councils[name]) for name in COUNCILS]
        return [*found, Place(MISSING, (NO_CODE, *more))]

    return places


def of_councils(related):
    """The first seat or adviser of each council, and one under the address of a foreign council."""

    def places(world):
        rows = {name: getattr(world.councils[name], related).order_by("pk").first() for name in COUNCILS}
        found = [Place(name, (world.councils[name].code, row.pk), row) for name, row in rows.items()]
        return [
            *found,
            Place("mixed", (world.councils["own"].code, rows["other"].pk)),
            Place(MISSING, (NO_CODE, 1)),
        ]

    return places


def sittings(world):
    """The sitting of each council, and none."""
    rows = {name: Sitting.objects.get(round__council=world.councils[name]) for name in COUNCILS}
    return [*(Place(name, (row.code,), row) for name, row in rows.items()), Place(MISSING, (NO_CODE,))]


def sealed(world):
    """The sealed case of every producer, and none."""
    found = [(name, world.tenants[name]) for name in EVERYONE]
    cases = [Place(f"{n}/sealed", (t.cases["sealed"].code,), t.cases["sealed"], t) for n, t in found]
    return [*cases, Place(MISSING, (NO_CODE,))]


PLACES = {
    "evaluation:councils": plain,
    "evaluation:council_new": plain,
    "evaluation:council": councils(),
    "evaluation:council_scan": councils(),
    "evaluation:council_rules": councils(),
    "evaluation:council_end": councils(),
    "evaluation:seat_new": councils(),
    "evaluation:seat_end": of_councils("seats"),
    "evaluation:adviser_new": councils(),
    "evaluation:adviser_end": of_councils("advisers"),
    "evaluation:round_new": councils(),
    "evaluation:round_edit": councils(1),
    "evaluation:sitting_new": councils(1),
    "evaluation:assignment": councils(),
    "evaluation:assigning": councils(),
    "evaluation:releasing": councils(),
    "evaluation:sitting": sittings,
    "evaluation:agenda": sittings,
    "evaluation:attendance": sittings,
    "evaluation:sitting_opening": sittings,
    "evaluation:sitting_closing": sittings,
    "evaluation:sitting_cancel": sittings,
    "evaluation:statement": sealed,
    "evaluation:recusal": sealed,
}

RULES = {
    "rules_source": "Quy chế thử", "quorum_percent": "70", "chair_required": "co", "sitting_required": "khong",
    "all_judge": "co", "spread_limit": "10", "spread_limit_counts": "co", "gates_on": "mean",
    "knockout_by": "majority", "rounded": "khong",
}  # fmt: skip
DAYS = {"opens_on": "2024-12-02", "scoring_until": "2024-12-09", "closes_on": "2024-12-20"}


def first_pair(world, place, role):
    """The first sealed case of the table's own producer, and the first seat of the council."""
    case = world.tenants["own"].cases["sealed"]
    seat = world.councils["own"].seats.order_by("pk").first()
    return {"cap": f"{case.pk}-{seat.pk}"}


def one_case(world, place, role):
    """The sealed case of the council's own producer in the first place; of none where there is no such council."""
    mine = [t.cases["sealed"].pk for t in world.tenants.values()
            if place.record and t.cases["sealed"].council_id == place.record.council.pk]  # fmt: skip
    return {f"o-{mine[0] if mine else 1}": "1", f"w-{mine[0] if mine else 1}": "Người trình thử"}


def called_out(world, place, role):
    """Everybody who scores is there."""
    seats = place.record.council.seats.order_by("pk") if place.record else ()
    return {f"p-{seat.pk}": "co" for seat in seats} | {"x-1": "Lý do thử"}


def aside(world, place, role):
    """The first seat of the case's council, and why."""
    seat = place.record.council.seats.order_by("pk").first().pk if place.record else 1
    return {"seat": seat, "reason": "Lý do thử."}


BODIES = {
    "evaluation:council_new": texts(name="Hội đồng thử", decided_on="2024-10-01", **RULES),
    "evaluation:council_rules": texts(**RULES),
    "evaluation:council_end": texts(day="2024-10-15", reason="Lý do thử."),
    "evaluation:seat_new": texts(post="member", scores="co", started_on="2024-10-15", basis="Căn cứ thử"),
    "evaluation:seat_end": texts(day="2024-10-15", why="Lý do thử."),
    "evaluation:adviser_new": texts(duty="member", started_on="2024-10-15"),
    "evaluation:adviser_end": nothing,
    "evaluation:round_new": texts(**DAYS),
    "evaluation:round_edit": texts(opens_on="2024-10-01", scoring_until="2024-10-30", closes_on="2024-11-30"),
    "evaluation:sitting_new": texts(day="2024-10-16", begins_at="08:30", place="Nơi thử"),
    "evaluation:assigning": first_pair,
    "evaluation:releasing": first_pair,
    "evaluation:agenda": one_case,
    "evaluation:attendance": called_out,
    "evaluation:sitting_opening": nothing,
    "evaluation:sitting_closing": nothing,
    "evaluation:sitting_cancel": texts(reason="Lý do thử."),
    "evaluation:statement": texts(answer="conflict", reason="Lý do thử."),
    "evaluation:recusal": aside,
}
