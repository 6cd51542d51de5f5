"""Business plans: written in sections, sums checked, judged by the district, tracked while carried out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from foundation.trail.models import Entry
from products import permissions, planning
from products.actions import plans as actions
from products.models import BusinessPlan, PlanMilestone, PlanPart, PlanStatus
from tests.factories.planning import (
    BusinessPlanFactory,
    FinanceLineFactory,
    PlanMilestoneFactory,
    PlanPartFactory,
    complete,
)
from tests.factories.products import ProductFactory
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
LINE = {"kind": "cost", "name": "Công", "unit": "công", "quantity": Decimal("2.5"), "price": Decimal(200_000)}
TODAY = dt.date(2024, 10, 15)


@pytest.fixture
def product(entity):
    return ProductFactory(entity=entity)


@pytest.fixture
def draft(product):
    return BusinessPlanFactory(product=product)


@pytest.fixture
def running(product):
    return BusinessPlanFactory(product=product, running=True, year=2023)


# ---------------------------------------------------------------- arithmetic


def test_sums_and_what_cannot_be_right():
    sums = planning.totals([("investment", Decimal(5)), ("funding", Decimal(3)), ("revenue", Decimal(9))])

    assert (sums.gap, sums.profit) == (2, 9)
    assert len(sums.troubles()) == 2
    assert planning.totals([]).troubles() == [
        "bảng tài chính chưa có chi phí một năm",
        "bảng tài chính chưa có doanh thu một năm",
    ]
    assert planning.amount(Decimal("2.55"), Decimal(333)) == 849


# ---------------------------------------------------------------- who may


def test_who_may(people, product, draft, running):
    sent = BusinessPlanFactory(product=product, sent=True, year=2022)
    assert allowed(people, permissions.may_see_plans) == {
        "producer", "other_producer", "commune_officer", "district_officer", "other_district_officer",
        "province_officer", "department_officer", "manager",
    }  # fmt: skip
    assert allowed(people, permissions.may_open_plan, product) == {"producer"}
    assert allowed(people, permissions.may_write_plan, draft) == {"producer"}
    assert allowed(people, permissions.may_write_plan, sent) == set()
    assert allowed(people, permissions.may_check_plan, sent) == {"district_officer"}
    assert allowed(people, permissions.may_check_plan, draft) == set()
    assert allowed(people, permissions.may_track, running) == {
        "producer", "commune_officer", "district_officer",
    }  # fmt: skip
    assert allowed(people, permissions.may_track, draft) == set()
    assert allowed(people, permissions.may_plan_milestones, running) == {"producer"}
    assert allowed(people, permissions.may_plan_milestones, sent) == set()
    assert allowed(people, permissions.may_stop_plan, running) == {"producer"}


def test_officers_see_no_draft(people, draft):
    assert not BusinessPlan.objects.visible_to(people["district_officer"]).exists()
    assert BusinessPlan.objects.visible_to(people["producer"]).exists()
    BusinessPlan.objects.update(status="submitted", submitted_on=TODAY)
    assert BusinessPlan.objects.visible_to(people["district_officer"]).exists()
    assert not BusinessPlan.objects.visible_to(people["other_district_officer"]).exists()
    assert BusinessPlan.objects.waiting_for(people["district_officer"]).exists()
    assert not BusinessPlan.objects.waiting_for(people["producer"]).exists()


# ---------------------------------------------------------------- deeds


def test_a_plan_is_written_sent_returned_approved_and_carried_out(people, product):
    by, office = people["producer"], people["district_officer"]
    plan = actions.open_plan(product, by=by)
    with pytest.raises(ValidationError, match="phần “Thị trường”"):
        actions.submit_plan(plan, by=by)
    complete(plan)
    actions.submit_plan(plan, by=by)
    plan.refresh_from_db()
    actions.return_plan(plan, by=office, note="Thiếu hợp đồng.")
    actions.submit_plan(plan, by=by)
    plan.refresh_from_db()
    actions.approve_plan(plan, by=office)
    with pytest.raises(ValidationError, match="Còn 1 mốc"):
        actions.finish_plan(plan, by=by)
    actions.track_milestone(plan.milestones.get(), by=by, done_on=TODAY, note="Xong.")
    actions.finish_plan(plan, by=by)

    plan.refresh_from_db()
    assert (plan.code, plan.status, plan.approved_on) == ("pa-2024-0001", "finished", TODAY)
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"plan_submitted", "plan_returned", "plan_approved"}
    assert Notice.objects.filter(person=people["commune_officer"], kind="plan_approved").exists()
    assert "In xong nhãn mới: xong ngày 15/10/2024. Xong." in [e.note for e in Entry.objects.about(plan)]


def test_a_gap_in_the_finance_table_keeps_the_plan_back(people, draft):
    complete(draft)
    FinanceLineFactory(plan=draft, kind="funding")
    with pytest.raises(ValidationError, match="nguồn vốn không bằng"):
        actions.submit_plan(draft, by=people["producer"])


def test_without_a_milestone_nothing_is_sent(people, draft):
    complete(draft).milestones.all().delete()
    with pytest.raises(ValidationError, match="ít nhất một mốc"):
        actions.submit_plan(draft, by=people["producer"])


def test_one_living_plan_per_product_and_year(people, product, draft):
    with pytest.raises(ValidationError, match="đã có phương án cho năm nay"):
        actions.open_plan(product, by=people["producer"])
    actions.stop_plan(draft, by=people["producer"], note="Đổi hướng.")
    assert actions.open_plan(product, by=people["producer"]).year == actions.this_year()


def test_sections_know_their_version(people, draft):
    by = people["producer"]

    def put(text, version, section="market"):
        return actions.write_part(draft, by=by, section=section, text=text, version=version)

    put("Bán ở chợ.", 0)
    put("Bán ở siêu thị.", 1)
    put("Bán ở siêu thị.", 0)  # the same words again lose nothing
    with pytest.raises(actions.StalePart) as stale:
        put("Bản cũ.", 1)
    assert stale.value.newer.text == "Bán ở siêu thị."
    assert put("", 3) is None
    assert not PlanPart.objects.exists()
    with pytest.raises(ValidationError, match="không có phần này"):
        put("x", 0, section="khong-co")


def test_lines_and_milestones_are_added_changed_and_taken_out(people, draft, monkeypatch):
    by = people["producer"]
    line = actions.add_line(draft, by=by, **LINE)
    assert line.amount == 500_000
    actions.revise_line(line, by=by, price=Decimal(100_000))
    assert draft.totals().cost == 250_000
    with pytest.raises(ValidationError, match="lớn hơn 0"):
        actions.revise_line(line, by=by, quantity=Decimal(0))
    actions.remove_line(line, by=by)
    milestone = actions.add_milestone(draft, by=by, title="Nhãn", due_on=TODAY)
    actions.remove_milestone(milestone, by=by)
    assert (draft.lines.count(), draft.milestones.count()) == (0, 0)
    monkeypatch.setattr(actions, "MOST_LINES", 0)
    monkeypatch.setattr(actions, "MOST_MILESTONES", 0)
    with pytest.raises(ValidationError, match="nhiều nhất 0 dòng"):
        actions.add_line(draft, by=by, **LINE)
    with pytest.raises(ValidationError, match="nhiều nhất 0 mốc"):
        actions.add_milestone(draft, by=by, title="Nhãn", due_on=TODAY)


def test_tracking_is_for_plans_that_are_carried_out(people, draft, running):
    late = PlanMilestoneFactory(plan=running, due_on=dt.date(2024, 10, 1))
    early = PlanMilestoneFactory(plan=draft)
    assert late.is_late
    assert not early.is_late
    with pytest.raises(PermissionDenied):
        actions.track_milestone(early, by=people["producer"], done_on=TODAY, note="")
    with pytest.raises(ValidationError, match="không được sau hôm nay"):
        actions.track_milestone(late, by=people["producer"], done_on=dt.date(2024, 10, 16), note="")
    actions.track_milestone(late, by=people["commune_officer"], done_on=TODAY, note="")
    actions.track_milestone(late, by=people["commune_officer"], done_on=None, note="Chưa in.")
    actions.add_milestone(running, by=people["producer"], title="Kiểm nghiệm", due_on=TODAY)
    [row] = BusinessPlan.objects.filter(pk=running.pk).with_milestones()
    assert (row.all, row.done, row.late) == (2, 0, 1)


@pytest.mark.parametrize("name", ["other_producer", "manager", "commune_officer", "other_district_officer"])
def test_strangers_write_and_judge_nothing(people, product, draft, name):
    by, line, milestone = people[name], FinanceLineFactory(plan=draft), PlanMilestoneFactory(plan=draft)
    sent = BusinessPlanFactory(product=product, sent=True, year=2023)
    for deed in (
        lambda: actions.open_plan(product, by=by),
        lambda: actions.write_part(draft, by=by, section="market", text="x", version=0),
        lambda: actions.add_line(draft, by=by, **LINE),
        lambda: actions.revise_line(line, by=by, name="x"),
        lambda: actions.remove_line(line, by=by),
        lambda: actions.add_milestone(draft, by=by, title="x", due_on=TODAY),
        lambda: actions.remove_milestone(milestone, by=by),
        lambda: actions.submit_plan(draft, by=by),
        lambda: actions.return_plan(sent, by=by, note="x"),
        lambda: actions.approve_plan(sent, by=by),
        lambda: actions.finish_plan(sent, by=by),
        lambda: actions.stop_plan(draft, by=by, note="x"),
    ):
        with pytest.raises(PermissionDenied):
            deed()


@pytest.mark.parametrize("wrong", [{"status": "submitted"}, {"status": "approved", "submitted_on": TODAY}])
def test_the_table_itself_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessPlanFactory(**wrong)


# ---------------------------------------------------------------- pages


@pytest.fixture
def mine(client, people):
    client.force_login(people["producer"])
    return client


def test_the_producer_writes_the_plan_on_pages(mine, product):
    opening = reverse("products:plan_opening", args=[product.code])
    mine.post(opening)
    plan = BusinessPlan.objects.get()
    assert mine.post(opening).url == plan.get_absolute_url()
    part = reverse("products:plan_section", args=[plan.code, "market"])
    mine.post(part, {"text": "Bán ở chợ.", "version": "0"})
    stale = mine.post(part, {"text": "Khác", "version": "0"}).content.decode()
    assert "vừa được lưu ở nơi khác" in stale
    assert "Bán ở chợ." in stale
    assert 'name="version" value="1"' in stale
    table = reverse("products:plan_finance", args=[plan.code])
    mine.post(table, {"kind": "cost", "name": "Công", "quantity": "2,5", "price": "200.000"})
    assert "500.000 đồng" in mine.get(table).content.decode()
    line = plan.lines.get()
    mine.post(
        reverse("products:plan_line", args=[plan.code, line.code]),
        {"kind": "cost", "name": "Công thợ", "quantity": "3", "price": "200000"},
    )
    assert plan.lines.get().amount == 600_000
    mine.post(reverse("products:plan_line_removal", args=[plan.code, line.code]))
    new = reverse("products:plan_milestone_new", args=[plan.code])
    mine.post(new, {"title": "Nhãn", "due_on": "2024-11-30"})
    mine.post(reverse("products:plan_milestone_removal", args=[plan.code, plan.milestones.get().code]))
    page = mine.post(reverse("products:plan_submission", args=[plan.code]), follow=True).content.decode()
    assert "Phương án còn thiếu" in page
    assert mine.get(reverse("products:plan_section", args=[plan.code, "khong"])).status_code == 302
    mine.post(reverse("products:plan_stop", args=[plan.code]), {"note": "Thôi."})
    assert BusinessPlan.objects.get().status == PlanStatus.STOPPED


def test_the_district_judges_and_the_paper_is_printed(client, people, product):
    plan = complete(BusinessPlanFactory(product=product, sent=True))
    client.force_login(people["district_officer"])
    assert "Đồng ý phương án" in client.get(plan.get_absolute_url()).content.decode()
    client.post(reverse("products:plan_return", args=[plan.code]), {"note": "Thiếu."})
    assert BusinessPlan.objects.get().status == "returned"
    BusinessPlan.objects.update(status="submitted")
    client.post(reverse("products:plan_approval", args=[plan.code]))
    paper = client.get(reverse("products:plan_print", args=[plan.code]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    client.force_login(people["producer"])
    milestone = PlanMilestone.objects.get()
    client.post(
        reverse("products:plan_milestone", args=[plan.code, milestone.code]),
        {"done_on": "2024-10-01", "note": "In 1.000 nhãn."},
    )
    client.post(reverse("products:plan_finish", args=[plan.code]))
    assert BusinessPlan.objects.get().status == "finished"
    client.force_login(people["manager"])
    listed = reverse("products:plans")
    assert [row.pk for row in client.get(listed, {"nam": "2024"}).context["page"]] == [plan.pk]
    assert not list(client.get(listed, {"cham": "on"}).context["page"])
    assert product.name in b"".join(client.get(listed, {"tep": "csv"}).streaming_content).decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"quantity": "0"}, "error-summary"),
        ({"quantity": "1e400"}, "số"),
        ({"price": "9" * 400}, "14"),
        ({"price": "-5"}, "1"),
        ({"kind": "khac"}, "Hãy chọn một mục"),
        ({"name": "x" * 10_000}, "160"),
        ({"quantity": "NaN"}, "số"),
    ],
)
def test_hostile_lines_are_answered_in_words(mine, draft, change, sentence):
    good = {"kind": "cost", "name": "Công", "quantity": "1", "price": "1"}
    page = mine.post(reverse("products:plan_finance", args=[draft.code]), good | change)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not draft.lines.exists()


def test_decomposed_letters_and_hidden_characters_are_put_right(mine, draft):
    text = "Thi\u0323 tru\u031bo\u031b\u0300ng\x07\u200b"
    mine.post(reverse("products:plan_section", args=[draft.code, "market"]), {"text": text, "version": "0"})
    assert draft.parts.get().text == "Thị trường"
    page = mine.post(
        reverse("products:plan_section", args=[draft.code, "market"]), {"text": "x" * 10_240, "version": "1"}
    )
    assert "6000" in page.content.decode()
    huge = mine.post(
        reverse("products:plan_section", args=[draft.code, "market"]), {"text": "x", "version": "9" * 30}
    )
    assert huge.status_code == 200


def test_who_may_not_write_is_led_away(client, people, product):
    plan = complete(BusinessPlanFactory(product=product, sent=True))
    client.force_login(people["manager"])
    line, milestone = plan.lines.first(), plan.milestones.get()
    for name, args in (
        ("plan_section", ("market",)),
        ("plan_finance", ()),
        ("plan_line", (line.code,)),
        ("plan_milestone_new", ()),
        ("plan_milestone", (milestone.code,)),
        ("plan_return", ()),
        ("plan_stop", ()),
    ):
        address = reverse(f"products:{name}", args=[plan.code, *args])
        assert client.get(address).status_code == 302
        assert client.post(address, {"text": "a", "note": "b", "title": "c", "name": "d"}).status_code == 403


def test_a_line_of_another_plan_is_not_found(mine, draft):
    foreign = FinanceLineFactory(plan__product__entity=draft.product.entity)
    assert mine.get(reverse("products:plan_line", args=[draft.code, foreign.code])).status_code == 404


def test_plans_say_what_they_are(draft):
    part, line = PlanPartFactory(plan=draft), FinanceLineFactory(plan=draft)
    assert (str(part), str(line)) == ("market", "Máy sấy")
