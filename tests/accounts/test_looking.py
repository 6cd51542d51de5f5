"""T59: an administrator looks through another person's eyes: reads what they read, does nothing, leaves a trace."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import people as actions
from accounts.middleware.person import ActingPerson
from evaluation.models import Score, ScoreSheet
from foundation.trail.models import Entry
from products.models import Idea, IdeaStatus
from tests.factories.entities import EntityFactory
from tests.factories.evaluation import case_before, council_of, fill
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def looking(client, people):
    """A function: the administrator's browser, looking through that person's eyes."""

    def through(person):
        client.force_login(people["administrator"])
        client.post(reverse("accounts:looking", args=[person.username]), {"reason": "Giúp tìm hồ sơ"})
        return client

    return through


@pytest.fixture
def idea(commune):
    return IdeaFactory(
        entity=EntityFactory(area=commune), status=IdeaStatus.SUBMITTED, submitted_on="2024-10-01"
    )


def test_the_administrator_sees_what_the_person_sees_under_a_banner(looking, people, idea):
    text = looking(people["district_officer"]).get(reverse("products:ideas")).content.decode()

    assert idea.name in text
    assert "Bạn đang nhìn qua tài khoản" in text
    assert people["district_officer"].full_name in text


def test_nothing_can_be_done(looking, people, idea):
    client = looking(people["district_officer"])

    answer = client.post(reverse("products:idea_acceptance", args=[idea.code]))

    assert answer.status_code == 403
    assert "chỉ đang nhìn" in answer.content.decode()
    assert Idea.objects.get().status == IdeaStatus.SUBMITTED


def test_without_the_guard_the_deed_would_be_done(looking, people, idea, monkeypatch):
    """The control."""
    monkeypatch.setattr(ActingPerson, "process_view", lambda *_: None)
    client = looking(people["district_officer"])

    client.post(reverse("products:idea_acceptance", args=[idea.code]))

    assert Idea.objects.get().status == IdeaStatus.ACCEPTED


def test_the_trail_names_who_looked_through_whom_and_why(looking, people):
    client = looking(people["producer"])
    client.post(reverse("accounts:looking_end"))

    began, ended = Entry.objects.about(people["producer"])
    assert (began.act, began.by, began.note) == (
        "Bắt đầu nhìn qua tài khoản",
        people["administrator"],
        "Giúp tìm hồ sơ",
    )
    assert (ended.act, ended.by) == ("Thôi nhìn qua tài khoản", people["administrator"])


def test_afterwards_the_administrator_has_own_eyes_again(looking, people):
    client = looking(people["producer"])

    client.post(reverse("accounts:looking_end"))

    desk = client.get(reverse("desk"))
    assert desk.wsgi_request.user == people["administrator"]
    assert "Bạn đang nhìn qua" not in desk.content.decode()


def test_a_sealed_sheet_stays_sealed(looking, commune):
    """T12: looking through a member's eyes breaks no seal."""
    case = case_before(council_of(commune.parent), area=commune)
    sheet = case.sheets.first()
    fill(sheet)
    Score.objects.filter(sheet=sheet).update(note="bí mật-của-phiếu")
    client = looking(sheet.seat.user)

    answer = client.get(reverse("evaluation:sheet", args=[case.code]))

    assert answer.status_code == 404
    assert "bí mật-của-phiếu" not in client.get(reverse("evaluation:case", args=[case.code])).content.decode()


def test_the_member_sees_the_own_sheet(client, commune):
    """The control: it is the looking that hides it."""
    case = case_before(council_of(commune.parent), area=commune)
    sheet = case.sheets.first()
    client.force_login(sheet.seat.user)

    assert client.get(reverse("evaluation:sheet", args=[case.code])).status_code == 200
    assert ScoreSheet.objects.visible_to(sheet.seat.user).filter(pk=sheet.pk).exists()


@pytest.mark.parametrize("name", ["accounts:roles", "accounts:people"])
def test_what_is_the_persons_own_is_not_looked_at(looking, people, name):
    assert looking(people["district_officer"]).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["province_officer", "district_officer", "manager", "producer", "nobody"])
def test_only_administrators_look(people, name):
    with pytest.raises(PermissionDenied):
        actions.begin_looking(people["commune_officer"], by=people[name], reason="x")


def test_no_administrator_looks_through_another(people, administrator):
    other = people["administrator"]
    with pytest.raises(PermissionDenied):
        actions.begin_looking(other, by=administrator, reason="x")


def test_the_eyes_close_when_the_administrator_loses_the_role(looking, people):
    client = looking(people["producer"])
    people["administrator"].assignments.update(revoked_on="2024-10-15")

    assert client.get(reverse("desk")).wsgi_request.user == people["administrator"]


def test_the_session_gets_a_new_key(client, people):
    client.force_login(people["administrator"])
    before = client.session.session_key

    client.post(reverse("accounts:looking", args=[people["producer"].username]), {"reason": "x"})

    assert client.session.session_key != before


def test_without_a_reason_nobody_looks(client, people):
    client.force_login(people["administrator"])

    answer = client.post(reverse("accounts:looking", args=[people["producer"].username]), {"reason": " "})

    assert answer.status_code == 200
    assert not Entry.objects.about(people["producer"]).exists()


def test_ending_without_looking_leads_to_the_desk(client, people):
    client.force_login(people["administrator"])

    assert client.post(reverse("accounts:looking_end")).url == reverse("desk")
