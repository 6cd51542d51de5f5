"""How to reach the routes before and after the dossier: screening, opinions, plans, the cycle, facts, returns, stories.

``own`` is the producer's or lies in its commune (tests/rights/world_plans.py).
"""

from tests.factories.products import textile_set
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
from tests.rights.registry_support import with_sheet


def in_states(kind, *states, more=lambda world, name, state: (), missing=()):
    """The rows of every producer in these states, and one that does not exist."""

    def places(world):
        rows = getattr(world.plans, kind)
        found = [
            Place(
                f"{name}/{state}",
                (rows[name][state].code, *more(world, name, state)),
                rows[name][state],
                world.tenants[name],
            )
            for state in states
            for name in EVERYONE
        ]
        return [*found, Place(MISSING, (NO_CODE, *missing))]

    return places


def of_plans(kind, *missing, args=lambda record: (record.code,)):
    """One place for each producer's row of this kind, and one that does not exist."""

    def places(world):
        rows = getattr(world.plans, kind)
        found = [Place(name, args(rows[name]), rows[name], world.tenants[name]) for name in EVERYONE]
        return [*found, Place(MISSING, missing or (NO_CODE,))]

    return places


def part(kind):
    """The line or milestone of each plan; and a foreign one under the address of one's own plan."""

    def places(world):
        rows = getattr(world.plans, kind)

        def number(world, name, state):
            return (rows[name][state].code,)

        usual = in_states("plans", "draft", "approved", more=number, missing=(NO_NUMBER,))(world)
        own, away = world.plans.plans[OWN]["draft"], rows[AWAY]["draft"]
        return [*usual, Place("mixed", (own.code, away.code), own, world.tenants[OWN])]

    return places


def sent_ideas(world):
    """The idea that each producer has sent, one that was accepted, and none."""
    found = [
        Place(f"{name}/{state}", (t.ideas[state].code,), t.ideas[state], t)
        for state in ("submitted", "accepted")
        for name, t in world.tenants.items()
    ]
    return [*found, Place(MISSING, (NO_CODE,))]


def both_products(world):
    """A product with stars, and one that only an accepted idea stands for."""
    secret = [Place(f"{p.label}/moi", p.args, p.record, p.tenant) for p in of_plans("openable")(world)[:-1]]
    return [*of_plans("products")(world), *secret]


def units(world):
    """The own district, the other one, the province, a commune, and none."""
    own, away = world.tenants[OWN].entity.area, world.tenants[AWAY].entity.area
    rows = {"own": own.parent, "other_district": away.parent, "province": own.parent.parent, "commune": own}
    found = [Place(name, (2024, row.pk), row) for name, row in rows.items()]
    return [*found, Place(MISSING, (2024, 999_999_999))]


every_plan = in_states("plans", "draft", "submitted", "approved")
potentials = in_states("potentials", "proposed", "dropped")
facts, products = of_plans("facts"), of_plans("products")
versions = of_plans("stories", NO_CODE, 1, args=lambda row: (row.product.code, row.number))

PLACES = {
    "products:potentials": with_sheet,
    "products:potential_new": plain,
    "products:potential": potentials,
    "products:potential_edit": potentials,
    "products:potential_drop": potentials,
    "products:potential_again": potentials,
    "products:set_finder": plain,
    "products:idea_rejection": sent_ideas,
    "products:idea_opinion": sent_ideas,
    "products:plans": with_sheet,
    "products:plan": every_plan,
    "products:plan_section": in_states(
        "plans", "draft", "submitted", more=lambda *place: ("market",), missing=("market",)
    ),
    "products:plan_finance": every_plan,
    "products:plan_line": part("lines"),
    "products:plan_line_removal": part("lines"),
    "products:plan_milestone_new": every_plan,
    "products:plan_milestone": part("milestones"),
    "products:plan_milestone_removal": part("milestones"),
    "products:plan_submission": every_plan,
    "products:plan_approval": every_plan,
    "products:plan_return": every_plan,
    "products:plan_finish": every_plan,
    "products:plan_stop": every_plan,
    "products:plan_print": every_plan,
    "products:plan_opening": both_products,
    "products:calendar": plain,
    "products:calendar_edit": units,
    "products:product_book": both_products,
    "products:product_facts": with_sheet,
    "products:product_fact": facts,
    "products:product_fact_edit": facts,
    "products:product_fact_strike": facts,
    "products:product_fact_evidence": facts,
    "products:product_fact_new": products,
    "products:returns": with_sheet,
    "products:yearly_return": of_plans("products", 2023, NO_CODE, args=lambda row: (2023, row.code)),
    "products:stories": products,
    "products:story_new": products,
    "products:story_photo": versions,
    "products:story_restoration": versions,
}


# ---------------------------------------------------------------- what is sent


def potential(world, place, role):
    """A line of the list of the place's commune; without one, of the producer's."""
    area = place.record.area_id if place.record else world.tenants[OWN].entity.area_id
    words = {"name": "Chuối thử", "producer_name": "Hộ thử", "strengths": "Tại chỗ.", "gaps": "Nhãn."}
    return {**words, "year": "2024", "area": area, "criteria_set": textile_set().pk}


REASON = texts(note="Lý do thử.")
LINE = texts(kind="cost", name="Công", unit="công", quantity="2", price="200000")
FACT = texts(kind="maintained", day="2024-09-02", note="Kiểm tra đạt.")
FIGURES = texts(state="producing", output="10", unit="kg", revenue="5", workers="2", channels="market")

BODIES = {
    "products:potential_new": potential,
    "products:potential_edit": potential,
    "products:potential_drop": REASON,
    "products:potential_again": nothing,
    "products:idea_rejection": REASON,
    "products:idea_opinion": texts(agreed="co", text="Xã đồng ý."),
    "products:plan_section": texts(text="Bán ở chợ.", version="1"),
    "products:plan_finance": LINE,
    "products:plan_line": LINE,
    "products:plan_line_removal": nothing,
    "products:plan_milestone_new": texts(title="Kiểm nghiệm", due_on="2024-12-01"),
    "products:plan_milestone": texts(done_on="2024-10-01", note="Xong."),
    "products:plan_milestone_removal": nothing,
    "products:plan_submission": nothing,
    "products:plan_approval": nothing,
    "products:plan_return": REASON,
    "products:plan_finish": nothing,
    "products:plan_stop": REASON,
    "products:plan_opening": nothing,
    "products:calendar_edit": texts(source="KH 01", tu_ideas="2024-10-01", den_ideas="2024-10-31"),
    "products:product_fact_new": FACT,
    "products:product_fact_edit": FACT,
    "products:product_fact_strike": REASON,
    "products:yearly_return": FIGURES,
    "products:story_new": texts(text="Câu chuyện thử."),
    "products:story_restoration": nothing,
}
