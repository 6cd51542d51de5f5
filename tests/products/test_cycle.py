"""The yearly cycle: six steps, days per year and area, where today stands."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.trail.models import Entry
from products import cycle, permissions
from products.actions.cycle import set_calendar
from products.models import CycleStep
from products.models.cycle import calendar_of, unit_for
from tests.factories.tracking import CycleStepFactory
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)
DAYS = {"ideas": (dt.date(2024, 10, 1), dt.date(2024, 10, 31), "Nộp tại xã")}


def test_six_steps_in_the_order_of_the_programme():
    assert [step.number for step in cycle.steps().values()] == [1, 2, 3, 4, 5, 6]
    assert "919" in cycle.source()


def test_where_a_day_stands(province):
    ideas = CycleStepFactory(area=province)
    later = CycleStepFactory(
        area=province, step="plans", starts_on=dt.date(2024, 11, 5), ends_on=dt.date(2024, 12, 1)
    )

    now = cycle.outlook([later, ideas], TODAY)
    assert (now.running, now.following, now.days_left, now.days_until) == ((ideas,), later, 16, 21)
    over = cycle.outlook([ideas], dt.date(2025, 1, 1))
    assert (over.running, over.following, over.days_left, over.days_until) == ((), None, None, None)


def test_the_nearest_calendar_holds_for_each_step(commune, province):
    CycleStepFactory(area=province)
    CycleStepFactory(area=province, step="plans")
    own = CycleStepFactory(area=commune.parent, ends_on=dt.date(2024, 10, 20))

    rows = CycleStep.objects.in_force(commune, 2024)
    assert [(row.step, row.area) for row in rows] == [("ideas", own.area), ("plans", province)]
    assert CycleStep.objects.in_force(commune, 2025) == []
    assert str(own) == "Nhận đăng ký ý tưởng sản phẩm"


def test_whose_calendar_concerns_whom(people, commune, province):
    assert unit_for(people["commune_officer"]) == commune
    assert unit_for(people["producer"]) == commune
    assert unit_for(people["administrator"]) == province
    assert calendar_of(people["producer"]) is None
    CycleStepFactory(area=province)
    assert calendar_of(people["producer"])["outlook"].days_left == 16


def test_who_sets_calendars(people, commune, province):
    assert allowed(people, permissions.may_set_calendar, commune) == set()
    assert allowed(people, permissions.may_set_calendar, commune.parent) == {
        "district_officer",
        "province_officer",
    }
    assert allowed(people, permissions.may_set_calendar, province) == {"province_officer"}


def test_a_calendar_is_set_changed_and_taken_away(people, commune):
    district, by = commune.parent, people["district_officer"]
    set_calendar(district, by=by, year=2024, source="KH 01", days=DAYS)
    set_calendar(
        district, by=by, year=2024, source="KH 02", days={"plans": (TODAY, dt.date(2024, 11, 1), "")}
    )

    [row] = CycleStep.objects.all()
    assert (row.step, row.source, row.changed_by) == ("plans", "KH 02", by)
    assert "2. 01/10/2024 – 31/10/2024. Căn cứ: KH 01" in [e.note for e in Entry.objects.about(district)]


def test_nothing_wrong_is_set(people, commune):
    with pytest.raises(PermissionDenied):
        set_calendar(commune.parent, by=people["manager"], year=2024, source="x", days=DAYS)
    backwards = {"ideas": (dt.date(2024, 10, 2), dt.date(2024, 10, 1), "")}
    with pytest.raises(ValidationError, match="không được trước"):
        set_calendar(commune.parent, by=people["district_officer"], year=2024, source="x", days=backwards)
    with pytest.raises(IntegrityError), transaction.atomic():
        CycleStepFactory(area=commune, ends_on=dt.date(2024, 9, 1))
    assert not CycleStep.objects.exists()


def test_the_desk_shows_the_short_form(client, people, province):
    CycleStepFactory(area=province, is_demo=True)
    client.force_login(people["producer"])
    page = client.get(reverse("desk")).content.decode()
    assert "còn 16 ngày" in page


def test_officers_set_the_calendar_on_a_page(client, people, commune, province):
    client.force_login(people["district_officer"])
    address = reverse("products:calendar_edit", args=[2024, commune.parent_id])
    good = {"source": "KH 01", "tu_ideas": "2024-10-01", "den_ideas": "2024-10-31"}
    for wrong, sentence in (
        ({"den_ideas": ""}, "Hãy ghi cả hai ngày"),
        ({"tu_ideas": ""}, "Hãy ghi cả hai ngày"),
        ({"den_ideas": "2024-09-01"}, "không được trước"),
        ({"tu_ideas": "2023-10-01"}, "phải bắt đầu trong năm 2024"),
        ({"tu_ideas": "ngày mai"}, "error-summary"),
        ({"source": "x" * 10_240}, "300"),
    ):
        page = client.post(address, good | wrong)
        assert (page.status_code, sentence in page.content.decode()) == (200, True), wrong
    assert client.post(address, good).status_code == 302
    page = client.get(reverse("products:calendar")).content.decode()
    assert "01/10/2024 – 31/10/2024" in page
    assert "Đang diễn ra" in page
    assert 'value="2024-10-01"' in client.get(address).content.decode()
    foreign = reverse("products:calendar_edit", args=[2024, province.pk])
    assert client.get(foreign).status_code == 403
    assert client.get(reverse("products:calendar_edit", args=[10**9, commune.parent_id])).status_code == 404
    assert client.get(reverse("products:calendar_edit", args=[2024, 10**30])).status_code == 404


@pytest.mark.parametrize("query", [{"nam": "9" * 400}, {"noi": "10" * 40}, {"noi": "-1"}, {"nam": "2023"}])
def test_any_address_of_the_calendar_is_answered(client, people, query):
    client.force_login(people["judge"])
    assert client.get(reverse("products:calendar"), query).status_code == 200
