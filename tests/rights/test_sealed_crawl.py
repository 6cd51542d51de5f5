"""T12: every address as every role, before and after a member's sealed sheet is filled otherwise: nothing differs.

Stronger than looking for words: a counter, a total, an order of rows that told of the sheet would differ too.
"""

import pytest
from django.urls import reverse

from evaluation.models import AdvisoryScore, Case, Opinion, Score, ScoreSheet
from foundation import clock
from foundation.regimes.models import Option
from tests.rights.canaries import canary
from tests.rights.matrix import ROLES, VIEWS, Visitor, bare, cases_of, known_person, unwatched_templates

pytestmark = pytest.mark.django_db
SEALED = {name for name in VIEWS if name.startswith("evaluation:")} | {"desk", "home", "targets:plans"}
NEAREST = ("chair", "secretary", "district_officer", "manager", "administrator", "public")


def crawl(world, role, names):
    """What each address says to this role, without what differs from one request to the next."""
    visitor, said = Visitor(world, role), {}
    with unwatched_templates(), known_person(visitor):
        for name, place, methods in cases_of(world, names):
            if "GET" in methods:
                from_address = visitor.ask("GET", _address(name, place))
                said[name, place.label] = bare(from_address[1])
    return said


def _address(name, place):
    return reverse(name, args=place.args) + place.query


def fill_otherwise(world):
    """The sealed sheets of the member and of the adviser: the rarest box everywhere, other words, other strikes."""
    for tenant in world.tenants.values():
        sheet = tenant.cases["sealed"].sheets.get(seat__post="member")
        for score in sheet.scores.select_related("option"):
            rare = Option.objects.filter(criterion=score.criterion_id).order_by("points").first()
            word = canary(tenant.name, "sealed")
            Score.objects.filter(pk=score.pk).update(option=rare, note=f"{word} khác", version=7)
        Opinion.objects.filter(sheet=sheet).update(remark=f"{word} khác", struck=[["6.2", f"{word} khác"]])
        for advised in AdvisoryScore.objects.filter(sheet__case=tenant.cases["sealed"]):
            rare = Option.objects.filter(criterion=advised.criterion_id).order_by("points").first()
            AdvisoryScore.objects.filter(pk=advised.pk).update(option=rare, note=f"{word} khác", version=7)


def differing(world, role, names):
    """Addresses that say something else to this role once the sealed sheets are filled otherwise."""
    first, second = crawl(world, role, names), crawl(world, role, names)
    fill_otherwise(world)
    third = crawl(world, role, names)
    restless = {key for key in first if first[key] != second[key]}
    return sorted(key for key in third if key not in restless and third[key] != second[key])


@pytest.mark.parametrize("role", NEAREST)
def test_t12_nothing_tells_of_a_sealed_sheet(role, world):
    assert differing(world, role, SEALED) == []


@pytest.mark.drill
@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"judge", "other_judge"}])
def test_t12_nothing_anywhere_tells_of_a_sealed_sheet(role, world):
    assert differing(world, role, None) == []


def test_t12_control_to_its_member_the_sheet_tells(world):
    assert ("evaluation:sheet", "own/sealed") in differing(
        world, "judge", {"evaluation:sheet", "evaluation:case"}
    )


def test_t12_control_to_its_adviser_the_advice_tells(world):
    told = differing(world, "department_officer", {"evaluation:advice", "evaluation:case"})
    assert ("evaluation:advice", "own/sealed") in told


@pytest.mark.parametrize("name", ["evaluation:comparison", "evaluation:spread_desk"])
def test_t12_control_an_opened_seal_is_noticed(name, world, monkeypatch):
    """As if the case were open while its sheets are still being filled in."""
    sealed = world.tenants["own"].cases["sealed"]
    Case.objects.filter(pk=sealed.pk).update(opened_at=clock.now())
    rows = type(ScoreSheet.objects.all())
    monkeypatch.setattr(rows, "handed_in", rows.standing)

    assert (name, "own/sealed") in differing(world, "chair", {name})
