"""T51, T53, T54, T57, T58: what counts, searches, caches and ended rights give away, and what reading writes."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Assignment, User
from accounts.permissions import require
from products.models import Idea
from tests.factories.products import DossierFactory, EvidenceFactory, IdeaFactory, ProductFactory
from tests.factories.targets import JobFactory
from tests.rights.canaries import canary
from tests.rights.matrix import BOOKS, VIEWS, Visitor, bare, cases_of, content_of
from tests.rights.places import AWAY, OWN, Place
from tests.rights.registry import BODIES

pytestmark = pytest.mark.django_db
STRANGERS = ("public", "producer", "commune_officer", "district_officer", "judge", "manager")
LISTS = (
    "products:ideas",
    "products:dossiers",
    "evaluation:cases",
    "products:catalogue",
    "entities:villages",
    "promotion:events",
)


@pytest.fixture(autouse=True)
def _quiet():
    """A line for each refusal would be thousands."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def pages(visitor):
    """The bytes of every page without an object, which is where rows are listed and counted.

    Compare those of one visitor: one's own data says when one signed in last.
    """
    return {
        name: bare(visitor.ask("GET", reverse(name, args=place.args) + place.query)[1])
        for name, place, methods in cases_of(visitor.world)
        if "GET" in methods and place.label in {"", "csv"} and name != "health"
    }


# ---------------------------------------------------------------- T51: counts and searches


def hidden_rows(world, name):
    """More of what only its own producer may know."""
    entity = world.tenants[name].entity
    IdeaFactory(entity=entity)
    EvidenceFactory(dossier=DossierFactory(product=ProductFactory(entity=entity)))
    JobFactory(by=world.people["administrator"])


@pytest.mark.parametrize("role", STRANGERS)
def test_t51_rows_out_of_sight_change_no_byte_of_any_page(world, role):
    visitor = Visitor(world, role)
    before = pages(visitor)

    hidden_rows(world, AWAY)

    after = pages(visitor)
    assert [name for name in before if before[name] != after[name]] == []


def test_t51_the_same_rows_change_the_pages_of_their_own_producer(world):
    """The control: what is compared does change where it may."""
    visitor = Visitor(world, "producer")
    before = pages(visitor)

    hidden_rows(world, OWN)

    after = pages(visitor)
    assert {name for name in before if before[name] != after[name]} >= {
        "products:ideas",
        "products:dossiers",
        "desk",
    }


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", LISTS)
def test_t51_a_search_for_a_foreign_word_is_a_search_for_nothing(world, role, name):
    visitor = Visitor(world, role)
    kinds = ("draft", "secret", "idea", "dossier", "case")
    foreign = [kind for kind in kinds if ("D", kind) not in visitor.allowed]
    for kind in foreign:
        word = canary(AWAY, kind)[:-1]
        found, nothing = (
            bare(visitor.ask("GET", reverse(name), {"q": asked})[1]).replace(asked.encode(), b"")
            for asked in (word, "q" * len(word))
        )
        assert found == nothing, kind


def test_t51_the_owner_finds_the_same_word(world):
    """The control: the search does look there."""
    visitor = Visitor(world, "producer")
    word = canary(OWN, "draft")

    body = visitor.ask("GET", reverse("products:ideas"), {"q": word[:-1]})[1]

    assert word.encode() in body


# ---------------------------------------------------------------- T53


@pytest.mark.parametrize(
    ("role", "name", "place"),
    [
        ("district_officer", "products:dossier", lambda t: t.dossiers["submitted"]),
        ("commune_officer", "products:idea", lambda t: t.ideas["submitted"]),
        ("manager", "evaluation:case", lambda t: t.cases["opened"]),
        ("producer", "products:dossier", lambda t: t.dossiers["draft"]),
    ],
)
def test_t53_a_role_that_was_withdrawn_counts_no_more_at_the_next_request(world, role, name, place):
    person = world.people[role]
    client, address = Client(), reverse(name, args=[place(world.tenants[OWN]).code])
    client.force_login(person)
    assert client.get(address).status_code == 200

    Assignment.objects.filter(user=person).update(until="2024-10-14")
    person.memberships.all().delete()

    assert client.get(address).status_code == 404


def test_t53_a_person_who_was_shut_out_is_asked_to_sign_in(world):
    client = Client()
    client.force_login(world.people["manager"])

    User.objects.filter(pk=world.people["manager"].pk).update(is_active=False)

    assert client.get(reverse("desk"))["Location"].startswith("/dang-nhap/")


# ---------------------------------------------------------------- T54: reading writes nothing


def test_t54_every_page_is_answered_by_a_database_that_refuses_writes(world):
    failed = {}
    for role in ("public", "producer", "chair"):
        visitor = Visitor(world, role)
        for name, place, methods in cases_of(world):
            own = place.label.partition("/")[0] in {"", OWN}
            if (
                own and "GET" in methods and "tep=" not in place.query and name not in BOOKS
            ):  # exports are written down on purpose (T60)
                with transaction.atomic():
                    read_only()
                    response = visitor.ask("GET", reverse(name, args=place.args) + place.query)[0]
                    transaction.set_rollback(True)
                if response.status_code >= 500:
                    failed[role, name, place.label] = response.status_code
    assert failed == {}


def test_t54_a_write_under_that_database_would_be_seen(world):
    with transaction.atomic():
        read_only()
        with pytest.raises(InternalError, match="read-only"), transaction.atomic():
            IdeaFactory(entity=world.tenants[OWN].entity)
        transaction.set_rollback(True)


def read_only():
    """From here to the end of the savepoint the database refuses writes."""
    with connection.cursor() as cursor:
        cursor.execute("set transaction read only")


# ---------------------------------------------------------------- T57: what a collision tells


def test_t57_the_same_name_at_a_foreign_producer_is_no_collision(world):
    foreign = Idea.objects.get(entity=world.tenants[AWAY].entity, status="draft", code="yt-d-draft")
    visitor = Visitor(world, "producer")
    place = Place(OWN, (), None, world.tenants[OWN])
    body = {**idea_body(world, place), "name": foreign.name}

    response, page, _, _ = visitor.ask("POST", reverse("products:idea_new"), body)

    assert response.status_code == 302, page.decode()


def test_t57_the_same_name_at_the_own_producer_is_told(world):
    """The control: the rule of one name per producer is in force."""
    mine = world.tenants[OWN].ideas["draft"]
    visitor = Visitor(world, "producer")

    response, page, _, _ = visitor.ask(
        "POST",
        reverse("products:idea_new"),
        {**idea_body(world, Place(OWN, (), None, world.tenants[OWN])), "name": mine.name},
    )

    assert response.status_code == 200
    assert "đã có ý tưởng cùng tên" in page.decode()


def idea_body(world, place):
    """What the slip of an idea holds."""
    return BODIES["products:idea_new"](world, place, "producer")


def test_t57_foreign_and_unknown_producers_are_refused_alike(world):
    visitor = Visitor(world, "producer")
    said = []
    for entity in (world.tenants[AWAY].entity.pk, 10**9):
        body = idea_body(world, Place(OWN, (), None, world.tenants[OWN])) | {"entity": entity}
        said.append(bare(visitor.ask("POST", reverse("products:idea_new"), body)[1]))
    assert said[0] == said[1]


# ---------------------------------------------------------------- T58: a cache between two people


class Cache:
    """A shared cache that keeps what it may: it honours Cache-Control and Vary, and nothing else."""

    def __init__(self):
        self.kept = {}

    def get(self, client, address, **headers):
        """The answer for this person: from the cache where that is allowed."""
        for names, values, body in self.kept.get(address, ()):
            if all(self.sent(client, headers, name) == values[name] for name in names):
                return body
        response = client.get(address, headers=headers)
        body = content_of(response)[0]
        rules = {part.strip() for part in response.get("Cache-Control", "").split(",")}
        if response.status_code == 200 and not rules & {"no-store", "private", "no-cache"}:
            names = [name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()]
            values = {name: self.sent(client, headers, name) for name in names}
            self.kept.setdefault(address, []).append((names, values, body))
        return body

    @staticmethod
    def sent(client, headers, name):
        """What the request says under this name."""
        if name == "cookie":
            return client.cookies.output()
        return {key.lower(): value for key, value in headers.items()}.get(name)


def signed_in(world, role):
    """A client for this role."""
    return Visitor(world, role).client


@pytest.mark.parametrize("fragment", [False, True])
def test_t58_a_shared_cache_never_shows_one_person_the_page_of_another(world, fragment):
    cache, headers = Cache(), {"HX-Request": "true"} if fragment else {}
    one, two, nobody = (signed_in(world, role) for role in ("producer", "other_district_officer", "public"))
    for name, place, methods in cases_of(world):
        if (
            name in {"health", *BOOKS}
            or "GET" not in methods
            or place.label.partition("/")[0] not in {"", OWN}
        ):
            continue
        address = reverse(name, args=place.args) + place.query
        cache.get(one, address, **headers)
        for other in (two, nobody):
            other.get(address, headers=headers)  # what an earlier page left to be said is said now
            seen, own = (
                cache.get(other, address, **headers),
                content_of(other.get(address, headers=headers))[0],
            )
            assert bare(seen) == bare(own), name


def test_t58_a_page_without_its_headers_would_be_shown_to_the_next(world, monkeypatch):
    """The control: the cache does keep what nobody forbids."""
    monkeypatch.setattr("foundation.ui.http.patch_cache_control", lambda *args, **kwargs: None)
    monkeypatch.setattr(Cache, "sent", staticmethod(lambda client, headers, name: None))
    cache, address = Cache(), reverse("desk")

    first = cache.get(signed_in(world, "producer"), address)

    assert cache.get(signed_in(world, "manager"), address) == first


def test_require_stops_whoever_may_not():
    require(True)
    with pytest.raises(PermissionDenied, match="quyền"):
        require(False)


def test_every_list_that_searches_is_searched():
    assert set(LISTS) <= set(VIEWS)
