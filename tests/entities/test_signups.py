"""Producers sign themselves up: neutral answers, limits, the commune's yes and no."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Notice, Role, User
from entities.actions import signups as actions
from entities.models import Entity, SignUp
from tests.factories.entities import EntityFactory, SignUpFactory

pytestmark = pytest.mark.django_db
CODE = "0100109106"
URL = "/chu-the/tu-dang-ky/"


def typed(area, **more):
    facts = {"name": "Hộ Trà Mới", "kind": "household", "area": area.pk, "representative": "Người Mới"}
    return facts | {"phone": "0912 345 678", "password": "mot cau de nho cua toi 71"} | more


def test_a_stranger_signs_up_and_the_commune_is_told(client, people, commune):
    response = client.post(URL, typed(commune))
    signup = SignUp.objects.get()

    assert response.url == reverse("entities:signup", args=[signup.code])
    assert not Entity.objects.filter(name="Hộ Trà Mới").exists()
    assert not signup.user.has_role(Role.PRODUCER)
    assert Notice.objects.filter(person=people["commune_officer"], kind="producer_signup").exists()
    assert SignUp.objects.waiting_for(people["commune_officer"]).get() == signup
    assert not SignUp.objects.waiting_for(people["district_officer"]).exists()


def test_where_nobody_holds_the_communes_office_the_one_above_is_told(client, people, commune):
    people["commune_officer"].assignments.all().delete()
    client.post(URL, typed(commune))
    assert Notice.objects.filter(person=people["district_officer"], kind="producer_signup").exists()


def answer(client, area, **more):
    """What a stranger sees: status, where it leads without the code, and how many rows there are."""
    client.logout()
    response = client.post(URL, typed(area, **more))
    return response.status_code, response.url.rsplit("/", 2)[0], response.get("Set-Cookie") is None


@pytest.mark.parametrize("known", ["tax_code", "phone", "name"])
def test_t57_a_known_value_of_another_district_answers_as_an_unknown_one(
    client, commune, other_commune, known
):
    """T57: existence oracle by a unique field."""
    value = {"tax_code": CODE, "phone": "0912 345 678", "name": "Hộ Trà Mới"}[known]
    fresh = answer(client, commune, **{known: value})
    EntityFactory(area=other_commune, **{known: value})
    assert answer(client, commune, **{known: value}) == fresh
    assert SignUp.objects.count() == 2


def test_control_t57_a_stranger_who_wrote_the_record_itself_would_learn_it(commune, other_commune):
    EntityFactory(area=other_commune, tax_code=CODE)
    with pytest.raises(ValidationError):
        Entity(name="A", code="a", kind="household", area=commune, tax_code=CODE).validate_constraints()


def test_t57_the_portal_gives_the_user_name(client, commune):
    client.post(URL, typed(commune, username="chuthe"))
    assert SignUp.objects.get().user.username.startswith("ct")


def test_the_commune_sees_a_possible_duplicate_of_its_own_area_only(client, people, commune, other_commune):
    here = EntityFactory(area=commune, name="Hộ trà mới", phone="0912 345 678")
    there = EntityFactory(area=other_commune, name="Hộ Trà Mới", phone="0912 345 678")
    signup = SignUpFactory(area=commune, name="Hộ Trà Mới", phone="0912 345 678")
    client.force_login(people["commune_officer"])
    text = client.get(signup.get_absolute_url()).content.decode()
    assert reverse("entities:producer", args=[here.code]) in text
    assert reverse("entities:producer", args=[there.code]) not in text


def test_sign_ups_are_limited_by_address(client, commune):
    for _ in range(5):
        client.post(URL, typed(commune))
        client.logout()
    refused = client.post(URL, typed(commune))
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert SignUp.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tax_code": "0100109107"}, "chữ số kiểm tra"),
        ({"tax_code": "035123456789"}, "định danh cá nhân"),
        ({"password": "123456"}, "12 ký tự"),
        ({"phone": "abc"}, "Số điện thoại"),
        ({"kind": "unknown"}, "kind"),
    ],
)
def test_wrong_input_is_refused_in_words_and_keeps_what_was_typed(client, commune, wrong, said):
    text = client.post(URL, typed(commune, **wrong)).content.decode()
    assert said in text
    assert "Hộ Trà Mới" in text
    assert not SignUp.objects.exists()
    assert not User.objects.filter(username__startswith="ct").exists()


def test_the_commune_confirms_and_the_person_owns_the_producer(people, commune):
    signup = SignUpFactory(area=commune, tax_code=CODE)
    entity = actions.confirm(signup, by=people["commune_officer"])

    assert (entity.status, entity.area, entity.tax_code_checked) == ("candidate", commune, True)
    assert entity.memberships.get(user=signup.user).is_owner
    assert User.objects.get(pk=signup.user.pk).has_role(Role.PRODUCER)
    assert Notice.objects.filter(person=signup.user, kind="producer_judged").exists()
    with pytest.raises(ValidationError, match="vừa được xử lý"):
        actions.confirm(signup, by=people["commune_officer"])
    assert Entity.objects.filter(name=signup.name).count() == 1


def test_a_refusal_says_why(people, commune):
    signup = SignUpFactory(area=commune)
    actions.refuse(signup, by=people["commune_officer"], reason="Chưa có đăng ký kinh doanh.")
    assert "Chưa có đăng ký" in Notice.objects.get(person=signup.user, kind="producer_judged").text
    assert not Entity.objects.filter(name=signup.name).exists()


def test_a_tax_code_that_is_taken_is_not_confirmed_and_nothing_is_half_made(people, commune, other_commune):
    EntityFactory(area=other_commune, tax_code=CODE, name="Tên Không Được Lộ")
    signup = SignUpFactory(area=commune, tax_code=CODE)
    with pytest.raises(ValidationError) as refused:
        actions.confirm(signup, by=people["commune_officer"])
    assert "Tên Không Được Lộ" not in str(refused.value)
    assert not signup.user.assignments.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("commune_officer", True), ("district_officer", True), ("province_officer", True), ("manager", False),
        ("department_officer", False), ("other_district_officer", False), ("producer", False),
    ],
)  # fmt: skip
def test_who_confirms(client, people, commune, who, may):
    signup = SignUpFactory(area=commune)
    if may:
        assert actions.confirm(signup, by=people[who])
    else:
        with pytest.raises(PermissionDenied):
            actions.confirm(signup, by=people[who])
    client.force_login(people[who])
    assert client.get(signup.get_absolute_url()).status_code == (200 if may else 404)
