"""How to reach the routes of handing in, correcting and taking in dossiers (tests/rights/world_dossiers.py)."""

from tests.rights.places import AWAY, EVERYONE, MISSING, NO_CODE, NO_NUMBER, OWN, Place, plain, texts


def in_states(*states, more=(), missing=()):
    """The dossiers of every producer in these states, and none."""

    def places(world):
        found = [
            Place(f"{name}/{state}", (row.code, *more), row, world.tenants[name])
            for state in states
            for name in EVERYONE
            for row in [world.tenants[name].dossiers[state]]
        ]
        return [*found, Place(MISSING, (NO_CODE, *(missing or more)))]

    return places


def files(world):
    """A file of each producer's submission, and a foreign one under the address of one's own."""
    found = [
        Place(f"{name}/submitted", (t.dossiers["submitted"].code, 1, t.evidence["submitted"].code),
              t.dossiers["submitted"], t)
        for name, t in world.tenants.items()
    ]  # fmt: skip
    own, away = world.tenants[OWN], world.tenants[AWAY]
    mixed = Place("mixed", (own.dossiers["submitted"].code, 1, away.evidence["submitted"].code))
    return [*found, mixed, Place(MISSING, (NO_CODE, 1, NO_NUMBER))]


PLACES = {
    "products:dossier_begin": plain,
    "products:field": in_states("draft", "submitted", "returned"),
    "products:way": in_states("draft", "submitted"),
    "products:frozen": in_states("submitted", more=(1,)),
    "products:frozen_file": files,
    "products:differences": in_states("submitted", more=(2, 1)),
    "products:changes": in_states("submitted", "returned"),
    "products:extension": in_states("returned", "submitted"),
    "products:receipt": in_states("at_commune", "submitted"),
    "products:assessment": in_states("at_commune", "submitted"),
    "products:slip": in_states("draft", "submitted"),
}


def begin(world, place, role):
    """One's own product that has no dossier yet."""
    return {"product": world.tenants[OWN].openable.pk, "application": "first"}


FINDINGS = {code: "Nội dung thử." for code in ("materials", "labour", "idea_origin", "identity")}

BODIES = {
    "products:dossier_begin": begin,
    "products:field": texts(o="spec", gia_tri="Hộp thử", phien_ban="0"),
    "products:extension": texts(due_on="2024-11-20", reason="Lý do thử."),
    "products:receipt": texts(samples="5"),
    "products:assessment": texts(proposal="Đề nghị thử.", **FINDINGS),
}
