"""The people of a producer: who invites, what a link is worth, who leaves; an officer hands the record over."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from accounts.models.invitations import digest_of
from entities.actions import members as actions
from entities.models import EntityInvitation, Membership
from foundation.trail.models import Entry
from tests.conftest import person
from tests.factories.accounts import UserFactory
from tests.factories.entities import EntityFactory, EntityInvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db
PASSWORD = "mot cau de nho cua toi 71"
JOIN = {"username": "nguoi.moi", "full_name": "Người Mới", "password": PASSWORD, "again": PASSWORD}


def acts_of(entity):
    return [entry.act for entry in Entry.objects.about(entity)]


def test_an_owner_invites_and_the_link_works_once(client, people, entity):
    invitation, token = actions.invite(entity, by=people["producer"], full_name="Người Mới", role="editor")
    url = reverse("entities:member_joining", args=[token])

    assert token not in str(EntityInvitation.objects.filter(pk=invitation.pk).values().get())
    client.post(url, JOIN)
    row = entity.memberships.get(user__username="nguoi.moi")
    assert row.role == "editor"
    assert row.user.has_role(Role.PRODUCER)
    client.logout()
    assert client.get(url).status_code == 410
    assert client.post(url, {**JOIN, "username": "nguoi.khac"}).status_code == 410
    assert entity.memberships.count() == 2


@pytest.mark.parametrize("facts", [{"expires_at": timezone.now() - dt.timedelta(1)}, {"status": "withdrawn"}])
def test_a_link_that_is_over_is_refused_and_noted(client, people, entity, facts):
    made = EntityInvitationFactory.build(entity=entity, invited_by=people["producer"], **facts)
    token = "x" * 32
    made.token_sha256 = digest_of(token)
    made.save()
    assert client.get(reverse("entities:member_joining", args=[token])).status_code == 410
    assert actions.REFUSED in acts_of(made)


def test_control_the_same_link_in_its_time_is_taken(client, people, entity):
    _, token = actions.invite(entity, by=people["producer"], full_name="Người Mới", role="editor")
    assert client.get(reverse("entities:member_joining", args=[token])).status_code == 200


def test_an_unknown_link_is_404(client, people):
    assert client.get(reverse("entities:member_joining", args=["khong-co"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("producer", "editor", True), ("producer", "owner", True), ("commune_officer", "owner", False),
        ("commune_officer", "editor", False), ("other_producer", "editor", False), ("manager", "owner", False),
    ],
)  # fmt: skip
def test_who_invites_while_there_is_an_owner(people, entity, who, role, may):
    if may:
        assert actions.invite(entity, by=people[who], full_name="A", role=role)
        return
    with pytest.raises(PermissionDenied):
        actions.invite(entity, by=people[who], full_name="A", role=role)


def test_an_editor_invites_nobody(entity):
    editor = MembershipFactory(entity=entity, role="editor").user
    with pytest.raises(PermissionDenied):
        actions.invite(entity, by=editor, full_name="A", role="editor")


def test_an_invitation_of_somebody_who_left_is_worth_nothing(people, entity):
    owner = people["producer"]
    invitation, _ = actions.invite(entity, by=owner, full_name="A", role="editor")
    MembershipFactory(entity=entity, user=people["nobody"])
    actions.remove_member(entity.memberships.get(user=owner), by=owner)
    with pytest.raises(ValidationError, match="không còn quyền mời"):
        actions.take_up(invitation, by=UserFactory())


def test_an_officer_hands_the_record_over_with_a_logged_consent(client, people, commune):
    entity, officer = EntityFactory(area=commune), people["commune_officer"]
    client.force_login(officer)
    text = client.post(
        reverse("entities:member_invite", args=[entity.code]),
        {"full_name": "Chủ Hộ", "role": "owner"},
        follow=True,
    ).content.decode()
    link = text.split('readonly value="')[1].split('"')[0]
    assert link not in client.get(reverse("entities:members", args=[entity.code])).content.decode()

    owner = person(Role.PRODUCER)
    client.force_login(owner)
    path = link[link.index("/chu-the/") :]
    assert "Đồng ý và nhận bàn giao" in client.get(path).content.decode()
    client.post(path)
    assert Membership.objects.get(entity=entity, user=owner).is_owner
    [entry] = [each for each in Entry.objects.about(entity) if each.act == "Nhận bàn giao hồ sơ"]
    assert entry.by == owner
    assert actions.AGREED in entry.detail.note
    with pytest.raises(PermissionDenied):  # whoever owns it looks after its people from now on
        actions.invite(entity, by=officer, full_name="A", role="owner")


def test_one_owner_always_remains(people, entity):
    owner = people["producer"]
    own = entity.memberships.get(user=owner)
    with pytest.raises(ValidationError, match="ít nhất một"):
        actions.remove_member(own, by=owner)
    MembershipFactory(entity=entity)
    actions.remove_member(own, by=owner)
    assert not entity.memberships.filter(user=owner).exists()


def test_who_is_gone_is_not_removed_twice(people, entity):
    row = MembershipFactory(entity=entity, role="editor")
    actions.remove_member(row, by=people["producer"])
    row.pk = row.id = Membership.objects.order_by("-pk").first().pk + 1
    with pytest.raises(ValidationError, match="không còn là người"):
        actions.remove_member(row, by=people["producer"])


def test_the_deed_refuses_a_link_that_is_over(people, entity):
    invitation, _ = actions.invite(entity, by=people["producer"], full_name="A", role="editor")
    actions.withdraw_invitation(invitation, by=people["producer"])
    with pytest.raises(ValidationError):
        actions.take_up(invitation, by=UserFactory())
    assert entity.memberships.count() == 1


def test_editors_remove_nobody_but_themselves(people, entity):
    row, other = (MembershipFactory(entity=entity, role="editor") for _ in range(2))
    with pytest.raises(PermissionDenied):
        actions.remove_member(other, by=row.user)
    actions.remove_member(row, by=row.user)
    assert "Thôi làm người của chủ thể" in acts_of(entity)


def test_eyes_that_only_look_take_nothing_up(people, entity):
    invitation, _ = actions.invite(entity, by=people["producer"], full_name="A", role="editor")
    looked = UserFactory()
    looked.looked_through_by = people["administrator"]
    with pytest.raises(PermissionDenied):
        actions.take_up(invitation, by=looked)


def test_who_is_there_already_cannot_take_up_an_invitation(people, entity):
    invitation, _ = actions.invite(entity, by=people["producer"], full_name="Người Mới", role="editor")
    editor = MembershipFactory(entity=entity, role="editor").user

    with pytest.raises(ValidationError, match="đã là người"):
        actions.take_up(invitation, by=editor)
