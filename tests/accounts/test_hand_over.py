"""When somebody leaves: roles and open work pass to a colleague, rehearsed first, seats stay with the council."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts import handover
from accounts.actions import people as actions
from accounts.models import Role, User
from foundation.trail.models import Entry
from products.models import Idea
from products.permissions import may_edit_idea
from tests.factories.accounts import UserFactory
from tests.factories.entities import EntityFactory
from tests.factories.evaluation import council_of
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(people):
    return people["commune_officer"]


@pytest.fixture
def successor():
    return UserFactory()


@pytest.fixture
def idea(leaving, commune):
    """A draft that the officer keeps for a producer."""
    return IdeaFactory(entity=EntityFactory(area=commune), created_by=leaving)


def hand_over(people, leaving, successor, **more):
    return actions.hand_over(
        leaving, by=people["administrator"], to=successor, reason="Chuyển công tác", **more
    )


def test_roles_pass_and_the_leaving_person_holds_none(people, leaving, successor, commune):
    hand_over(people, leaving, successor)

    charge = User.objects.get(pk=successor.pk).charges
    assert [(one.role, one.area) for one in charge] == [(Role.COMMUNE_OFFICER, commune)]
    assert User.objects.get(pk=leaving.pk).charges == []


def test_open_ideas_are_kept_by_the_successor_and_the_author_stays_on_record(
    people, leaving, successor, idea
):
    hand_over(people, leaving, successor)

    idea = Idea.objects.get()
    assert (idea.keeper, idea.created_by) == (successor, leaving)
    assert may_edit_idea(successor, idea)
    assert not may_edit_idea(User.objects.get(pk=leaving.pk), idea)
    assert idea in Idea.objects.visible_to(User.objects.get(pk=successor.pk))
    assert idea not in Idea.objects.visible_to(User.objects.get(pk=leaving.pk))
    assert Entry.objects.about(idea).last().act == "Bàn giao ý tưởng"


def test_without_a_hand_over_the_author_keeps_it(leaving, idea):
    """The control."""
    assert may_edit_idea(leaving, idea)


def test_what_needs_a_decision_stays_and_is_named(people, successor, commune):
    council = council_of(commune.parent)
    member = council.seats.first().user

    pieces = hand_over(people, member, successor)

    stays = [piece for piece in pieces if not piece.moves]
    assert any("Ghế hội đồng" in piece.kind and piece.why for piece in stays)
    assert council.seats.filter(user=member).exists()
    assert "ở lại" in Entry.objects.about(member).filter(act="Bàn giao").get().note


def test_both_people_have_it_in_their_trail(people, leaving, successor):
    hand_over(people, leaving, successor)

    assert Entry.objects.about(leaving).filter(act="Bàn giao").exists()
    assert Entry.objects.about(successor).filter(act="Nhận bàn giao").exists()


def test_the_account_is_closed_when_asked_for(people, leaving, successor):
    hand_over(people, leaving, successor, close=True)

    assert not User.objects.get(pk=leaving.pk).is_active


def test_a_role_that_the_successor_has_already_is_not_given_twice(people, leaving, successor, commune):
    actions.enter_charge(
        successor,
        by=people["administrator"],
        role=Role.COMMUNE_OFFICER,
        area=commune,
        start=leaving.assignments.get().start,
    )

    hand_over(people, leaving, successor)

    assert successor.assignments.count() == 1


@pytest.mark.parametrize("whom", ["itself", "closed"])
def test_a_successor_who_cannot_work_is_refused(people, leaving, whom):
    other = leaving if whom == "itself" else UserFactory(is_active=False)

    with pytest.raises(ValidationError, match="người khác đang dùng"):
        hand_over(people, leaving, other)


@pytest.mark.parametrize("name", ["district_officer", "province_officer", "manager", "producer"])
def test_only_administrators_hand_over(people, leaving, successor, name):
    with pytest.raises(PermissionDenied):
        actions.hand_over(leaving, by=people[name], to=successor, reason="x")


def test_a_fault_in_the_middle_leaves_everything_as_it_was(people, leaving, successor, idea, settings):
    settings.OPEN_WORK = ["products.handover", "tests.accounts.breaking"]

    with pytest.raises(ZeroDivisionError):
        hand_over(people, leaving, successor)

    assert Idea.objects.get().keeper == leaving
    assert User.objects.get(pk=leaving.pk).charges
    assert not Entry.objects.about(leaving).exists()


def test_the_rehearsal_lists_everything_and_does_nothing(client, people, leaving, successor, idea):
    client.force_login(people["administrator"])
    url = reverse("accounts:handing_over", args=[leaving.username])

    text = client.post(url, {"to": successor.username, "reason": "Chuyển công tác"}).content.decode()

    assert idea.name in text
    assert "Cán bộ xã – Xã Chuyên Ngoại" in text
    assert User.objects.get(pk=leaving.pk).charges
    confirmed = {"to": successor.username, "reason": "Chuyển công tác", "xac-nhan": "1"}
    assert client.post(url, confirmed).status_code == 302
    assert Idea.objects.get().keeper == successor


@pytest.mark.parametrize("typed", ["", "khong.co", "'; drop table"])
def test_an_unknown_successor_is_told(client, people, leaving, typed):
    client.force_login(people["administrator"])
    url = reverse("accounts:handing_over", args=[leaving.username])

    answer = client.post(url, {"to": typed, "reason": "x", "xac-nhan": "1"})

    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_pieces_of_somebody_without_work_are_none():
    assert handover.pieces(UserFactory()) == []
