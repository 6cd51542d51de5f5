"""Passwords: their rules, changing them, and links from letters (T68, T73)."""

import datetime as dt
import re
import time
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail, signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import limits
from accounts.actions import own_account
from accounts.models import Letter, Role, User
from accounts.notices import compose
from accounts.works import letters as post
from accounts.works import signing as works
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from tests.accounts.conftest import PASSWORD, is_in, signed_in, text_of, type_in
from tests.accounts.test_sign_in import quietest, timing_difference
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NEW = "cau-khac-cung-dai-nhu-the"
FORGOTTEN = "/dang-nhap/quen-mat-khau/"
CHANGE = "/tai-khoan/mat-khau/"


def send_letters():
    """What the worker would send; the letters."""
    for job in Job.objects.order_by("pk"):
        getattr(works, job.work.rpartition(".")[2])(SimpleNamespace(job=job), **job.arguments)
    Job.objects.all().delete()
    post.send_due_letters()
    return mail.outbox


def link_for(typed, **more):
    """The link that a letter brings after asking for it."""
    Client(**more).post(FORGOTTEN, {"typed": typed}, **more)
    found = re.search(r"http\S+", send_letters()[-1].body)
    return found[0]


def path_of(link):
    """The link without its host."""
    return "/" + link.split("/", 3)[3]


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngan-qua", "ít nhất 12 ký tự"),
        ("password1234", "Mật khẩu"),
        ("ocop-ha-nam-24", "ocop"),
        ("OCOP20242024", "ocop"),
        ("Hà Nam 2024!!", "hanam"),
        ("0912345678-abc", "quá giống"),
        ("1q2w3e4r5t6y", "quá phổ biến"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(producer, password, why):
    with pytest.raises(ValidationError) as refusal:
        own_account.set_password(producer, password, by=producer)

    assert why in " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    "password", ["x7" * 50, "ba con mèo ngủ trên mái", "cánh đồng lúa ở Hà Nam rất xanh", NEW]
)
def test_long_passwords_with_any_letters_are_taken(producer, password):
    own_account.set_password(producer, password, by=producer)

    assert is_in_with(producer, password)


def is_in_with(person, password):
    """This password opens the account."""
    type_in(client := Client(), person.username, password)
    return is_in(client)


# ---------------------------------------------------------------- changing


def test_t73_a_new_password_ends_all_other_sessions_and_keeps_this_one(producer):
    here, elsewhere = signed_in(producer), signed_in(producer)
    response = here.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW})

    assert response.url == reverse("accounts:profile")
    assert is_in(here)
    assert not is_in(elsewhere)
    assert "Đổi mật khẩu" in [entry.act for entry in Entry.objects.about(producer)]
    assert "vừa được thay đổi" in send_letters()[-1].body
    assert here.get(reverse("usersessions_list")).content.decode().count("phiên này") == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"old_password": "sai"}, "Mật khẩu chưa đúng"),
        ({"new_password": PASSWORD}, "phải khác"),
        ({"new_password": "a"}, "12"),
    ],
)
def test_a_change_that_is_wrong_changes_nothing(producer, typed, why):
    client = signed_in(producer)
    response = client.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW} | typed)

    assert why in text_of(response)
    assert is_in_with(producer, PASSWORD)


def test_nobody_changes_the_password_of_another(producer, officer):
    with pytest.raises(PermissionDenied):
        own_account.set_password(producer, NEW, by=officer)


# ---------------------------------------------------------------- T68


def test_t68_a_link_serves_once_and_the_second_factor_still_stands(officer):
    path = path_of(link_for("can.bo@vi-du.vn"))
    stolen = signed_in(officer, time.time())
    path = path_of(link_for("can.bo@vi-du.vn"))
    client = Client()

    assert client.get(path).status_code == 200
    assert client.post(path, {"new_password": NEW}).url == "/dang-nhap/"
    assert not is_in(stolen)
    assert client.get(path).status_code == 410
    assert client.post(path, {"new_password": PASSWORD}).status_code == 410
    assert type_in(client, officer.username, NEW).url == "/dang-nhap/ma/"
    assert "Đặt lại mật khẩu" in [entry.act for entry in Entry.objects.about(officer)]


@pytest.mark.parametrize("change", ["email", "password", "is_active", "sign_in", "time"])
def test_t68_a_link_dies_with_a_new_address_or_password(producer, change):
    path = path_of(link_for(producer.username))
    changes = {
        "email": {"email": "khac@vi-du.vn"},
        "password": {"password": "!"},
        "is_active": {"is_active": False},
    }
    User.objects.filter(pk=producer.pk).update(**changes.get(change, {}))
    if change == "sign_in":
        signed_in(producer)
    later = timezone.localtime() + dt.timedelta(hours=3 if change == "time" else 0)

    with time_machine.travel(later):
        assert Client().get(path).status_code == 410


def test_t68_control_the_link_lives_while_nothing_changes(producer):
    assert Client().get(path_of(link_for(producer.username))).status_code == 200


def test_t68_the_host_of_the_link_is_the_configured_one(producer, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PORTAL_URL = "https://ocop.vi-du.vn"
    for forged in ({"HTTP_HOST": "xau.vi-du"}, {"HTTP_X_FORWARDED_HOST": "xau.vi-du"}):
        assert link_for(producer.username, **forged).startswith(
            "https://ocop.vi-du.vn/dang-nhap/mat-khau-moi/"
        )


@pytest.mark.parametrize("uid", ["AAAA", "MQ", "_____", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "Lw"])
def test_a_broken_link_is_answered_calmly(client, uid):
    assert client.get(f"/dang-nhap/mat-khau-moi/{uid}/x-y/").status_code == 410


# ---------------------------------------------------------------- T67 for the letter


def test_t67_asking_for_a_letter_reads_alike_for_known_and_unknown(producer):
    known, unknown = (Client().post(FORGOTTEN, {"typed": typed}) for typed in (producer.username, "khong.co"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Job.objects.count() == 2
    assert [letter.to for letter in send_letters()] == [["chu.the@vi-du.vn"]]


def test_t67_asking_for_a_letter_takes_the_same_time(producer, monkeypatch):
    monkeypatch.setattr(limits, "count", lambda tries, **more: [])
    client = Client()
    known, unknown = (
        lambda typed=typed: client.post(FORGOTTEN, {"typed": typed}) for typed in (producer.username, "ai")
    )

    assert quietest(lambda: timing_difference(21, known, unknown)) < 0.15


def test_one_mailbox_is_not_flooded_and_nobody_learns_of_it(producer):
    answers = [Client().post(FORGOTTEN, {"typed": producer.username}) for _ in range(6)]

    assert {answer.status_code for answer in answers} == {302}
    assert len(send_letters()) == 3


def test_one_address_cannot_ask_for_ever(client):
    answers = [client.post(FORGOTTEN, {"typed": f"ai{number}"}) for number in range(21)]

    assert "Hãy thử lại sau" in text_of(answers[-1])


# ---------------------------------------------------------------- the address


def test_an_address_is_changed_by_a_link_sent_to_it(producer):
    client = signed_in(producer)
    client.post(reverse("accounts:email"), {"email": "moi@vi-du.vn"})
    sent = send_letters()[-1]
    path = path_of(re.search(r"http\S+", sent.body)[0])

    assert sent.to == ["moi@vi-du.vn"]
    assert User.objects.get(pk=producer.pk).email == "chu.the@vi-du.vn"
    assert "moi@vi-du.vn" in client.get(path).content.decode()
    client.post(path)
    assert User.objects.get(pk=producer.pk).email == "moi@vi-du.vn"
    assert send_letters()[-1].to == ["chu.the@vi-du.vn"]
    client.post(path)  # the link is used up
    assert "Đường dẫn đã hết hạn" in text_of(client.get(path, follow=True))


def test_the_link_serves_its_owner_only_and_unforged(producer, officer):
    token = signing.dumps(
        {"person": producer.pk, "email": "a@vi-du.vn", "instead_of": producer.email}, salt=own_account.SALT
    )
    for person, given in ((officer, token), (producer, token[:-1] + "x"), (producer, "a")):
        with pytest.raises(ValidationError):
            own_account.confirm_new_email(person, given, by=person)


def test_a_first_address_has_no_old_one_to_tell(db):
    person = UserFactory(email="")
    facts = {"person": person.pk, "email": "dau.tien@vi-du.vn", "instead_of": ""}

    own_account.confirm_new_email(person, signing.dumps(facts, salt=own_account.SALT), by=person)

    assert (User.objects.get(pk=person.pk).email, Letter.objects.count()) == ("dau.tien@vi-du.vn", 0)


def test_an_address_that_somebody_took_meanwhile_is_refused(producer, officer):
    facts = {"person": producer.pk, "email": "tranh@vi-du.vn", "instead_of": producer.email}
    token = signing.dumps(facts, salt=own_account.SALT)
    User.objects.filter(pk=officer.pk).update(email="TRANH@vi-du.vn")

    with pytest.raises(ValidationError, match="đã thuộc về"):
        own_account.confirm_new_email(producer, token, by=producer)


def test_an_address_belongs_to_one_person_in_any_spelling(producer, officer):
    with pytest.raises(ValidationError):
        own_account.ask_for_new_email(officer, "CHU.the@vi-du.vn", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="CHU.THE@vi-du.vn")
    UserFactory.create_batch(2, email="")


def test_a_new_address_asks_for_a_fresh_sign_in(producer):
    with time_machine.travel(dt.datetime.now(dt.UTC)) as clock:
        client = signed_in(producer)
        clock.shift(700)
        assert client.get(reverse("accounts:email")).url.startswith(reverse("account_reauthenticate"))


# ---------------------------------------------------------------- letters, the first account


@pytest.mark.parametrize(
    "name",
    [
        "password_reset",
        "password_changed",
        "factor_changed",
        "factor_reset",
        "email_confirmation",
        "email_changed",
    ],
)
def test_every_letter_has_a_subject_and_a_vietnamese_text(producer, name):
    facts = {"person": producer, "name": producer.full_name, "username": producer.username}
    subject, body = compose(f"mail/{name}.txt", {**facts, "link": "http://localhost/x", "hours": 2})

    assert 10 < len(subject) < 80
    assert "Kính gửi Chủ thể thử" in body
    assert "&" not in body


def test_the_first_administrator_is_made_without_a_password_and_gets_a_link(capsys):
    call_command("first_administrator", "quan.tri", "Nguyễn Quản Trị", email="qt@vi-du.vn")
    link = capsys.readouterr().out.strip().splitlines()[-1]
    person = User.objects.get(username="quan.tri")

    assert not person.has_usable_password()
    assert person.has_role(Role.ADMINISTRATOR)
    client = Client()
    assert client.post(path_of(link), {"new_password": NEW}).url == "/dang-nhap/"
    type_in(client, "quan.tri", NEW)
    assert client.get("/ban-lam-viec/").url == "/tai-khoan/xac-nhan/"
    with pytest.raises(CommandError):
        call_command("first_administrator", "quan.tri", "Nguyễn Quản Trị")
    with pytest.raises(CommandError):
        call_command("first_administrator", "khac", "Người Khác")


def test_the_first_administrator_takes_no_name_that_exists(producer):
    with pytest.raises(CommandError, match="chọn tên khác"):
        call_command("first_administrator", producer.username, "Ai Đó")
