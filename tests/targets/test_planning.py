"""Plans and targets: ranges, handing down with the sum and the difference, copies, what is refused in words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.trail.models import Entry
from targets import planning
from targets.allocation import Handed, Range, cycle_of, fault_of
from targets.models import Indicator, Target, Unit, YearPlan
from tests.factories.plans import PlanTaskFactory
from tests.factories.targets import TargetFactory, YearPlanFactory, district

NEW = Indicator.NEW_PRODUCTS


@pytest.fixture
def officer(people):
    return people["province_officer"]


@pytest.fixture
def whole(people):
    """The plan of 2024 with 25 to 30 new products."""
    target = TargetFactory(indicator=NEW, low=25, high=30)
    return target.plan


def told(refusal):
    return " ".join(refusal.value.messages)


# ------------------------------------------------------------ arithmetic
def test_the_parts_are_summed_and_the_difference_is_what_is_left():
    handed = Handed(Range(25, 30), (Range(10, 12), Range(9, 12)))

    assert (handed.total, handed.low_left, handed.high_left) == (Range(19, 24), 6, 6)
    assert not handed.exceeds
    assert not handed.even


@pytest.mark.parametrize(
    ("whole", "parts", "exceeds"),
    [
        (Range(25, 30), (Range(10, 15), Range(15, 15)), False),
        (Range(25, 30), (Range(10, 15), Range(15, 16)), True),
        (Range(25, 30), (Range(31),), True),
        (Range(25), (Range(100, 200),), False),
    ],
)
def test_only_a_bounded_whole_can_be_exceeded(whole, parts, exceeds):
    assert Handed(whole, parts).exceeds is exceeds


def test_a_part_that_is_open_upward_leaves_the_upper_difference_unknown():
    handed = Handed(Range(25, 30), (Range(10), Range(15, 20)))

    assert (handed.total.high, handed.high_left, handed.low_left) == (None, None, 0)


@pytest.mark.parametrize(
    ("low", "high", "share", "said"),
    [
        (5, 4, False, "Mức cao nhất"),
        (-1, None, False, "không được âm"),
        (101, None, True, "vượt quá 100%"),
        (50, 100.5, True, "vượt quá 100%"),
        (50, 100, True, ""),
        (500, None, False, ""),
    ],
)
def test_a_wrong_range_is_told_in_a_sentence(low, high, share, said):
    fault = fault_of(low, high, is_share=share)

    assert said in fault
    assert bool(fault) is bool(said)


@pytest.mark.parametrize(
    ("year", "known"), [(2017, False), (2018, True), (2025, True), (2026, True), (2036, False)]
)
def test_cycles_of_the_programme_are_data(year, known):
    assert bool(cycle_of(year)) is known


# ------------------------------------------------------------ setting and handing down
def test_a_target_is_handed_down_and_what_is_left_is_shown(whole, officer, client):
    planning.set_target(whole, NEW, district("347"), by=officer, low=10, high=12)
    planning.set_target(whole, NEW, district("349"), by=officer, low=9, high=12)
    client.force_login(officer)

    page = client.get(reverse("targets:allocation", args=[2024])).content.decode()

    (row, handed, parts), *_ = planning.allocations(whole)
    assert (row.area, len(parts)) == (whole.area, 2)
    assert (handed.low_left, handed.high_left) == (6, 6)
    assert "Chênh lệch" in page
    assert "Chưa giao hết" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"low": 31, "high": 35}, "Giao vượt khoảng của Tỉnh Hà Nam"),
        ({"low": 12, "high": 10}, "Mức cao nhất"),
        ({"low": -1}, "không được âm"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(whole, officer, facts, said):
    with pytest.raises(ValidationError) as refusal:
        planning.set_target(whole, NEW, district("347"), by=officer, **facts)

    assert said in told(refusal)
    assert Target.objects.count() == 1


def test_two_parts_together_may_not_go_beyond_the_whole(whole, officer):
    planning.set_target(whole, NEW, district("347"), by=officer, low=10, high=20)

    with pytest.raises(ValidationError) as refusal:
        planning.set_target(whole, NEW, district("349"), by=officer, low=10, high=11)

    assert "tổng các phần là 20–31" in told(refusal)
    planning.set_target(whole, NEW, district("349"), by=officer, low=10, high=10)


def test_the_whole_may_not_shrink_below_what_was_handed_down(whole, officer):
    planning.set_target(whole, NEW, district("347"), by=officer, low=10, high=20)

    with pytest.raises(ValidationError) as refusal:
        planning.set_target(whole, NEW, whole.area, by=officer, low=5, high=15)

    assert "Các phần đã giao xuống" in told(refusal)


def test_a_district_hands_down_to_its_communes_and_nobody_elses(whole, people, commune, other_commune):
    planning.set_target(whole, NEW, commune.parent, by=people["province_officer"], low=5, high=6)

    row = planning.set_target(whole, NEW, commune, by=people["district_officer"], low=1, high=2)

    assert (row.low, row.area) == (1, commune)
    with pytest.raises(PermissionDenied):
        planning.set_target(whole, NEW, other_commune, by=people["district_officer"], low=1)
    with pytest.raises(PermissionDenied):
        planning.set_target(whole, NEW, commune.parent, by=people["district_officer"], low=1)


def test_nothing_is_handed_down_of_what_was_not_set(whole, officer, commune):
    with pytest.raises(ValidationError) as refusal:
        planning.set_target(whole, Indicator.EVENTS, commune, by=officer, low=1)

    assert "chưa có chỉ tiêu này" in told(refusal)


def test_a_share_is_at_most_a_hundred_and_not_summed(whole, officer):
    with pytest.raises(ValidationError) as refusal:
        planning.set_target(whole, Indicator.MODERN_CHANNELS_PCT, whole.area, by=officer, low=101)
    assert "100%" in told(refusal)

    planning.set_target(whole, Indicator.MODERN_CHANNELS_PCT, whole.area, by=officer, low=50)
    planning.set_target(whole, Indicator.MODERN_CHANNELS_PCT, district("347"), by=officer, low=90)

    handed = {row.indicator: handed for row, handed, _ in planning.allocations(whole)}
    assert handed[Indicator.MODERN_CHANNELS_PCT] is None


def test_set_again_the_later_range_holds_and_the_trail_tells_the_one_before(whole, officer):
    planning.set_target(whole, NEW, whole.area, by=officer, low=20, high=30)

    assert Target.objects.get().low == 20
    assert "25" in Entry.objects.about(whole).last().note


def test_a_target_that_was_handed_down_is_taken_back_from_below_first(whole, officer):
    part = planning.set_target(whole, NEW, district("347"), by=officer, low=1, high=2)

    with pytest.raises(ValidationError):
        planning.take_back_target(Target.objects.get(area=whole.area), by=officer)
    planning.take_back_target(part, by=officer)
    planning.take_back_target(Target.objects.get(), by=officer)

    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"low": 5, "high": 4},
        {"low": -1, "high": None},
        {"low": 101, "high": None, "unit": Unit.PERCENT},
        {"low": 50, "high": 101, "unit": Unit.PERCENT},
    ],
)
def test_the_database_keeps_ranges_too(law, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetFactory(**facts)


def test_the_database_keeps_one_target_per_unit_and_indicator(law):
    target = TargetFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TargetFactory(plan=target.plan)


# ------------------------------------------------------------ plans
def test_a_plan_is_copied_with_its_targets_definitions_and_tasks(whole, officer):
    whole.definitions = {"kept_products_pct": {"text": "x"}}
    whole.save()
    planning.set_target(whole, NEW, district("347"), by=officer, low=1, high=2)
    PlanTaskFactory(plan=whole, starts_on=dt.date(2024, 2, 29), owner=officer)
    PlanTaskFactory(plan=whole, status="dropped", ended_on=dt.date(2024, 5, 1))

    plan = planning.open_plan(2025, by=officer, copy_of=whole, number="01/KH-UBND")

    assert [(row.indicator, row.low, row.high) for row in plan.targets.order_by("position", "pk")] == [
        (NEW, 25, 30),
        (NEW, 1, 2),
    ]
    task = plan.tasks.get()
    assert (task.starts_on, task.due_on, task.owner) == (dt.date(2025, 2, 28), dt.date(2025, 9, 30), None)
    assert (plan.definitions, plan.copied_from) == (whole.definitions, whole)
    assert whole.targets.count() == 2


@pytest.mark.parametrize(("year", "said"), [(2017, "không thuộc chu kỳ"), (2024, "đã có kế hoạch")])
def test_a_year_without_a_cycle_or_with_a_plan_gets_none(whole, officer, year, said):
    with pytest.raises(ValidationError) as refusal:
        planning.open_plan(year, by=officer, copy_of=whole)

    assert said in told(refusal)
    assert YearPlan.objects.count() == 1


def test_only_the_provinces_office_opens_plans(whole, people):
    with pytest.raises(PermissionDenied):
        planning.open_plan(2025, by=people["district_officer"], copy_of=whole)


def test_the_page_opens_a_plan_and_says_what_is_wrong(whole, officer, client):
    client.force_login(officer)
    page = reverse("targets:plan_new")

    refused = client.post(page, {"year": "2017", "copy_of": "2024"})
    done = client.post(page, {"year": "2025", "copy_of": "2024", "number": "02/KH-UBND"})

    assert "không thuộc chu kỳ" in refused.content.decode()
    assert done.status_code == 302
    assert YearPlan.objects.get(year=2025).targets.get().high == Decimal(30)


def test_the_page_sets_a_target_and_keeps_what_was_typed_when_refused(whole, officer, client):
    client.force_login(officer)
    page = reverse("targets:allocation", args=[2024])
    typed = {"indicator": NEW, "area": district("347").pk, "low": "40", "high": "41"}

    refused = client.post(page, typed)
    done = client.post(page, {**typed, "low": "4", "high": "5"})

    assert "Giao vượt khoảng" in refused.content.decode()
    assert done.status_code == 302
    assert Target.objects.get(area=district("347")).high == 5


def test_the_file_of_a_plan_is_served_to_readers_of_the_plan(people, client):
    plan = YearPlanFactory()
    client.force_login(people["commune_officer"])
    assert client.get(reverse("targets:plan_file", args=[2024])).status_code == 404

    plan.file.save("a.pdf", ContentFile(b"%PDF-1.7 thu"))

    assert client.get(reverse("targets:plan_file", args=[2024])).status_code == 200
    client.force_login(people["producer"])
    assert client.get(reverse("targets:plan_file", args=[2024])).status_code == 403
