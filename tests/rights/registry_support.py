"""How to reach the routes of support: channels, strengthening, villages, visits, calendars, policies, guidance.

``own`` is the producer's or lies in its commune (tests/rights/world_support.py). Villages are public: the first lies in
the producer's commune and is not recognised, the other lies in the other district and is.
"""

from entities.models import EntityKind
from tests.entities.photos import photo as camera
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
from tests.rights.world_support import FEEDS


def of_support(kind, *missing, args=lambda record: (record.code,)):
    """One place for each producer's row of this kind, and one that does not exist."""

    def places(world):
        rows = getattr(world.support, kind)
        found = [Place(name, args(rows[name]), rows[name], world.tenants[name]) for name in EVERYONE]
        return [*found, Place(MISSING, missing or (NO_CODE,))]

    return places


def in_states(kind, *states):
    """The visits or actions of every producer in these states."""

    def places(world):
        rows = getattr(world.support, kind)
        found = [
            Place(f"{name}/{state}", (rows[name][state].code,), rows[name][state], world.tenants[name])
            for state in states
            for name in EVERYONE
        ]
        return [*found, Place(MISSING, (NO_NUMBER,))]

    return places


def producers(world):
    """Each producer by its code."""
    found = [Place(name, (t.entity.code,), t.entity, t) for name, t in world.tenants.items()]
    return [*found, Place(MISSING, (NO_CODE,))]


def ideas(world):
    """The idea that each producer has sent, and a draft of one's own."""
    found = [Place(name, (t.ideas["submitted"].code,), t.ideas["submitted"], t)
             for name, t in world.tenants.items()]  # fmt: skip
    draft = world.tenants[OWN].ideas["draft"]
    return [*found, Place("own/draft", (draft.code,), draft, world.tenants[OWN]), Place(MISSING, (NO_CODE,))]


def villages(*missing, more=lambda world, row: ()):
    """A village of the commune, a recognised one of the other district, and none."""

    def places(world):
        rows = {OWN: world.support.village, AWAY: world.support.recognised}
        found = [Place(name, (row.code, *more(world, row)), row) for name, row in rows.items()]
        return [*found, Place(MISSING, (NO_CODE, *missing))]

    return places


village_photos = villages(NO_NUMBER, more=lambda world, row: (world.support.photos[row].code,))
carried = of_support(
    "carried", NO_CODE, NO_CODE, args=lambda row: (row.channel.code, row.product.code)
)  # fmt: skip
photos = of_support("visit_photos", NO_NUMBER, NO_NUMBER, args=lambda row: (row.visit.code, row.code))


def some_photos(world):
    """A photo of each visit, and a foreign one under the address of one's own."""
    own, away = (world.support.visit_photos[name] for name in (OWN, AWAY))
    return [*photos(world), Place("mixed", (own.visit.code, away.code), away)]


def policies(world):
    return [Place("", (world.support.policy.code,)), Place(MISSING, (NO_CODE,))]


def guides(*more, missing=None):
    """The page of guidance, and none."""
    return lambda world: [
        Place("", (world.support.guide.code, *more)),
        Place(
            MISSING, (world.support.guide.code if missing else NO_CODE, *((missing,) if missing else more))
        ),
    ]


def samples(world):
    """A file of the page, and none."""
    code = world.support.guide.code
    return [Place("", (code, world.support.sample.code)), Place(MISSING, (code, NO_NUMBER))]


def feeds(world):
    """The link of the producer, of the other district's officer, and one that nobody made."""
    return [*(Place(name, (token,)) for name, token in FEEDS.items()), Place(MISSING, (NO_CODE,))]


def with_sheet(world):
    """The list, and the list as a workbook."""
    return [Place(""), Place("xlsx", query="?tep=xlsx")]


channels, strengthenings = of_support("channels"), of_support("strengthenings")
visits, grants = in_states("visits", "planned", "held"), of_support("grants", NO_NUMBER)

PLACES = {
    "entities:channels": with_sheet,
    "entities:channel": channels,
    "entities:channel_edit": channels,
    "entities:channel_ending": channels,
    "entities:channel_strike": channels,
    "entities:channel_evidence": channels,
    "entities:producer_channels": producers,
    "entities:channel_new": producers,
    "entities:strengthening_new": producers,
    "entities:strengthenings": with_sheet,
    "entities:strengthening": strengthenings,
    "entities:strengthening_edit": strengthenings,
    "entities:strengthening_strike": strengthenings,
    "entities:strengthening_evidence": strengthenings,
    "entities:villages": plain,
    "entities:village_book": with_sheet,
    "entities:village_new": plain,
    "entities:village": villages(),
    "entities:village_record": villages(),
    "entities:village_edit": villages(),
    "entities:village_recognition": villages(),
    "entities:village_withdrawal": villages(),
    "entities:village_photo_new": villages(),
    "entities:village_photo": village_photos,
    "entities:village_photo_removal": village_photos,
    "entities:visits": with_sheet,
    "entities:visit_new": plain,
    "entities:agreed": with_sheet,
    "entities:action_done": in_states("actions", "open", "done"),
    "entities:action_evidence": in_states("actions", "open", "done"),
    "entities:visit": visits,
    "entities:visit_edit": visits,
    "entities:visit_record": visits,
    "entities:visit_photos": visits,
    "entities:visit_photo": some_photos,
    "entities:action_new": visits,
    "entities:visit_cancellation": visits,
    "entities:visit_calendar": visits,
    "entities:calendar": plain,
    "entities:calendar_renewal": plain,
    "entities:calendar_end": plain,
    "entities:calendar_feed": feeds,
    "entities:policies": with_sheet,
    "entities:policy_new": plain,
    "entities:policy": policies,
    "entities:policy_edit": policies,
    "entities:grant_new": policies,
    "entities:grants": with_sheet,
    "entities:grant_edit": grants,
    "entities:guides": plain,
    "entities:guide_new": plain,
    "entities:guide": guides(),
    "entities:guide_edit": guides(),
    "entities:guide_versions": guides(),
    "entities:guide_version": guides(1, missing=9),
    "entities:guide_ticks": guides(),
    "entities:sample_new": guides(),
    "entities:sample": samples,
    "entities:sample_removal": samples,
    "products:carried_new": channels,
    "products:carried_ending": carried,
    "products:entity_support": producers,
    "products:idea_visit_new": ideas,
}


# ---------------------------------------------------------------- what is sent


def shelf(world, place, role):
    """A product of the channel's producer that no channel carries yet."""
    tenant = place.tenant or world.tenants[OWN]
    return {"product": tenant.openable.pk, "since": "2024-10-01"}


def village(world, place, role):
    """A village in the commune of the place; without one, in the producer's."""
    area = place.record.area_id if place.record else world.tenants[OWN].entity.area_id
    return {"name": "Làng thử", "craft": "dệt lụa", "area": area, "households": "10", "workers": "20"}


def planned(world, place, role):
    """A visit to the producer of the place; without one, to the producer of the roles."""
    tenant = world.tenants[AWAY if role.startswith("other_district") and not place.tenant else OWN]
    return {
        "entity": tenant.entity.pk,
        "planned_on": "2024-12-20",
        "topics": "bao-bi-nhan",
        "purpose": "Xem nhãn",
    }


def granted(world, place, role):
    """A grant to the producer of the roles, or, for the other district's officer, to its own."""
    tenant = world.tenants[AWAY if role == "other_district_officer" else OWN]
    facts = {"amount": "1000000", "granted_on": "2024-10-01", "decision_number": "5/QĐ", "reason": "Sai số"}
    return {"entity": tenant.entity.pk, **facts}


def pictures(world, place, role):
    return {"photos": camera()}


def picture(world, place, role):
    return {"image": camera(), "caption": "Khung cửi"}


def sample(world, place, role):
    return {"title": "Nhãn", "file": camera()}


CHANNEL = texts(kind="market", partner="Chợ Thử", since="2024-02-01")
FACT = texts(kind="training", day="2024-05-01", note="Đã tập huấn.")
REASON = texts(note="Ghi nhầm.")
POLICY = texts(title="Vay thử", kind="credit", document="Nghị định thử", certainty="recalled", stars_min="0",
               what="Cho vay.", start="2024-01-01", producer_kinds=EntityKind.FARM.value)  # fmt: skip
PAGE = {"title": "Nhãn thử", "topic": "bao-bi-nhan", "body": "Ghi đủ.", "sources": "Nghị định thử",
        "certainty": "recalled"}  # fmt: skip

BODIES = {
    "entities:channel_new": CHANNEL,
    "entities:channel_edit": CHANNEL,
    "entities:channel_ending": texts(until="2024-10-10", note="Hết hợp đồng."),
    "entities:channel_strike": REASON,
    "entities:strengthening_new": FACT,
    "entities:strengthening_edit": FACT,
    "entities:strengthening_strike": REASON,
    "entities:village_new": village,
    "entities:village_edit": village,
    "entities:village_recognition": texts(
        kind="craft", decision_number="1/QĐ", decided_on="2024-10-01", issuer="Tỉnh"
    ),
    "entities:village_withdrawal": texts(withdrawn_on="2024-10-12", note="Không còn nghề."),
    "entities:village_photo_new": picture,
    "entities:village_photo_removal": nothing,
    "entities:visit_new": planned,
    "entities:visit_edit": planned,
    "entities:visit_record": texts(held_on="2024-10-10", findings="Nhãn thiếu."),
    "entities:visit_photos": pictures,
    "entities:visit_cancellation": texts(reason="Mưa lớn."),
    "entities:action_new": texts(what="In nhãn", due_on="2024-12-31"),
    "entities:action_done": texts(done_on="2024-10-11", done_note="Xong."),
    "entities:calendar_renewal": nothing,
    "entities:calendar_end": nothing,
    "entities:policy_new": POLICY,
    "entities:policy_edit": POLICY,
    "entities:grant_new": granted,
    "entities:grant_edit": granted,
    "entities:guide_new": texts(**PAGE, base="0"),
    "entities:guide_edit": texts(**PAGE, base="1"),
    "entities:guide_ticks": nothing,
    "entities:sample_new": sample,
    "entities:sample_removal": nothing,
    "products:carried_new": shelf,
    "products:carried_ending": texts(until="2024-10-10"),
    "products:idea_visit_new": planned,
}
