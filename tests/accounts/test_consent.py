"""Consent: asked once per text, each purpose by itself, taken back at any time."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import privacy as actions
from accounts.actions import requests
from accounts.models import Consent, DataRequest, RequestKind
from accounts.privacy import rules
from foundation import clock
from foundation.trail.models import Entry
from ocop_portal.settings import MIDDLEWARE
from tests.factories.accounts import UserFactory
from tests.factories.privacy import ConsentFactory

pytestmark = pytest.mark.django_db
MAIL = "thu-dien-tu"
TEXT = rules().text("2023-07")


@pytest.fixture
def asking(settings):
    """The portal as it runs: whoever has not answered is asked."""
    settings.MIDDLEWARE = MIDDLEWARE


@pytest.fixture
def person(client):
    """Somebody signed in who was never asked."""
    user = UserFactory()
    client.force_login(user)
    return user


def test_an_answer_names_the_text_and_the_purposes(person):
    actions.answer_consent(TEXT, [MAIL], by=person)

    assert Consent.objects.agreeing_to(MAIL).get().person == person
    assert not Consent.objects.agreeing_to("moi-tham-gia").exists()
    assert Entry.objects.about(person).get().note == "2023-07: 1 mục đồng ý"


def test_agreeing_to_nothing_is_an_answer_too(person):
    actions.answer_consent(TEXT, [], by=person)

    assert Consent.objects.answered(person, TEXT.version)
    assert not Consent.objects.agreeing_to(MAIL).exists()


def test_a_later_answer_ends_the_earlier_one_and_keeps_it(person):
    actions.answer_consent(TEXT, [MAIL], by=person)
    actions.answer_consent(TEXT, [], by=person)

    assert Consent.objects.count() == 2
    assert not Consent.objects.agreeing_to(MAIL).exists()


def test_the_last_answer_counts_although_the_clock_of_a_demonstration_starts_its_day_again(person):
    ConsentFactory(person=person, at=clock.now() + dt.timedelta(hours=5))

    actions.answer_consent(TEXT, [], by=person)

    assert not Consent.objects.agreeing_to(MAIL).exists()
    assert Consent.objects.in_force().get(person=person).purposes == []


def test_a_purpose_outside_the_text_is_refused(person):
    with pytest.raises(ValidationError, match="không có trong văn bản"):
        actions.answer_consent(TEXT, ["tai-khoan"], by=person)

    assert not Consent.objects.exists()


def test_the_database_keeps_one_answer_in_force_per_text_and_its_order_in_time():
    answer = ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(person=answer.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(withdrawn_at=clock.now() - dt.timedelta(days=1))


def test_taking_back_ends_the_consent_at_once_and_starts_a_clock(client, person):
    ConsentFactory(person=person)

    page = client.get(reverse("accounts:consent_withdrawal")).content.decode()
    client.post(reverse("accounts:consent_withdrawal"))

    assert rules().purposes[MAIL].withdrawn in page
    assert not Consent.objects.agreeing_to(MAIL).exists()
    request = DataRequest.objects.get()
    assert (request.person, request.kind) == (person, RequestKind.WITHDRAWAL)
    assert rules().purposes[MAIL].title in request.what


def test_taking_back_without_a_consent_is_refused(client, person):
    with pytest.raises(ValidationError, match="không có sự đồng ý"):
        requests.withdraw_consent(by=person)

    answer = client.post(reverse("accounts:consent_withdrawal"))
    assert answer.status_code == 200
    assert not DataRequest.objects.exists()


@pytest.mark.usefixtures("asking")
def test_who_has_not_answered_is_asked_and_comes_back_to_where_they_were_going(client, person):
    answer = client.get(reverse("desk"))
    assert answer["Location"] == f"{reverse('accounts:consent')}?next={quote('/ban-lam-viec/', safe='')}"

    text = client.get(answer["Location"]).content.decode()
    assert TEXT.title in text
    assert "checked" not in text
    sent = client.post(reverse("accounts:consent"), {"purposes": [MAIL], "next": "/ban-lam-viec/"})
    assert sent["Location"] == "/ban-lam-viec/"
    assert client.get(reverse("desk")).status_code == 200


def test_without_the_question_nobody_would_be_asked(client, person):
    assert client.get(reverse("desk")).status_code == 200


@pytest.mark.usefixtures("asking")
def test_the_question_is_kept_in_the_session_and_asked_again_for_a_new_text(client, person, settings):
    ConsentFactory(person=person)
    assert client.get(reverse("desk")).status_code == 200
    assert client.session["consent_answered"] == f"{person.pk}:2023-07"

    settings.DEMO_DAY = dt.date(2026, 1, 1)
    assert client.get(reverse("desk")).status_code == 302
    settings.DEMO_DAY = dt.date(2023, 6, 30)
    assert client.get(reverse("desk")).status_code == 200
    assert client.get(reverse("accounts:consent")).status_code == 404


@pytest.mark.usefixtures("asking", "law")
@pytest.mark.parametrize("name", ["home", "accounts:register", "accounts:my_data", "accounts:request_new"])
def test_public_pages_and_the_account_itself_are_never_kept_back(client, person, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("asking", "law")
def test_signing_out_and_sending_a_form_are_never_kept_back(client, person):
    sent = client.post(reverse("accounts:request_new"), {"kind": "access", "what": "Cho tôi xem"})
    assert sent.status_code == 302
    assert client.post(reverse("account_logout"))["Location"] == reverse("home")
    assert "_auth_user_id" not in client.session


def test_an_earlier_answer_stays_ticked_and_a_new_text_begins_empty(client, person, settings):
    ConsentFactory(person=person)
    assert client.get(reverse("accounts:consent")).content.decode().count("checked") == 1

    settings.DEMO_DAY = dt.date(2026, 1, 1)
    assert "checked" not in client.get(reverse("accounts:consent")).content.decode()


def test_no_answer_leads_to_another_host(client, person):
    sent = client.post(reverse("accounts:consent"), {"next": "https://example.com/"})

    assert sent["Location"] == reverse("accounts:my_data")
