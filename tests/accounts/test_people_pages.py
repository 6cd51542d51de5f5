"""The pages of people: who is seen by whom, and at which cost."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Role, User
from tests.factories.accounts import AssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def listed(client, user, **query):
    """User names on the list, or the status when there is no list."""
    client.force_login(user)
    answer = client.get(reverse("accounts:people"), query)
    return (
        {person.username for person in answer.context["page"]}
        if answer.status_code == 200
        else answer.status_code
    )


def names(people, *keys):
    return {people[key].username for key in keys}


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("district_officer", ("district_officer", "commune_officer", "judge")),
        ("commune_officer", ("commune_officer",)),
        ("other_district_officer", ("other_district_officer",)),
    ],
)
def test_officers_see_the_people_of_their_area(client, people, reader, seen):
    assert listed(client, people[reader]) == names(people, *seen)


def test_administrators_see_everybody(client, people):
    assert listed(client, people["administrator"]) == {user.username for user in User.objects.all()}


@pytest.mark.parametrize("name", ["producer", "judge", "nobody"])
def test_others_find_no_list(client, people, name):
    assert listed(client, people[name]) == 404


def test_a_person_out_of_sight_is_404(client, people):
    client.force_login(people["district_officer"])

    for hidden in ("other_district_officer", "producer", "administrator"):
        assert client.get(people[hidden].get_absolute_url()).status_code == 404


def test_everybody_in_sight_has_a_page(client, people):
    client.force_login(people["administrator"])

    assert {client.get(user.get_absolute_url()).status_code for user in people.values()} == {200}


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"vai_tro": "judge"}, None),
        ({"vai_tro": "manager"}, ("manager",)),
        ({"tinh_trang": "chua-giao"}, ("nobody",)),
        ({"tinh_trang": "da-khoa"}, ()),
    ],
)
def test_filters(client, people, query, seen):
    expected = names(people, *seen) if seen is not None else {user.username for user in User.objects.all()}

    assert listed(client, people["administrator"], **query) == expected


def test_search_finds_by_every_word(client, people):
    UserFactory(full_name="Nguyễn Thị Tìm Thấy", username="tim.thay")

    assert listed(client, people["administrator"], q="tìm nguyễn") == {"tim.thay"}


def test_the_export_holds_exactly_the_list(client, people):
    client.force_login(people["district_officer"])
    answer = client.get(reverse("accounts:people"), {"tep": "xlsx"})
    content = b"".join(answer.streaming_content)

    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    found = {row[1] for row in cells} & {user.username for user in User.objects.all()}
    assert found == names(people, "district_officer", "commune_officer", "judge")


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_asks_a_fixed_number_of_queries(
    client, people, commune, count, django_assert_max_num_queries
):
    for _ in range(count):
        AssignmentFactory(role=Role.COMMUNE_OFFICER, area=commune)
    client.force_login(people["administrator"])

    with django_assert_max_num_queries(8):
        client.get(reverse("accounts:people"))


def test_giving_and_taking_back_by_the_pages(client, people, commune):
    client.force_login(people["administrator"])
    person = people["nobody"]
    given = {"role": "commune_officer", "area": commune.pk, "start": "15/10/2024", "basis": "QĐ 1"}

    assert client.post(reverse("accounts:charge_new", args=[person.username]), given).status_code == 302
    charge = person.assignments.get()
    url = reverse("accounts:charge_end", args=[person.username, charge.pk])
    assert "Thu hồi vai trò" in client.get(url).content.decode()
    assert client.post(url, {"reason": "Nhầm người"}).status_code == 302
    assert person.assignments.get().revoked_on is not None


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"role": "commune_officer", "start": "15/10/2024"}, "cấp xã"),
        ({"role": "", "start": "15/10/2024"}, "Hãy chọn"),
        ({"role": "producer", "start": "31/02/2024"}, "15/10/2024"),
        ({"role": "producer", "start": "15/10/2024", "until": "01/01/2024"}, "sau ngày bắt đầu"),
        ({"role": "vua", "start": "15/10/2024"}, "Hãy chọn"),
        ({"role": "commune_officer", "area": "999999999", "start": "15/10/2024"}, "Hãy chọn"),
    ],
)
def test_bad_input_to_a_role_is_told(client, people, facts, word):
    client.force_login(people["administrator"])

    answer = client.post(reverse("accounts:charge_new", args=[people["nobody"].username]), facts)

    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert not people["nobody"].assignments.exists()


def test_a_role_of_another_person_is_404_under_this_address(client, people):
    client.force_login(people["administrator"])
    foreign = people["manager"].assignments.get().pk

    assert client.get(reverse("accounts:charge_end", args=["nguoi1", foreign])).status_code == 404


def test_an_officer_may_not_take_back_a_role_above(client, people):
    client.force_login(people["district_officer"])
    own = people["district_officer"].assignments.get()
    url = reverse("accounts:charge_end", args=[people["district_officer"].username, own.pk])

    assert client.get(url).status_code == 403


def test_closing_and_opening_by_the_page(client, people):
    client.force_login(people["administrator"])
    url = reverse("accounts:closing", args=[people["manager"].username])

    client.post(url, {"reason": "Nghỉ hưu"})
    assert not User.objects.get(pk=people["manager"].pk).is_active
    client.post(url, {"reason": "Trở lại"})
    assert User.objects.get(pk=people["manager"].pk).is_active


def test_a_closed_account_is_refused_with_its_next_request(client, people):
    """T73."""
    client.force_login(people["manager"])
    assert client.get(reverse("desk")).status_code == 200

    User.objects.filter(pk=people["manager"].pk).update(is_active=False)

    assert client.get(reverse("desk")).status_code == 302


@pytest.mark.parametrize("name", ["district_officer", "manager", "producer"])
def test_pages_of_administration_are_refused_to_others(client, people, name):
    client.force_login(people[name])
    target = people[name].username

    for page in ("accounts:handing_over", "accounts:closing", "accounts:looking"):
        assert client.get(reverse(page, args=[target])).status_code == 403


def test_a_role_in_a_unit_that_is_no_more_is_found_and_its_heir_named(client, people, commune, settings):
    """After 1/7/2025 xã Chuyên Ngoại is part of phường Duy Tiên; there are no districts any more."""
    settings.DEMO_DAY = dt.date(2025, 8, 1)

    found = listed(client, people["administrator"], tinh_trang="don-vi-cu")
    page = client.get(people["commune_officer"].get_absolute_url()).content.decode()

    assert found >= names(people, "commune_officer", "district_officer")
    assert people["administrator"].username not in found
    assert "Phường Duy Tiên, Tỉnh Ninh Bình kế thừa toàn bộ" in page
