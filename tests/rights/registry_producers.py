"""How to reach the routes of producers and of imports of workbooks.

``own`` is the producer's or lies in its commune; an import of ``own`` is the commune officer's, one of
``other_district`` the other district officer's (tests/rights/world_producers.py).
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from entities.models import EntityKind
from tests.entities.photos import photo as camera
from tests.rights.places import (
    AWAY,
    EVERYONE,
    MISSING,
    NO_CODE,
    NO_NUMBER,
    OWN,
    SAME_DISTRICT,
    Place,
    nothing,
    plain,
    texts,
)
from tests.rights.world_producers import YEAR

NO_KEY = 10**9


def producers(*more, missing=(), known=True):
    """Each producer, the two with a public page, and none."""

    def places(world):
        found = [Place(name, (t.entity.code, *more), t.entity, t) for name, t in world.tenants.items()]
        if known:
            found += [
                Place(f"{name}/known", (row.code, *more), row, world.tenants[name])
                for name, row in world.producers.known.items()
            ]
        return [*found, Place(MISSING, (NO_CODE, *(missing or more)))]

    return places


def hanging(kind, missing, number=lambda row: row.code):
    """What hangs on each producer, a foreign one under the address of one's own, and none."""

    def places(world):
        rows = getattr(world.producers, kind)
        found = [
            Place(name, (rows[name].entity.code, number(rows[name])), rows[name], world.tenants[name])
            for name in EVERYONE
        ]
        mixed = (world.tenants[OWN].entity.code, number(rows[AWAY]))
        return [*found, Place("mixed", mixed, rows[AWAY]), Place(MISSING, (NO_CODE, missing))]

    return places


def photos(world):
    """Photos of producers without a public page, and of those with one."""
    rows = world.producers.known_photos
    shown = [
        Place(f"{name}/known", (row.entity.code, row.code), row, world.tenants[name])
        for name, row in rows.items()
    ]
    return [*hanging("photos", NO_NUMBER)(world), *shown]


def signups(world):
    """A sign-up of each commune that waits, one that was refused, and none."""
    found = [
        Place(f"{name}/{state}", (row.code,), row, world.tenants[name])
        for name, rows in world.producers.signups.items()
        for state, row in rows.items()
    ]
    return [*found, Place(MISSING, (NO_NUMBER,))]


def mergers(world):
    """A record and its second one, twice; one's own into a foreign one; and none."""
    known = world.producers.known
    pairs = {name: (world.tenants[name].entity, row) for name, row in known.items()}
    pairs["mixed"] = (world.tenants[OWN].entity, world.tenants[AWAY].entity)
    found = [Place(name, (one.code, other.code), one) for name, (one, other) in pairs.items()]
    return [*found, Place(MISSING, (world.tenants[OWN].entity.code, NO_CODE))]


def links(world):
    """An invitation that waits, one that was taken back, and none."""
    found = [Place(name, (token,)) for name, token in world.producers.links.items()]
    return [*found, Place(MISSING, (NO_CODE,))]


def runs(*states):
    """The imports of two officers in these states, and none."""

    def places(world):
        found = [
            Place(f"{name}/{state}", (rows[state].code,), rows[state])
            for state in states
            for name, rows in world.producers.runs.items()
        ]
        return [*found, Place(MISSING, (NO_NUMBER,))]

    return places


def with_sheet(world):
    """The list, and the list as a workbook."""
    return [Place(""), Place("xlsx", query="?tep=xlsx")]


every, own_people = producers(), hanging("members", NO_KEY, lambda row: row.pk)

PLACES = {
    "entities:producers": with_sheet,
    "entities:producer": every,
    "entities:producer_new": plain,
    "entities:producer_edit": every,
    "entities:producer_status": every,
    "entities:producer_year": every,
    "entities:producer_year_removal": producers(YEAR),
    "entities:producer_photo_new": every,
    "entities:producer_photo": photos,
    "entities:producer_photo_removal": photos,
    "entities:producer_logo": every,
    "entities:producer_public": every,
    "entities:duplicates": plain,
    "entities:merger": mergers,
    "entities:signing_up": plain,
    "entities:signups": plain,
    "entities:signup": signups,
    "entities:signup_confirmation": signups,
    "entities:signup_refusal": signups,
    "entities:members": every,
    "entities:member_invite": every,
    "entities:member_removal": own_people,
    "entities:member_invitation_withdrawal": hanging("invitations", NO_NUMBER),
    "entities:member_joining": links,
    "accounts:import_runs": plain,
    "accounts:import_new": plain,
    "accounts:import_run": runs("mapping", "ready", "stuck"),
    "accounts:import_columns": runs("mapping", "ready", "stuck"),
    "accounts:import_confirmation": runs("mapping", "ready"),
    "accounts:import_dropping": runs("mapping", "ready"),
    "accounts:import_again": runs("ready", "stuck"),
    "accounts:import_wrong_rows": runs("ready"),
}


# ---------------------------------------------------------------- what is sent


def home(world, role):
    """The commune in which this role may write producers down, where there is one."""
    name = {"other_commune_officer": SAME_DISTRICT, "other_district_officer": AWAY}.get(role, OWN)
    return world.tenants[name].entity.area_id


def producer(world, place, role):
    """The facts of a producer in the commune of the place; without one, in that of the role."""
    area = place.record.area_id if place.record else home(world, role)
    return {"name": "Hộ Trà Thử", "kind": EntityKind.HOUSEHOLD.value, "area": area}


def newcomer(world, place, role):
    """A household that signs itself up."""
    facts = {"name": "Hộ Mới Thử", "kind": EntityKind.HOUSEHOLD.value, "address": "Thôn 3"}
    who = {"representative": "Người Mới", "phone": "0912 345 678", "password": "mot-cau-that-dai-de-nho"}
    return {**facts, **who, "area": world.tenants[OWN].entity.area_id}


def picture(world, place, role):
    return {"image": camera(), "caption": "Xưởng mới", "place": "1"}


def workbook(world, place, role):
    """A file that begins as workbooks do; a worker judges the rest."""
    return {"importer": "producers", "file": SimpleUploadedFile("chu-the.xlsx", b"PK\x03\x04 thu")}


BODIES = {
    "entities:producer_new": producer,
    "entities:producer_edit": producer,
    "entities:producer_status": texts(status="left", since="2024-10-01", note="Thôi sản xuất."),
    "entities:producer_year": texts(year="2022", revenue="500", workers="9"),
    "entities:producer_year_removal": nothing,
    "entities:producer_photo_new": picture,
    "entities:producer_photo_removal": nothing,
    "entities:merger": texts(reason="Cùng một hộ.", sure="on"),
    "entities:signing_up": newcomer,
    "entities:signup_confirmation": nothing,
    "entities:signup_refusal": texts(reason="Không ở xã này."),
    "entities:member_invite": texts(full_name="Người Thử", role="owner"),
    "entities:member_removal": nothing,
    "entities:member_invitation_withdrawal": nothing,
    "entities:member_joining": texts(
        username="nguoi.moi",
        full_name="Người Mới",
        password="mot-cau-that-dai-de-nho",
        again="mot-cau-that-dai-de-nho",
    ),
    "accounts:import_new": workbook,
    "accounts:import_columns": texts(name="0", commune="1"),
    "accounts:import_confirmation": nothing,
    "accounts:import_dropping": nothing,
    "accounts:import_again": nothing,
}
