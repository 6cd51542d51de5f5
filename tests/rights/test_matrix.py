"""T50, T51, T52, T54: every role × route × object × method, held against docs/rights.md and tests/rights/reading.py."""

import pytest

from tests.rights import registry, table
from tests.rights.matrix import DENIED, ROLES, SAMPLE, VIEWS, Visitor, canaries, walk
from tests.rights.places import Place
from tests.rights.reading import READS, may_read
from tests.rights.registry import BODIES, PLACES

pytestmark = pytest.mark.django_db


def without_row(views, places, bodies):
    """Routes to which the matrix cannot go: nobody said which objects they have, or what they are sent."""
    forms = {name for name, view in views.items() if "POST" in view.methods}
    return sorted(set(views) - set(places)), sorted(forms - set(bodies))


def test_every_route_has_its_objects_and_every_deed_its_body():
    assert without_row(VIEWS, PLACES, BODIES) == ([], [])
    assert set(PLACES) - set(VIEWS) == set() == set(BODIES) - set(VIEWS)


def test_a_route_that_nobody_registered_is_noticed():
    new = {**VIEWS, "products:brand_new": VIEWS["products:submission"]}

    assert without_row(new, PLACES, BODIES) == (["products:brand_new"], ["products:brand_new"])


def sample_of(role):
    """Every third route, another third for the next role: each route is walked by four roles and by those of SAMPLE."""
    return set(list(VIEWS)[list(ROLES).index(role) % 3 :: 3])


@pytest.mark.parametrize("role", ROLES)
def test_the_column_of(role, world, request, record_property):
    """The whole column for the roles of SAMPLE, and for every role when drilled or written."""
    asked = request.config.getoption
    whole = role in SAMPLE or asked("--drill") or asked("--write-rights")
    found = walk(world, role, None if whole else sample_of(role))
    record_property("rights_cases", found.cases)
    assert found.faults == []

    if asked("--write-rights"):
        columns = request.config.stash.setdefault(COLUMNS, {})
        columns[role] = found.cells
        if len(columns) == len(ROLES):
            table.FILE.write_text(table.drawn(columns), encoding="utf-8")
        return
    assert table.differences(role, found.cells, None if whole else sample_of(role)) == []
    # The walk meets every class of text that the role may read: a canary on no page would prove nothing.
    assert not whole or may_read(role) - found.read == set()


def test_every_route_is_walked_by_several_roles():
    walked = [sample_of(role) for role in ROLES if role not in SAMPLE]
    assert all(sum(name in routes for routes in walked) >= 3 for name in VIEWS)


COLUMNS = pytest.StashKey[dict]()


def test_the_file_names_the_columns_that_are_tested():
    assert set(table.read()) == set(ROLES)
    assert all(table.read()[role] for role in ROLES)


def test_a_cell_that_changes_is_noticed(world):
    found = walk(world, "nobody", {"targets:plans"})
    key = ("targets:plans", "", "GET")
    assert found.cells[key] == DENIED

    then = table.read()["nobody"]
    assert then[key[0], "–", "xem"] == "403"
    assert table.differences("nobody", {**found.cells, key: "xem"}) != []


def test_a_canary_is_found_in_pages_workbooks_and_heads():
    assert canaries(b"x chimDsecret9z y") == {("D", "secret")}
    assert not canaries(b"chimD")


def test_a_leak_is_reported(world, monkeypatch):
    """The control: the same walk with a place that everybody reads."""
    visitor = Visitor(world, "producer")
    visitor.allowed = visitor.allowed - {("A", "secret")}
    row = world.tenants["own"].dossiers["draft"]
    visitor.visit("products:dossier", Place("own", (row.code,)), "GET")

    assert any("reads [('A', 'secret')]" in fault for fault in visitor.found.faults)


def test_every_class_of_text_is_in_the_world():
    assert set(READS) >= {
        "name",
        "note",
        "draft",
        "secret",
        "idea",
        "dossier",
        "case",
        "sealed",
        "sheet",
        "report",
        "job",
    }
    assert registry.MISSING in table.LABELS
