"""The second factor: obligatory for whoever judges or decides, codes taken once, a way back when all is lost (T69)."""

import datetime as dt
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import factors, limits
from accounts.actions import factors as deeds
from accounts.backends import has_second_factor
from accounts.middleware import second_factor
from accounts.models import FactorReset, ResetStatus, Role
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from tests.accounts.conftest import (
    CODE_PAGE,
    PASSWORD,
    code_at,
    is_in,
    person_with_password,
    signed_in,
    text_of,
    type_in,
)
from tests.factories.accounts import SECRET, AssignmentFactory, FactorResetFactory, UserFactory, with_app

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 5, 0, 5, tzinfo=dt.UTC)
INDEX = "/tai-khoan/xac-nhan/"


@pytest.fixture
def noon():
    """The clock stands at the beginning of a step of 30 seconds."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.mark.usefixtures("noon")
def test_the_password_alone_lets_no_officer_in(client, officer):
    assert type_in(client, officer.username).url == CODE_PAGE
    assert not is_in(client)
    assert client.post(CODE_PAGE, {"code": code_at(time.time())}).url == reverse("desk")
    assert is_in(client)


def test_the_code_page_without_a_password_before_it_leads_to_the_first_step(client):
    assert client.get(CODE_PAGE).url == "/dang-nhap/"


@pytest.mark.usefixtures("noon")
def test_t69_a_code_is_taken_once(officer):
    signed_in(officer, time.time())
    type_in(again := Client(), officer.username)
    response = again.post(CODE_PAGE, {"code": code_at(time.time())})

    assert "đã dùng rồi" in text_of(response)
    assert not is_in(again)


@pytest.mark.usefixtures("noon")
def test_t69_an_older_code_is_refused_after_a_newer_one(officer):
    signed_in(officer, time.time())
    type_in(again := Client(), officer.username)
    again.post(CODE_PAGE, {"code": code_at(time.time() - 30)})

    assert not is_in(again)


def test_t69_a_used_code_stays_used_for_as_long_as_it_would_fit(officer, noon):
    signed_in(officer, time.time())
    noon.shift(35)
    type_in(again := Client(), officer.username)
    again.post(CODE_PAGE, {"code": code_at(NOON.timestamp())})

    assert not is_in(again)
    assert is_in(signed_in(officer, time.time()))


@pytest.mark.usefixtures("noon")
def test_t69_control_without_the_note_of_the_step_the_code_would_serve_twice(officer):
    signed_in(officer, time.time())
    Authenticator.objects.filter(user=officer).update(data={"secret": factors.encrypt(SECRET)})

    assert is_in(signed_in(officer, time.time()))


@pytest.mark.parametrize("seconds", [-31, -65, 65, 3600])
def test_t69_a_code_of_another_time_is_refused(officer, noon, seconds):
    type_in(client := Client(), officer.username)
    client.post(CODE_PAGE, {"code": code_at(time.time() + seconds)})

    assert is_in(client) is (seconds == -31)  # one step of tolerance


@pytest.mark.usefixtures("noon")
def test_t69_guessing_is_limited_and_in_the_trail(officer):
    type_in(client := Client(), officer.username)
    answers = [client.post(CODE_PAGE, {"code": f"{number:06}"}) for number in range(20)]

    assert "Hãy thử lại sau 5 phút" in text_of(answers[5])
    client.post(CODE_PAGE, {"code": code_at(time.time())})
    assert not is_in(client)
    acts = [entry.act for entry in Entry.objects.about(officer)]
    assert acts.count("Từ chối mã xác nhận") == 1


@pytest.mark.usefixtures("noon")
def test_t69_control_without_the_count_guessing_would_go_on(officer, monkeypatch):
    monkeypatch.setattr(limits, "count", lambda tries, **more: [])
    type_in(client := Client(), officer.username)
    for number in range(20):
        client.post(CODE_PAGE, {"code": f"{number:06}"})
    client.post(CODE_PAGE, {"code": code_at(time.time())})

    assert is_in(client)


# ---------------------------------------------------------------- setting it up


@pytest.fixture
def new_officer(commune):
    """An officer who has no second factor yet."""
    user = person_with_password("moi")
    AssignmentFactory(user=user, role=Role.COMMUNE_OFFICER, area=commune, factor=False)
    return user


def activate(client):
    """Scan and type the first code; the secret that was shown."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_at(time.time(), secret)})
    return secret, page


@pytest.mark.django_db(transaction=True)
def test_an_officer_without_a_factor_meets_nothing_but_its_setting_up(new_officer):
    client = signed_in(new_officer)

    assert client.get("/ban-lam-viec/").url == INDEX
    assert client.post("/viec-nen/").url == INDEX
    assert "Cần đặt xác nhận hai lớp" in text_of(client.get(INDEX))
    assert client.get("/").status_code == 200
    activate(client)
    assert is_in(client)
    acts = [entry.act for entry in Entry.objects.about(new_officer)]
    assert acts == ["Đăng nhập", "Thêm ứng dụng tạo mã", "Thêm mã dự phòng"]
    assert {entry.by for entry in Entry.objects.about(new_officer)} == {new_officer}


def test_control_without_the_middleware_the_password_alone_would_open_the_desk(new_officer, monkeypatch):
    monkeypatch.setattr(second_factor, "must_set_up", lambda user: False)

    assert is_in(signed_in(new_officer))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCER])
def test_every_role_but_the_producers_needs_a_factor(commune, role):
    user = person_with_password("nguoi.moi")
    area = None if role == Role.ADMINISTRATOR else commune
    AssignmentFactory(user=user, role=role, area=area, factor=False)

    assert signed_in(user).get("/ban-lam-viec/").url == INDEX


def test_a_producer_may_do_without_and_may_have_one(producer):
    assert is_in(signed_in(producer))
    with_app(producer)
    type_in(client := Client(), producer.username)
    assert not is_in(client)


def test_recovery_codes_alone_are_no_second_factor(new_officer):
    Authenticator.objects.create(user=new_officer, type="recovery_codes", data={"seed": factors.encrypt("a")})

    assert not has_second_factor(new_officer)


@pytest.mark.django_db(transaction=True)
def test_secrets_lie_encrypted_in_the_database(new_officer, settings):
    client = signed_in(new_officer)
    secret, page = activate(client)
    kept = Authenticator.objects.get(user=new_officer, type="totp")

    assert secret not in str(kept.data)
    assert factors.decrypted(kept) == secret
    settings.FACTOR_KEYS = [
        "mot-khoa-moi-that-dai-0123456789",
        settings.SECRET_KEY,
    ]
    assert factors.decrypted(kept) == secret
    assert reverse("mfa_square") in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_are_shown_once_and_each_serves_once(new_officer):
    client = signed_in(new_officer)
    activate(client)
    address = reverse("mfa_view_recovery_codes")
    codes = client.get(address).context["unused_codes"]

    assert len(set(codes)) == 10
    assert codes[0] not in client.get(address).content.decode()
    type_in(other := Client(), new_officer.username)
    other.post(CODE_PAGE, {"code": codes[0]})
    assert is_in(other)
    type_in(third := Client(), new_officer.username)
    third.post(CODE_PAGE, {"code": codes[0]})
    assert not is_in(third)


@pytest.mark.django_db(transaction=True)
def test_what_is_sensitive_asks_again_once_the_sign_in_is_old(new_officer):
    with time_machine.travel(NOON) as clock:
        client = signed_in(new_officer)
        activate(client)
        clock.shift(700)
        asked = client.get(reverse("mfa_deactivate_totp"))
        assert asked.url.startswith(reverse("account_reauthenticate"))
        wrong = client.post(asked.url, {"password": "sai"})
        assert "Mật khẩu chưa đúng" in text_of(wrong)
        assert client.post(asked.url, {"password": PASSWORD}).url == reverse("mfa_deactivate_totp")
        client.post(reverse("mfa_deactivate_totp"))
    acts = [entry.act for entry in Entry.objects.about(new_officer)]
    assert "Bỏ ứng dụng tạo mã" in acts


@pytest.mark.usefixtures("noon")
def test_a_code_confirms_as_well_as_a_password(officer, noon):
    client = signed_in(officer, time.time())
    noon.shift(60)
    answer = client.post(f"{reverse('mfa_reauthenticate')}?next={INDEX}", {"code": code_at(time.time())})

    assert answer.url == INDEX


# ---------------------------------------------------------------- the demonstration


def test_a_demonstration_shows_the_codes_of_invented_people_only(client, officer, settings):
    invented = person_with_password("trinh.dien", is_demo=True, title="Cán bộ", demo_order=1)
    with_app(invented)
    with time_machine.travel(NOON, tick=False):
        code = code_at(time.time())
        type_in(client, invented.username)
        assert code in client.get(CODE_PAGE).content.decode()
        assert code in Client().get("/dang-nhap/").content.decode()
        assert code in Client().get(reverse("accounts:demo_codes")).content.decode()
        type_in(other := Client(), officer.username)
        assert code not in other.get(CODE_PAGE).content.decode()
        settings.DEMO = False
        assert code not in client.get(CODE_PAGE).content.decode()
        assert code not in Client().get("/dang-nhap/").content.decode()
        assert Client().get(reverse("accounts:demo_codes")).status_code == 404


@pytest.mark.usefixtures("noon")
def test_a_demonstration_shows_the_next_code_when_this_one_was_used(officer):
    officer.is_demo = True
    signed_in(officer, time.time())

    assert factors.demo_codes([officer])[officer.pk] == {"code": code_at(time.time() + 30), "seconds": 55}


# ---------------------------------------------------------------- T69: every device lost


@pytest.fixture
def second_administrator():
    """Another one."""
    return AssignmentFactory(role=Role.ADMINISTRATOR, area=None).user


def test_t69_two_officers_take_a_lost_factor_away(officer, administrator, second_administrator):
    lost = signed_in(officer, time.time())
    reset = deeds.ask_reset(officer, by=administrator, reason="Gặp trực tiếp tại trụ sở.")
    assert has_second_factor(officer)
    deeds.confirm_reset(reset, by=second_administrator)

    assert not has_second_factor(officer)
    assert not is_in(lost)
    assert signed_in(officer).get("/ban-lam-viec/").url == INDEX
    entries = [(entry.act, entry.by) for entry in Entry.objects.about(officer)]
    assert ("Đề nghị gỡ phương thức xác nhận", administrator) in entries
    assert ("Gỡ phương thức xác nhận theo đề nghị", second_administrator) in entries
    assert Job.objects.filter(arguments__name="factor_reset").count() == 1


@pytest.mark.parametrize("who", ["administrator", "officer", "producer", "district"])
def test_t69_one_alone_cannot_and_neither_can_the_person(officer, administrator, producer, people, who):
    reset = FactorResetFactory(person=officer, asked_by=administrator)
    by = {"administrator": administrator, "officer": officer, "producer": producer}.get(who) or people[
        "district_officer"
    ]

    with pytest.raises(PermissionDenied):
        deeds.confirm_reset(reset, by=by)
    assert has_second_factor(officer)


@pytest.mark.parametrize("who", ["province_officer", "manager"])
def test_t69_only_administrators_ask(officer, people, who):
    with pytest.raises(PermissionDenied):
        deeds.ask_reset(officer, by=people[who], reason="x")


def test_t69_nobody_asks_for_themselves(administrator):
    with pytest.raises(PermissionDenied):
        deeds.ask_reset(administrator, by=administrator, reason="x")


def test_t69_control_the_database_refuses_a_single_officer_as_well(officer, administrator):
    for facts in ({"decided_by": administrator, "status": "done"}, {"decided_by": None, "status": "done"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorResetFactory(person=officer, asked_by=administrator, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorResetFactory(person=officer, asked_by=officer)


def test_t69_a_request_dies_after_a_day_and_can_be_made_anew(officer, administrator, second_administrator):
    reset = deeds.ask_reset(officer, by=administrator, reason="x")
    with pytest.raises(ValidationError, match="đang chờ"):
        deeds.ask_reset(officer, by=administrator, reason="x")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)):
        with pytest.raises(ValidationError, match="hết hạn"):
            deeds.confirm_reset(reset, by=second_administrator)
        deeds.ask_reset(officer, by=administrator, reason="x")
    assert has_second_factor(officer)


def test_t69_the_second_officer_may_decline(officer, administrator, second_administrator):
    reset = deeds.ask_reset(officer, by=administrator, reason="x")
    deeds.decline_reset(reset, by=second_administrator)

    assert FactorReset.objects.get().status == ResetStatus.DECLINED
    with pytest.raises(ValidationError):
        deeds.confirm_reset(reset, by=second_administrator)


def test_the_page_of_requests_serves_those_two_kinds_of_officers(officer, administrator, people):
    asking, province = signed_in(administrator, time.time()), Client()
    province.force_login(people["province_officer"])
    address = reverse("accounts:factor_resets")
    missing = asking.post(address, {"username": "khong.co", "reason": "Gọi lại số cơ quan."})
    asked = asking.post(address, {"username": officer.username, "reason": "Gọi lại số cơ quan."})
    reset = FactorReset.objects.get()

    assert "Không có tài khoản" in text_of(missing)
    assert asked.url == address
    assert "Xác nhận gỡ" not in asking.get(address).content.decode()
    assert "Xác nhận gỡ" in province.get(address).content.decode()
    assert asking.post(reverse("accounts:factor_reset_confirm", args=[reset.pk])).status_code == 403
    assert province.post(reverse("accounts:factor_reset_confirm", args=[reset.pk])).url == address
    assert not has_second_factor(officer)
    stranger = Client()
    stranger.force_login(people["district_officer"])
    assert stranger.get(address).status_code == 404
    assert stranger.post(reverse("accounts:factor_reset_decline", args=[reset.pk])).status_code == 404


def test_unknown_people_have_no_factor():
    assert not has_second_factor(UserFactory())


@pytest.mark.usefixtures("noon")
def test_a_lost_key_means_that_no_code_fits_and_no_page_breaks(officer, settings):
    Authenticator.objects.create(
        user=officer, type="recovery_codes", data={"seed": factors.encrypt("a"), "used_mask": 0}
    )
    inside = signed_in(officer, time.time())
    settings.FACTOR_KEYS = ["mot-khoa-hoan-toan-khac-0123456789"]
    type_in(client := Client(), officer.username)
    response = client.post(CODE_PAGE, {"code": code_at(time.time() + 30)})

    assert "Mã chưa đúng" in text_of(response)
    assert inside.get(INDEX).status_code == 200
