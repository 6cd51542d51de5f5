"""Giving roles and taking them back, closing accounts: who may, what is refused, what the trail keeps."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import people as actions
from accounts.models import Assignment, Departure, Role, User
from foundation.areas.models import Area, AreaKind
from foundation.trail.models import Entry
from tests.factories.accounts import AssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 15)
LATER = dt.date(2024, 12, 31)


def give(by, area, role=Role.COMMUNE_OFFICER, person=None, **facts):
    return actions.assign(person or UserFactory(), by=by, role=role, area=area, **({"start": DAY} | facts))


@pytest.mark.parametrize(
    ("giver", "role", "allowed"),
    [
        ("administrator", Role.COMMUNE_OFFICER, True),
        ("province_officer", Role.COMMUNE_OFFICER, True),
        ("district_officer", Role.COMMUNE_OFFICER, True),
        ("other_district_officer", Role.COMMUNE_OFFICER, False),
        ("commune_officer", Role.COMMUNE_OFFICER, False),
        ("manager", Role.COMMUNE_OFFICER, False),
        ("department_officer", Role.COMMUNE_OFFICER, False),
        ("producer", Role.COMMUNE_OFFICER, False),
        ("judge", Role.COMMUNE_OFFICER, False),
        ("nobody", Role.COMMUNE_OFFICER, False),
        ("district_officer", Role.DISTRICT_OFFICER, False),
        ("district_officer", Role.PROVINCE_OFFICER, False),
        ("district_officer", Role.MANAGER, False),
        ("district_officer", Role.ADMINISTRATOR, False),
        ("province_officer", Role.ADMINISTRATOR, False),
        ("province_officer", Role.PROVINCE_OFFICER, False),
        ("commune_officer", Role.PRODUCER, True),
        ("producer", Role.PRODUCER, False),
    ],
)
def test_who_may_give_which_role(people, commune, giver, role, allowed):
    area = {Role.COMMUNE_OFFICER: commune, Role.DISTRICT_OFFICER: commune.parent}.get(role)
    if role in {Role.PROVINCE_OFFICER, Role.MANAGER}:
        area = commune.parent.parent

    if allowed:
        assert give(people[giver], area, role).role == role
    else:
        with pytest.raises(PermissionDenied):
            give(people[giver], area, role)


def test_nobody_gives_a_role_to_themselves(people, commune):
    with pytest.raises(PermissionDenied, match="tự giao"):
        give(people["administrator"], commune, person=people["administrator"])


def test_giving_leaves_one_entry_with_the_role_and_its_basis(people, commune):
    charge = give(people["administrator"], commune, basis="Quyết định 12/QĐ-UBND")

    entry = Entry.objects.about(charge.user).get()
    assert (entry.act, entry.by) == ("Giao vai trò", people["administrator"])
    assert "Cán bộ xã – Xã Chuyên Ngoại, từ 15/10/2024" in entry.note
    assert "Quyết định 12/QĐ-UBND" in entry.note


def test_an_end_before_the_start_is_refused(people, commune):
    with pytest.raises(ValidationError, match="sau ngày bắt đầu"):
        give(people["administrator"], commune, until=DAY - dt.timedelta(days=1))
    assert not Assignment.objects.filter(start=DAY).exists()


def test_a_unit_of_another_period_is_refused(people):
    """13366 is xã Tiên Tân in 2024; the unit of that code from 2025 on does not exist yet."""
    later = Area.objects.communes().get(code="13366", valid_from="2025-01-01")

    with pytest.raises(ValidationError, match="không còn hoặc chưa có"):
        give(people["administrator"], later)


def test_the_unit_of_the_day_is_taken(people):
    """The control of the test above."""
    assert (
        give(people["administrator"], Area.objects.communes().on(DAY).get(code="13366")).area.name
        == "Tiên Tân"
    )


def test_a_unit_of_the_wrong_level_is_refused(people, commune):
    with pytest.raises(ValidationError, match="không thuộc cấp"):
        give(people["administrator"], commune.parent)


def test_the_same_role_twice_at_a_time_is_refused(people, commune):
    charge = give(people["administrator"], commune)

    with pytest.raises(ValidationError, match="đã giữ vai trò"):
        give(people["administrator"], commune, person=charge.user, start=LATER)


def test_a_role_may_follow_one_that_has_ended(people, commune):
    charge = give(people["administrator"], commune, until=LATER)

    again = give(people["administrator"], commune, person=charge.user, start=LATER + dt.timedelta(days=1))

    assert again.pk != charge.pk


def test_taking_back_at_once_counts_today(people, commune):
    charge = give(people["administrator"], commune)

    actions.take_back(charge, by=people["district_officer"], reason="Chuyển công tác")

    assert not Assignment.objects.on(DAY).filter(pk=charge.pk).exists()
    assert "thu hồi 15/10/2024" in Assignment.objects.get(pk=charge.pk).period
    assert Entry.objects.about(charge.user).last().act == "Thu hồi vai trò"


def test_taking_back_with_a_last_day_counts_until_then(people, commune):
    charge = give(people["administrator"], commune)

    actions.take_back(charge, by=people["administrator"], last_day=LATER, reason="Nghỉ hưu")

    on = [Assignment.objects.on(day).filter(pk=charge.pk).exists() for day in (DAY, LATER)]
    assert on == [True, True]
    assert not Assignment.objects.on(LATER + dt.timedelta(days=1)).filter(pk=charge.pk).exists()


def test_a_last_day_in_the_past_is_refused(people, commune):
    charge = give(people["administrator"], commune)

    with pytest.raises(ValidationError, match="trước hôm nay"):
        actions.take_back(charge, by=people["administrator"], last_day=DAY - dt.timedelta(days=1), reason="x")


def test_an_ended_role_cannot_be_taken_back_again(people, commune):
    charge = give(people["administrator"], commune)
    actions.take_back(charge, by=people["administrator"], reason="x")

    with pytest.raises(ValidationError, match="đã kết thúc"):
        actions.take_back(charge, by=people["administrator"], reason="x")


def test_an_administrator_keeps_their_own_key(people):
    own = people["administrator"].assignments.get()

    with pytest.raises(PermissionDenied):
        actions.take_back(own, by=people["administrator"], reason="x")


def test_closing_ends_roles_and_the_account(people, commune):
    person = give(people["administrator"], commune).user

    actions.close_account(person, by=people["administrator"], reason="Nghỉ việc")

    person = User.objects.get(pk=person.pk)
    assert (person.is_active, person.departure.left_on, person.charges) == (False, DAY, [])
    assert [entry.act for entry in Entry.objects.about(person)][-2:] == ["Thu hồi vai trò", "Khóa tài khoản"]


def test_a_closed_account_takes_no_role_until_it_is_opened(people, commune):
    person = UserFactory()
    actions.close_account(person, by=people["administrator"], reason="x")
    with pytest.raises(ValidationError, match="đã khóa"):
        give(people["administrator"], commune, person=person)

    actions.open_account(person, by=people["administrator"], reason="Trở lại làm việc")

    assert give(people["administrator"], commune, person=User.objects.get(pk=person.pk)).area == commune


@pytest.mark.parametrize("name", ["province_officer", "district_officer", "manager", "producer"])
def test_only_administrators_close_accounts(people, name):
    with pytest.raises(PermissionDenied):
        actions.close_account(UserFactory(), by=people[name], reason="x")


def test_nobody_closes_their_own_account_here(people):
    with pytest.raises(PermissionDenied):
        actions.close_account(people["administrator"], by=people["administrator"], reason="x")


def test_closing_a_closed_account_and_opening_an_open_one_are_refused(people):
    person = UserFactory()
    with pytest.raises(ValidationError, match="đang dùng được"):
        actions.open_account(person, by=people["administrator"], reason="x")
    actions.close_account(person, by=people["administrator"], reason="x")

    with pytest.raises(ValidationError, match="đã khóa rồi"):
        actions.close_account(person, by=people["administrator"], reason="x")


def test_two_people_of_the_same_unit_are_colleagues(people, commune):
    mine, other = people["commune_officer"], AssignmentFactory(role=Role.MANAGER, area=commune).user

    assert set(User.objects.colleagues_of(mine)) == {other}


def test_every_level_of_role_fits_its_unit(commune):
    district, province = commune.parent, commune.parent.parent
    kinds = {unit.kind: unit for unit in (commune, district, province)}

    assert actions.permissions.fits(Role.PRODUCER, None)
    assert not actions.permissions.fits(Role.PRODUCER, commune)
    assert not actions.permissions.fits(Role.MANAGER, None)
    assert [actions.permissions.fits(Role.COUNCIL_MEMBER, kinds[kind]) for kind in AreaKind] == [
        True,
        True,
        False,
    ]


def test_an_account_without_a_name_is_not_opened_again(people):
    person = UserFactory()
    actions.close_account(person, by=people["administrator"], reason="x")
    Departure.objects.filter(person=person).update(anonymised_at=timezone.now())

    with pytest.raises(ValidationError, match="đã ẩn danh"):
        actions.open_account(person, by=people["administrator"], reason="x")
