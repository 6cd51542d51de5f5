"""Signing in and out: sessions, limits, what strangers may learn (T65, T66, T67, T70, T72)."""

import re
import time

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse

from accounts import devices, limits
from accounts.actions import signing_in
from accounts.models import Tries, User
from foundation.trail.models import Entry
from tests.accounts.conftest import LOGIN, PASSWORD, is_in, signed_in, text_of, type_in

pytestmark = pytest.mark.django_db
SENTENCE = "Tên đăng nhập hoặc mật khẩu chưa đúng"
ELSEWHERE = "203.0.113.7"


def test_a_person_signs_in_by_user_name_which_may_be_a_phone_number(client, producer):
    assert type_in(client, "0912345678").url == reverse("desk")
    assert is_in(client)


@pytest.mark.parametrize("typed", ["chu.the@vi-du.vn", "Chu.The@Vi-Du.VN"])
def test_a_person_signs_in_by_address(client, producer, typed):
    type_in(client, typed)

    assert is_in(client)


def test_signing_in_and_out_is_in_the_trail(producer):
    client = signed_in(producer)
    client.post("/dang-xuat/")

    assert [entry.act for entry in Entry.objects.about(producer)] == ["Đăng nhập", "Đăng xuất"]
    assert not is_in(client)


def test_signing_out_needs_a_post(client, producer):
    client.force_login(producer)

    assert client.get("/dang-xuat/").status_code == 405


# ---------------------------------------------------------------- T65


def test_t65_a_session_gets_a_new_key_and_the_old_one_is_dead(client, officer):
    client.get(LOGIN)
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    signed_in(officer, time.time(), client)
    thief = Client()
    thief.cookies[live.SESSION_COOKIE_NAME] = before

    assert client.session.session_key != before
    assert not is_in(thief)


def test_t65_control_a_session_that_keeps_its_key_would_be_taken_over(client, producer, monkeypatch):
    client.get(LOGIN)
    client.post(LOGIN, {"username": "x", "password": "y"}, follow=True)
    session = client.session
    session["begun"] = "before signing in"
    session.save()
    client.cookies[live.SESSION_COOKIE_NAME] = before = session.session_key
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.cycle_key", lambda store: None)
    type_in(client, producer.username)
    thief = Client()
    thief.cookies[live.SESSION_COOKIE_NAME] = before

    assert is_in(thief)


# ---------------------------------------------------------------- T66


def wrong(client, username, count, **more):
    """So many wrong passwords; the answers."""
    return [
        client.post(LOGIN, {"username": username, "password": "sai-mat-khau"}, **more) for _ in range(count)
    ]


def test_t66_a_hundred_tries_are_refused_told_and_in_the_trail_once(client, producer):
    answers = wrong(client, producer.username, 100)

    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 90
    assert "Hãy thử lại sau 15 phút" in text_of(answers[10])
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    refused = [entry for entry in Entry.objects.about(producer) if entry.act == "Từ chối đăng nhập"]
    assert len(refused) == 2  # one for the account, one for the address
    assert refused[0].by is None


def test_t66_the_right_password_is_refused_too_while_the_limit_holds(client, producer):
    wrong(client, producer.username, 11)

    assert type_in(client, producer.username).status_code == 429
    assert not is_in(client)


def test_t66_control_without_the_count_the_eleventh_guess_is_looked_at(client, producer, monkeypatch):
    monkeypatch.setattr(limits, "count", lambda tries, **more: [])
    wrong(client, producer.username, 11)

    assert type_in(client, producer.username).url == reverse("desk")


def test_t66_the_limit_comes_before_hashing(client, producer, monkeypatch):
    wrong(client, producer.username, 11)
    hashed = []
    monkeypatch.setattr(signing_in, "is_theirs", lambda user, password: hashed.append(user))
    wrong(client, producer.username, 5)

    assert hashed == []


def test_t66_other_people_keep_signing_in_while_one_account_is_attacked(client, producer, officer):
    wrong(client, producer.username, 60, REMOTE_ADDR=ELSEWHERE)

    assert is_in(signed_in(officer, time.time()))


def test_t66_strangers_cannot_lock_out_a_person_at_their_own_browser(producer):
    own = signed_in(producer)
    own.post("/dang-xuat/")
    wrong(Client(), producer.username, 60)

    assert type_in(Client(), producer.username, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert type_in(own, producer.username).url == reverse("desk")


def test_t66_control_without_the_known_browser_its_owner_is_locked_out(producer, monkeypatch):
    own = signed_in(producer)
    own.post("/dang-xuat/")
    wrong(Client(), producer.username, 60)
    monkeypatch.setattr(devices, "device_of", lambda request, user: None)

    assert type_in(own, producer.username).status_code == 429


def test_t66_a_known_browser_is_limited_as_well(producer):
    own = signed_in(producer)
    own.post("/dang-xuat/")

    assert wrong(own, producer.username, 11)[-1].status_code == 429


def test_t66_a_known_browser_serves_its_own_account_only_and_until_the_password_changes(
    producer, officer, rf
):
    own = signed_in(producer)
    request = rf.get("/")
    request.COOKIES = {devices.COOKIE: own.cookies[devices.COOKIE].value}
    forged = rf.get("/")
    forged.COOKIES = {devices.COOKIE: own.cookies[devices.COOKIE].value[:-2] + "zz"}

    assert devices.device_of(request, producer)
    assert devices.device_of(request, officer) is None
    assert devices.device_of(request, None) is None
    assert devices.device_of(forged, producer) is None
    producer.set_password("mot-mat-khau-hoan-toan-khac")
    assert devices.device_of(request, producer) is None


def test_t66_spraying_many_names_from_one_address_is_refused(client, producer):
    answers = [wrong(client, f"ten{number}", 1)[0].status_code for number in range(51)]

    assert answers == [200] * 50 + [429]
    assert is_in(signed_in(producer, client=Client(REMOTE_ADDR=ELSEWHERE)))


def test_t66_all_strangers_together_are_limited_so_that_hashing_starves_nobody(client, producer):
    own = signed_in(producer)
    own.post("/dang-xuat/")
    Tries.objects.filter(key=limits.TOTAL.key("")).update(count=limits.TOTAL.most)

    assert type_in(Client(), producer.username).status_code == 429
    assert type_in(own, producer.username).url == reverse("desk")


def patterns(account):
    """A thousand tries each: one account guessed, many accounts sprayed, stolen pairs from many addresses."""
    yield [(account, f"sai-{n}", ELSEWHERE) for n in range(1000)]
    yield [(f"ten{n}", "mat-khau-hay-dung", ELSEWHERE) for n in range(1000)]
    yield [(f"ten{n}", f"sai-{n}", f"198.51.{n // 250}.{n % 250}") for n in range(1000)]


@pytest.mark.drill
def test_t66_a_thousand_tries_in_three_patterns_and_others_keep_signing_in(producer, officer, monkeypatch):
    own = signed_in(producer)
    own.post("/dang-xuat/")
    hashed, looked = [], signing_in.is_theirs
    monkeypatch.setattr(signing_in, "is_theirs", lambda *facts: hashed.append(1) or looked(*facts))
    took = []
    for tries in patterns(officer.username):
        for number, (username, password, address) in enumerate(tries):
            type_in(Client(REMOTE_ADDR=address), username, password)
            if number % 50 == 0:
                begun = time.perf_counter()
                assert type_in(own, producer.username).status_code == 302
                took.append(time.perf_counter() - begun)
                own.post("/dang-xuat/")

    assert len(hashed) - len(took) <= limits.ACCOUNT.most + limits.ADDRESS.most + limits.TOTAL.most * 3
    assert sorted(took)[int(len(took) * 0.95)] < 1.0


def test_what_was_right_is_not_counted(producer):
    for _ in range(15):
        client = signed_in(producer)
        client.cookies.pop(devices.COOKIE)

    assert set(Tries.objects.values_list("count", flat=True)) == {0}


def test_a_new_window_begins_when_the_old_one_is_over(producer):
    key = limits.ACCOUNT.key("a")
    for _ in range(11):
        Tries.objects.add(key, 900)
    Tries.objects.update(since="2020-01-01T00:00Z")

    assert Tries.objects.add(key, 900)[0] == 1


def test_counts_hold_no_name_and_no_address(client, producer):
    wrong(client, producer.username, 2, REMOTE_ADDR=ELSEWHERE)

    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert producer.username not in kept
    assert ELSEWHERE not in kept


def test_the_address_is_taken_from_our_own_proxy_only(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR=ELSEWHERE, REMOTE_ADDR="10.0.0.1")
    assert limits.address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert limits.address_of(request) == ELSEWHERE
    assert limits.address_of(rf.get("/", REMOTE_ADDR="")) == "0.0.0.0"
    assert limits.network_of("2001:db8::1") == limits.network_of("2001:db8::2")


# ---------------------------------------------------------------- T67


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "sai"},
        {"username": "khong-co"},
        {"username": "", "password": ""},
        {"username": "x" * 300},
    ],
)
def test_a_wrong_name_or_password_keeps_the_name(client, producer, typed):
    response = client.post(LOGIN, {"username": producer.username, "password": PASSWORD} | typed)

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_t67_unknown_wrong_switched_off_and_without_password_read_alike(producer):
    off = User.objects.create_user("tat", PASSWORD, full_name="Đã tắt", is_active=False)
    without = User.objects.create_user("chua.co", full_name="Chưa có mật khẩu")
    tries = [("khong.co", PASSWORD), (producer.username, "sai-mat-khau"), (off.username, PASSWORD)]
    answers = [type_in(Client(), *typed) for typed in [*tries, (without.username, "!")]]

    pages = [text_of(answer) for answer in answers]
    assert all(SENTENCE in page for page in pages)
    assert len({re.sub(r"tat|khong\.co|0912345678|chua\.co", "", page) for page in pages}) == 1
    assert {answer.status_code for answer in answers} == {200}


def test_t67_a_locked_unknown_name_reads_like_a_locked_account(producer):
    known, unknown = wrong(Client(), producer.username, 11)[-1], wrong(Client(), "khong.co", 11)[-1]

    assert known.status_code == unknown.status_code == 429
    assert text_of(known) == text_of(unknown)


def median_seconds(samples, act):
    """The middle of so many measured times."""
    taken = []
    for _ in range(samples):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[samples // 2]


def timing_difference(samples, known, unknown):
    """By how much the two medians differ, measured in turns so that the machine's load touches both."""
    pairs = [(median_seconds(1, known), median_seconds(1, unknown)) for _ in range(samples)]
    one, other = (sorted(column)[samples // 2] for column in zip(*pairs, strict=True))
    return abs(one - other) / max(one, other)


def quietest(measure, rounds=4):
    """The smallest of some measurements: the machine's load only adds, a real difference shows in every one."""
    return min(measure() for _ in range(rounds))


@pytest.fixture
def real_hashing(settings, producer, monkeypatch):
    """Passwords hashed as in life, without limits in the way."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    producer.set_password(PASSWORD)
    producer.save()
    monkeypatch.setattr(limits, "count", lambda tries, **more: [])
    return producer


def sign_in_gap(samples, person):
    """Wrong password of a known account against an unknown one."""
    client = Client()
    return timing_difference(
        samples,
        lambda: type_in(client, person.username, "sai-mat-khau"),
        lambda: type_in(client, "khong.co.ai", "sai-mat-khau"),
    )


def test_t67_a_known_and_an_unknown_name_take_the_same_time(real_hashing):
    assert quietest(lambda: sign_in_gap(9, real_hashing)) < 0.15


@pytest.mark.drill
def test_t67_a_known_and_an_unknown_name_take_the_same_time_over_200_samples(real_hashing):
    assert sign_in_gap(200, real_hashing) < 0.15


def test_t67_control_without_the_dummy_hash_the_time_tells(real_hashing, monkeypatch):
    monkeypatch.setattr(signing_in, "make_password", lambda password: None)

    assert quietest(lambda: sign_in_gap(5, real_hashing), rounds=2) > 0.15
