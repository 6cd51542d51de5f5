"""Somebody with several roles acts in one of them at a time: rights, pages and trail follow it."""

import pytest
from django.urls import reverse

from accounts.models import User
from foundation.trail.models import Entry
from products.models import Idea, IdeaStatus
from tests.factories.entities import EntityFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ideas(commune, other_commune):
    """One sent idea in each commune."""
    sent = {"status": IdeaStatus.SUBMITTED, "submitted_on": "2024-10-01"}
    return [IdeaFactory(entity=EntityFactory(area=area), **sent) for area in (commune, other_commune)]


def seen(client):
    """Names of the ideas on the list."""
    text = client.get(reverse("products:ideas")).content.decode()
    return {idea.name for idea in Idea.objects.all() if idea.name in text}


def test_the_first_role_is_acted_in_until_another_is_chosen(client, two_roles, ideas):
    client.force_login(two_roles)
    assert seen(client) == {ideas[0].name}

    client.post(reverse("accounts:role_choice"), {"vai_tro": two_roles.charges[1].pk})

    assert seen(client) == {ideas[1].name}


def test_outside_a_request_all_roles_count(two_roles, ideas):
    """The control: it is the request that narrows."""
    assert set(Idea.objects.visible_to(two_roles)) == set(ideas)


def test_the_page_shows_the_role_and_offers_the_others(client, two_roles):
    client.force_login(two_roles)

    desk = client.get(reverse("desk")).content.decode()
    roles = client.get(reverse("accounts:roles")).content.decode()

    assert "Cán bộ xã – Xã Chuyên Ngoại" in desk
    assert "Đổi vai trò" in desk
    assert roles.count("Làm với vai trò này") == 1


def test_switching_gives_the_session_a_new_key(client, two_roles):
    client.force_login(two_roles)
    before = client.session.session_key

    client.post(reverse("accounts:role_choice"), {"vai_tro": two_roles.charges[1].pk})

    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["", "0", "-1", "abc", "9" * 30])
def test_a_role_that_is_not_held_is_refused(client, two_roles, wanted):
    client.force_login(two_roles)

    assert client.post(reverse("accounts:role_choice"), {"vai_tro": wanted}).status_code == 403


def test_another_persons_role_is_refused(client, two_roles, people):
    client.force_login(two_roles)
    foreign = people["district_officer"].charges[0].pk

    assert client.post(reverse("accounts:role_choice"), {"vai_tro": foreign}).status_code == 403


def test_the_trail_names_the_role_acted_in(client, two_roles, other_commune, commune):
    entity = EntityFactory(area=other_commune)
    client.force_login(two_roles)
    client.post(reverse("accounts:role_choice"), {"vai_tro": two_roles.charges[1].pk})
    idea = IdeaFactory(entity=entity, created_by=two_roles)

    client.post(reverse("products:idea_submission", args=[idea.code]))

    assert Entry.objects.about(idea).get().role == "Cán bộ xã – Xã Phù Vân"


def test_a_withdrawn_role_stops_counting_with_the_next_request(client, two_roles, ideas):
    """T53."""
    client.force_login(two_roles)
    assert seen(client) == {ideas[0].name}

    two_roles.assignments.filter(pk=two_roles.charges[0].pk).update(revoked_on="2024-10-15")

    assert seen(client) == {ideas[1].name}


def test_a_role_that_still_holds_goes_on_counting(client, two_roles, ideas):
    """The control of T53: only the withdrawal takes it away."""
    client.force_login(two_roles)
    assert seen(client) == seen(client) == {ideas[0].name}
    assert User.objects.get(pk=two_roles.pk).charges == two_roles.charges
