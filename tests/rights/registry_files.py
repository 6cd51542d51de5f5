"""How to reach the routes of files: on their way, behind evidence, packed."""

from tests.factories.files import PICTURE
from tests.rights.places import AWAY, EVERYONE, MISSING, NO_CODE, NO_NUMBER, OWN, Place, nothing, plain, texts
from tests.rights.world_files import STATES


def sending(*more):
    """The file that each producer is sending, and none."""

    def places(world):
        rows = world.files.sending
        found = [Place(name, (rows[name].code, *more), rows[name], world.tenants[name]) for name in EVERYONE]
        return [*found, Place(MISSING, (NO_NUMBER, *more))]

    return places


def bundles(world):
    """The pack of each producer, and none."""
    rows = world.files.bundles
    found = [Place(name, (rows[name].code,), rows[name], world.tenants[name]) for name in EVERYONE]
    return [*found, Place(MISSING, (NO_NUMBER,))]


def evidence(world):
    """Evidence of each producer's draft and sent dossier, and none."""
    found = []
    for name in EVERYONE:
        tenant = world.tenants[name]
        for state in STATES:
            row = tenant.evidence[state]
            found.append(Place(f"{name}/{state}", (row.dossier.code, row.code), row, tenant))
    return [*found, Place(MISSING, (NO_CODE, NO_NUMBER))]


def released(*more):
    """A released file of each evidence, a foreign one under one's own evidence, and none."""

    def places(world):
        found = []
        for (name, state), row in world.files.released.items():
            args = (row.evidence.dossier.code, row.evidence.code, row.upload.code, *more)
            found.append(Place(f"{name}/{state}", args, row, world.tenants[name]))
        own, away = (world.files.released[name, "submitted"] for name in (OWN, AWAY))
        mixed = (own.evidence.dossier.code, own.evidence.code, away.upload.code, *more)
        return [*found, Place("mixed", mixed), Place(MISSING, (NO_CODE, NO_NUMBER, NO_NUMBER, *more))]

    return places


def addresses(world):
    """An address of each evidence, and none."""
    found = []
    for (name, state), row in world.files.addresses.items():
        args = (row.evidence.dossier.code, row.evidence.code, row.pk)
        found.append(Place(f"{name}/{state}", args, row, world.tenants[name]))
    return [*found, Place(MISSING, (NO_CODE, NO_NUMBER, 0))]


def dossiers(world):
    """Each producer's draft and sent dossier, and none."""
    found = []
    for name in EVERYONE:
        tenant = world.tenants[name]
        for state in STATES:
            row = tenant.dossiers[state]
            found.append(Place(f"{name}/{state}", (row.code,), row, tenant))
    return [*found, Place(MISSING, (NO_CODE,))]


PLACES = {
    "files:begin": plain,
    "files:upload": sending(),
    "files:piece": sending(4),
    "files:finish": sending(),
    "files:discard": sending(),
    "files:bundle": bundles,
    "products:evidence_files": evidence,
    "products:evidence_address": evidence,
    "products:evidence_joining": evidence,
    "products:evidence_file_removal": addresses,
    "products:evidence_pages": released(),
    "products:evidence_page": released(1),
    "products:evidence_download": released(),
    "products:dossier_bundle": dossiers,
}


def announced(world, place, role):
    """A file for the evidence of the producer of the roles."""
    subject = str(world.tenants[OWN].evidence["draft"].code)
    return {"purpose": "evidence", "subject": subject, "name": "a.jpg", "size": len(PICTURE)}


BODIES = {
    "files:begin": announced,
    "files:piece": nothing,
    "files:finish": nothing,
    "files:discard": nothing,
    "products:evidence_files": nothing,
    "products:evidence_address": texts(url="https://vi-du.vn/moi"),
    "products:evidence_joining": nothing,
    "products:evidence_file_removal": nothing,
    "products:dossier_bundle": nothing,
}
