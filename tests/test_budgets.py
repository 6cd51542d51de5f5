"""What a page may cost: queries and bytes by tests/budgets.toml, and what a first visit fetches.

A new page needs a line in the file and a visit in tests/bench/visits.py. Numbers are raised on purpose only; queries
that grow with the rows of a list are a fault, whatever the budget says.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from products.models.products import ProductQuerySet
from tests.bench import weight
from tests.bench.visits import Visit, fill_world, visits
from tests.test_promises import VIEWS

BUDGETS = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text(encoding="utf-8"))
PAGES = {name for name, view in VIEWS.items() if "GET" in view.methods}
FIRST_VISIT = 200_000  # bytes over the wire
SCRIPTS = 60_000  # bytes over the wire, on any page
# Pages that lead on: to the year's plan, to the first step of signing in, or to a fresh confirmation of who one is.
REDIRECTS = {
    "targets:plans",
    "mfa_authenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate_webauthn",
    "accounts:email",
}
NOT_THERE = {
    "openid_connect_login",
    "openid_connect_callback",
    "mfa_view_recovery_codes",
    "mfa_square",
}  # switched off, none yet


@dataclass(frozen=True)
class Cost:
    """What one page took. ``bytes`` is the uncompressed HTML, 0 for files; ``scripts`` are compressed."""

    queries: int
    bytes: int
    scripts: int

    def over(self, budget):
        """What exceeds the budget, ready to be read."""
        allowed = {"queries": budget["queries"], "bytes": budget.get("bytes", 0), "scripts": SCRIPTS}
        costs = {name: getattr(self, name) for name in allowed}
        return {name: f"{cost} > {allowed[name]}" for name, cost in costs.items() if cost > allowed[name]}


def browser_of(username):
    """A signed-in browser."""
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def cost_of(name, visit):
    """Visit the page twice, as its fitting person; the second time counts: caches of the process are warm."""
    client, url = browser_of(visit.who), reverse(name, args=visit.args)
    client.get(url, visit.query)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(url, visit.query)
    expected = 302 if name in REDIRECTS else 404 if name in NOT_THERE else 200
    assert response.status_code == expected, (name, response.status_code)
    if expected != 200:
        return Cost(len(asked), 0, 0)
    if "text/html" not in response.headers["Content-Type"]:
        return Cost(len(asked), 0, 0)
    text = response.content.decode()
    return Cost(len(asked), len(response.content), weight.scripts_weight(text))


def without_budget(pages):
    """Pages that nobody has thought about."""
    return sorted(set(pages) - set(BUDGETS))


def test_every_page_has_a_budget():
    assert without_budget(PAGES) == []
    assert set(BUDGETS) - PAGES == set()


def test_a_new_page_without_a_budget_is_noticed():
    assert without_budget({*PAGES, "products:brand_new"}) == ["products:brand_new"]


def test_no_page_exceeds_its_budget(commune):
    found = visits(fill_world(commune))
    assert set(found) == PAGES

    costs = {name: cost_of(name, visit) for name, visit in found.items()}
    beyond = [f"{name}: {over}" for name, cost in costs.items() if (over := cost.over(BUDGETS[name]))]
    assert not beyond, "\n".join(beyond)


@pytest.fixture
def shelf(law):
    """A catalogue with more than a page of products."""
    call_command("generate", producers=40, products=80, dossiers=0, seed=1, verbosity=0)


@pytest.mark.usefixtures("shelf")
def test_a_query_per_row_breaks_the_budget(monkeypatch):
    budget = BUDGETS["products:catalogue"]
    assert cost_of("products:catalogue", Visit()).over(budget) == {}

    monkeypatch.setattr(ProductQuerySet, "for_list", lambda rows: rows.order_by("name", "pk"))
    assert "queries" in cost_of("products:catalogue", Visit()).over(budget)


def test_a_page_that_has_grown_breaks_the_budget():
    budget = {"queries": 5, "bytes": 1000}

    assert Cost(5, 1000, SCRIPTS).over(budget) == {}
    assert Cost(6, 1001, SCRIPTS + 1).over(budget) == {
        "queries": "6 > 5",
        "bytes": "1001 > 1000",
        "scripts": "60001 > 60000",
    }


@pytest.mark.usefixtures("shelf")
def test_a_first_visit_of_the_home_page_stays_light(client):
    fetched = weight.first_visit(client.get(reverse("home")).content.decode())

    assert {Path(url).suffix for url in fetched} >= {"", ".css", ".woff2", ".js"}
    assert sum(fetched.values()) <= FIRST_VISIT, fetched


def test_fonts_and_style_sheets_behind_a_style_sheet_are_weighed():
    fetched = weight.behind({"/static/css/portal.css"})

    assert sum(url.endswith(".woff2") for url in fetched) == 4
    assert all(bytes_ > 1000 for bytes_ in fetched.values())


def test_a_missing_static_file_is_a_failure():
    with pytest.raises(FileNotFoundError):
        weight.first_visit('<script src="/static/js/not-there.js"></script>')
