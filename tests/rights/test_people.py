"""People with several roles, people looked through, and questions about rights that stand behind a narrower one."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts import permissions
from accounts.actions import factors
from accounts.middleware.person import ENDS_LOOKING, EYES, PERSONAL, ROLE
from accounts.models import Role, User
from tests.conftest import person
from tests.factories.accounts import AssignmentFactory
from tests.rights import table
from tests.rights.matrix import (
    CONFIRM,
    DENIED,
    DONE,
    SEEN,
    SIGN_IN,
    VIEWS,
    Visitor,
    cases_of,
    unwatched_templates,
)
from tests.rights.places import AWAY, MISSING, OWN
from tests.rights.reading import may_read
from tests.rights.registry import BODIES

pytestmark = pytest.mark.django_db
PUBLIC = {name for name, view in VIEWS.items() if not getattr(view, "login_required", True)}


def seen_as(world, role, **marks):
    """A visitor of this role whose session bears these marks."""
    visitor = Visitor(world, role)
    session = visitor.client.session
    session.update(marks)
    session.save()
    return visitor


@pytest.fixture
def eyes(world):
    """An administrator who looks through the producer's eyes."""
    visitor = seen_as(world, "administrator", **{EYES: world.people["producer"].pk})
    visitor.allowed = may_read("producer")
    return visitor


# What the person sees and other eyes do not: inviting is the owner's own, and a dead link is written down when it is
# opened, which eyes never do.
NOT_FOR_EYES = {
    ("entities:member_invite", OWN),
    ("entities:member_joining", "withdrawn"),
    ("entities:member_joining", MISSING),
}


def test_t59_eyes_read_what_the_person_reads_and_nothing_of_their_account(world, eyes):
    then, wrong = table.read()["producer"], []
    with unwatched_templates():
        for name, place, methods in cases_of(world):
            if "GET" in methods:
                cell = eyes.visit(name, place, "GET")
                key = (name, table.described(place.label), "xem")
                shut = name.startswith(PERSONAL) and name not in ENDS_LOOKING
                wanted = DENIED if shut or (name, place.label) in NOT_FOR_EYES else then[key]
                if table.SIGNS.get(cell, cell) != wanted:
                    wrong.append((*key, cell, wanted))
    assert wrong == []
    assert eyes.found.faults == []
    assert ("A", "secret") in eyes.found.read  # the control: the producer's own draft


def test_t59_eyes_do_nothing_but_end_looking(world, eyes):
    with unwatched_templates():
        found = {
            (name, place.label): eyes.visit(name, place, "POST", BODIES[name](world, place, "producer"))
            for name, place, methods in cases_of(world)
            if "POST" in methods and place.label.partition("/")[0] in {"", OWN}
        }
    assert {key[0] for key, cell in found.items() if cell != DENIED} == set(ENDS_LOOKING)
    assert {found[name, ""] for name in ENDS_LOOKING} == {DONE}


def test_without_the_mark_the_administrator_reads_no_draft(world):
    """The control: it is the eyes that see, not the administrator's own right."""
    visitor = seen_as(world, "administrator")
    visitor.visit("products:dossiers", next(iter(cases_of(world, {"products:dossiers"})))[1], "GET")

    assert ("A", "secret") not in visitor.found.read


# ---------------------------------------------------------------- the acting role

ACTS = {OWN: "commune_officer", AWAY: "other_district_officer"}
SCOPED = {
    "products:ideas",
    "products:idea",
    "products:dossiers",
    "products:dossier",
    "accounts:people",
    "accounts:letter",
}


@pytest.fixture
def two_offices(world):
    """One person, officer of a commune here and of the other district."""
    user = person(Role.COMMUNE_OFFICER, world.people["commune_officer"].assignments.get().area)
    other = world.people["other_district_officer"].assignments.get().area
    charges = {OWN: user.assignments.get()}
    charges[AWAY] = AssignmentFactory(user=user, role=Role.DISTRICT_OFFICER, area=other)
    world.people["two_offices"] = user
    yield charges
    del world.people["two_offices"]


def read_by(world, charge):
    """The cells and words that a person with two offices meets while acting in this one."""
    visitor = seen_as(world, "two_offices", **{ROLE: charge.pk})
    cells = {
        (name, place.label): visitor.visit(name, place, "GET")
        for name, place, _ in cases_of(world, SCOPED)
        if not place.label.endswith("/secret")  # its addressee's, whatever the office
    }
    return cells, visitor.found.read


@pytest.mark.parametrize("office", ACTS)
def test_a_person_with_two_offices_reads_the_rows_of_the_one_acted_in(world, two_offices, office):
    cells, read = read_by(world, two_offices[office])

    assert read - may_read(ACTS[office]) == set()
    then = table.read()[ACTS[office]]
    assert {key: table.SIGNS.get(cell, cell) for key, cell in cells.items()} == {
        (name, label): then[name, table.described(label), "xem"] for name, label in cells
    }


def test_the_two_offices_do_read_different_rows(world, two_offices):
    """The control."""
    assert read_by(world, two_offices[OWN])[1] != read_by(world, two_offices[AWAY])[1]


# ---------------------------------------------------------------- signing in, again and by whom

# Taking the app away needs one: tests/accounts/test_second_factor.py.
FRESH = {
    "accounts:email": "producer",
    "mfa_activate_totp": "producer",
    "mfa_deactivate_totp": "district_officer",
    "mfa_add_webauthn": "producer",
    "mfa_remove_webauthn": "producer",
    "mfa_view_recovery_codes": "producer",
    "mfa_generate_recovery_codes": "producer",
}


@pytest.mark.parametrize("name", FRESH)
def test_what_is_sensitive_asks_for_the_password_again(world, name):
    place = next(place for _, place, _ in cases_of(world, {name}))
    visitor = Visitor(world, FRESH[name])
    assert visitor.visit(name, place, "GET") == SEEN  # the control: a moment after signing in it is open

    session = visitor.client.session
    del session["account_authentication_methods"], session["account_authentication_methods_user"]
    session.save()

    assert visitor.visit(name, place, "GET") == CONFIRM
    if name != "mfa_view_recovery_codes":
        assert visitor.visit(name, place, "POST", BODIES[name](world, place, FRESH[name])) == CONFIRM


def test_guests_are_asked_to_sign_in_wherever_it_is_not_public(world):
    visitor = Visitor(world, "public")
    for name, place, methods in cases_of(world):
        method = "GET" if "GET" in methods else "POST"
        if name not in PUBLIC:
            assert visitor.visit(name, place, method) == SIGN_IN, name


# ---------------------------------------------------------------- questions behind narrower ones


def test_who_needs_a_second_factor(world):
    """needs_second_factor"""
    needs = {
        role
        for role, user in world.people.items()
        if permissions.needs_second_factor(User.objects.get(pk=user.pk))
    }
    assert needs == set(world.people) - {"nobody", "producer", "other_producer"}


def test_a_role_is_given_inside_ones_own_unit_alone(world):
    """may_give"""
    commune, away = (world.tenants[name].entity.area for name in (OWN, AWAY))
    officer = world.people["district_officer"]
    assert permissions.may_give(officer, Role.COMMUNE_OFFICER, commune)
    assert not permissions.may_give(officer, Role.COMMUNE_OFFICER, away)
    assert not permissions.may_give(officer, Role.MANAGER, commune.parent)
    assert not permissions.may_give(world.people["manager"], Role.PRODUCER, None)


def test_who_administers(world):
    """administers"""
    assert {role for role, user in world.people.items() if permissions.administers(user)} == {
        "administrator",
        "second_administrator",
    }


def test_the_office_above_the_commune_is_the_districts_where_there_is_one(world):
    """serves_above_commune"""
    commune = world.tenants[OWN].entity.area
    above = {role for role, user in world.people.items() if permissions.serves_above_commune(user, commune)}
    assert above == {"district_officer"}


def test_the_person_who_asked_does_not_confirm(world):
    """may_decide_reset"""
    reset = world.personal.resets[OWN]
    assert permissions.may_decide_reset(world.people["province_officer"], reset)
    for other in (reset.asked_by, reset.person, world.people["manager"]):
        assert not permissions.may_decide_reset(other, reset)
        with pytest.raises(PermissionDenied):
            factors.confirm_reset(reset, by=other)
