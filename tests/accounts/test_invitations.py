"""Invitations: one link, one person, one time, and nothing that a form field could add to it."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invitations as actions
from accounts.actions import people as people_actions
from accounts.models import Assignment, Invitation, InvitationStatus, Role, User
from foundation.trail.models import Entry
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 15)
GOOD = {
    "username": "can.bo.moi",
    "full_name": "Cán Bộ Mới",
    "password": "một câu dài dễ nhớ 8",
    "again": "một câu dài dễ nhớ 8",
}


def invited(by, area, role=Role.COMMUNE_OFFICER, **facts):
    return actions.invite(by=by, full_name="Cán Bộ Mới", role=role, area=area, start=DAY, **facts)


def join_url(token):
    return reverse("accounts:joining", args=[token])


def test_the_link_is_stored_nowhere(people, commune):
    invitation, token = invited(people["district_officer"], commune)

    stored = [str(value) for value in Invitation.objects.filter(pk=invitation.pk).values().get().values()]
    notes = list(Entry.objects.about(invitation))
    assert all(token not in value for value in stored)
    assert all(token not in entry.note for entry in notes)


def test_a_new_person_joins_by_the_link_and_holds_exactly_that_role(client, people, commune):
    invitation, token = invited(people["district_officer"], commune, title="Cán bộ OCOP")

    answer = client.post(join_url(token), GOOD)

    person = User.objects.get(username="can.bo.moi")
    charge = person.assignments.get()
    assert answer.status_code == 302
    assert (charge.role, charge.area, charge.start) == (Role.COMMUNE_OFFICER, commune, DAY)
    assert person.title == "Cán bộ OCOP"
    invitation.refresh_from_db()
    assert (invitation.status, invitation.accepted_by) == (InvitationStatus.ACCEPTED, person)


@pytest.mark.parametrize(
    "extra",
    [
        {"role": "administrator"},
        {"area": "1"},
        {"is_active": "1", "is_staff": "1", "is_superuser": "1"},
        {"start": "2020-01-01", "until": "2099-01-01"},
        {"title": "Chủ tịch tỉnh", "email": "a@b.vn", "is_demo": "on"},
    ],
)
def test_form_fields_do_not_raise_the_role(client, people, commune, extra):
    """T10: whatever else a form sends is ignored."""
    _, token = invited(people["district_officer"], commune)

    client.post(join_url(token), GOOD | extra)

    person = User.objects.get(username="can.bo.moi")
    assert list(person.assignments.values_list("role", "start", "until")) == [("commune_officer", DAY, None)]
    assert (person.title, person.email, person.is_demo) == ("", "", False)


def test_somebody_with_an_account_takes_the_role_up(client, people, commune):
    _, token = invited(people["district_officer"], commune)
    person = UserFactory()
    client.force_login(person)

    assert "Nhận vai trò" in client.get(join_url(token)).content.decode()
    client.post(join_url(token))

    assert person.assignments.get().area == commune


@pytest.mark.parametrize("how", ["used", "withdrawn", "expired"])
def test_a_link_that_is_worth_nothing_says_so_and_stands_in_the_trail(client, people, commune, how):
    invitation, token = invited(people["district_officer"], commune)
    if how == "used":
        client.post(join_url(token), GOOD)
        client.logout()
    elif how == "withdrawn":
        actions.withdraw_invitation(invitation, by=people["district_officer"])
    else:
        Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    answer = client.post(join_url(token), GOOD | {"username": "ke.thu.hai"})

    assert answer.status_code == 410
    assert {"used": "đã được nhận", "withdrawn": "thu hồi", "expired": "hết hạn"}[
        how
    ] in answer.content.decode()
    assert not User.objects.filter(username="ke.thu.hai").exists()
    assert Entry.objects.about(invitation).filter(act=actions.REFUSED).count() == 1


def test_a_link_that_is_good_still_works(client, people, commune):
    """The control of the test above."""
    _, token = invited(people["district_officer"], commune)

    assert client.post(join_url(token), GOOD | {"username": "ke.thu.hai"}).status_code == 302


def test_a_wrong_link_is_refused_and_a_flood_leaves_one_entry(client):
    answers = {client.get(join_url(f"sai-{n}")).status_code for n in range(5)}

    assert answers == {404}
    assert Entry.objects.about(Invitation(pk=0)).count() == 1


def test_an_inviter_who_lost_the_right_makes_the_link_worthless(client, people, commune):
    _, token = invited(people["district_officer"], commune)
    charge = people["district_officer"].assignments.get()
    people_actions.take_back(charge, by=people["administrator"], reason="Chuyển công tác")

    text = client.post(join_url(token), GOOD).content.decode()

    assert "không còn quyền giao" in text
    assert GOOD["username"] in text  # what was typed is still there
    assert not Assignment.objects.filter(user__username="can.bo.moi").exists()


def test_a_taken_user_name_is_refused_and_nothing_is_lost(client, people, commune):
    UserFactory(username="can.bo.moi")
    _, token = invited(people["district_officer"], commune)

    text = client.post(join_url(token), GOOD).content.decode()

    assert "đã có người dùng" in text
    assert 'value="Cán Bộ Mới"' in text


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("username", "a b", "chữ thường không dấu"),
        ("username", "Đỗ", "chữ thường không dấu"),
        ("username", "", "Hãy điền"),
        ("again", "khác hẳn", "chưa giống nhau"),
        ("password", "ngắn", "12"),
        ("full_name", "x" * 200, "Nhiều nhất 120"),
    ],
)
def test_bad_input_is_told_beside_the_field(client, people, commune, field, value, word):
    _, token = invited(people["district_officer"], commune)

    answer = client.post(join_url(token), GOOD | {field: value})

    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert Invitation.objects.get().status == InvitationStatus.WAITING


def test_the_link_is_shown_once_to_whoever_made_it(client, people, commune):
    client.force_login(people["district_officer"])
    facts = {"full_name": "Cán Bộ Mới", "role": "commune_officer", "area": commune.pk, "start": "15/10/2024"}
    page = client.post(reverse("accounts:invitation_new"), facts, follow=True)
    link = re.search(r'value="(http[^"]+/nhan-loi-moi/[^"]+)"', page.content.decode())[1]

    again = client.get(page.wsgi_request.path)

    assert "/nhan-loi-moi/" in link
    assert "/nhan-loi-moi/" not in again.content.decode()


def test_a_district_officer_offers_only_what_may_be_given(client, people, commune, other_commune):
    client.force_login(people["district_officer"])
    form = client.get(reverse("accounts:invitation_new")).context["form"]

    assert {value for value, _ in form.fields["role"].choices if value} == {
        "commune_officer",
        "council_member",
        "producer",
    }
    assert commune in form.fields["area"].queryset
    assert other_commune not in form.fields["area"].queryset


@pytest.mark.parametrize("role", ["administrator", "manager", "province_officer"])
def test_a_role_beyond_ones_own_is_refused_by_the_form(client, people, province, role):
    client.force_login(people["district_officer"])
    facts = {"full_name": "Ai Đó", "role": role, "area": province.pk, "start": "15/10/2024"}

    assert client.post(reverse("accounts:invitation_new"), facts).status_code == 200
    assert not Invitation.objects.exists()


def test_the_deed_itself_refuses_it_too(people, province):
    """The form is not the guard."""
    with pytest.raises(PermissionDenied):
        invited(people["district_officer"], province, Role.PROVINCE_OFFICER)


@pytest.mark.parametrize("name", ["producer", "manager", "judge", "nobody"])
def test_those_who_give_no_role_find_no_page(client, people, name):
    client.force_login(people[name])

    assert client.get(reverse("accounts:invitations")).status_code == 404
    assert client.get(reverse("accounts:invitation_new")).status_code == 404


def test_another_districts_invitations_are_out_of_sight(client, people, commune):
    invitation, _ = invited(people["district_officer"], commune)
    client.force_login(people["other_district_officer"])

    assert client.get(reverse("accounts:invitation", args=[invitation.code])).status_code == 404
    assert invitation.full_name not in client.get(reverse("accounts:invitations")).content.decode()


def test_a_known_mail_address_is_sent_to_its_account(people, commune):
    UserFactory(email="co@dia.chi.vn")
    invitation, _ = invited(people["district_officer"], commune, email="CO@dia.chi.vn")

    with pytest.raises(ValidationError, match="đã thuộc một tài khoản"):
        actions.join(invitation, username="moi.tinh", full_name="Mới", password="x" * 20)
    assert not User.objects.filter(username="moi.tinh").exists()


def test_withdrawing_twice_is_refused_in_words(people, commune):
    invitation, _ = invited(people["district_officer"], commune)
    actions.withdraw_invitation(invitation, by=people["district_officer"])

    with pytest.raises(ValidationError, match="Không thể chuyển"):
        actions.withdraw_invitation(invitation, by=people["district_officer"])


def test_an_expired_invitation_is_drawn_as_expired(client, people):
    InvitationFactory(invited_by=people["commune_officer"], expires_at=timezone.now() - dt.timedelta(days=1))
    client.force_login(people["commune_officer"])

    assert "Đã hết hạn" in client.get(reverse("accounts:invitations")).content.decode()


def test_the_deed_itself_refuses_what_was_taken_up(people, commune):
    invitation, _ = invited(people["district_officer"], commune)
    actions.join(invitation, username="nguoi.dau", full_name="Người Đầu", password="x" * 20)

    with pytest.raises(ValidationError, match="đã được nhận"):
        actions.join(invitation, username="nguoi.sau", full_name="Người Sau", password="x" * 20)
    assert not User.objects.filter(username="nguoi.sau").exists()
