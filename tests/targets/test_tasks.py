"""Tasks of the plan: on whose desk, who may report, what a report leaves behind, what is overdue on which day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from foundation.trail.models import Entry
from targets import permissions, task_deeds
from targets.models import PlanTask, TaskReport, TaskStatus
from tests.conftest import person
from tests.factories.plans import PlanTaskFactory, TaskReportFactory
from tests.factories.targets import YearPlanFactory
from tests.ui.test_documents import pdf

DOING, DONE, DROPPED = TaskStatus.DOING, TaskStatus.DONE, TaskStatus.DROPPED


@pytest.fixture
def task(people):
    """Of a department, overdue since the end of September."""
    return PlanTaskFactory()


def waits_for(user):
    return set(PlanTask.objects.waiting_for(user))


def test_a_task_waits_for_the_office_that_leads_it(task, people):
    assert {name for name, user in people.items() if waits_for(user)} == {"department_officer"}


def test_a_task_with_a_name_waits_for_that_person_alone(task, people):
    other = person(Role.DEPARTMENT_OFFICER, task.area)
    PlanTask.objects.update(owner=other)

    assert waits_for(other) == {task}
    assert not waits_for(people["department_officer"])


def test_a_district_leads_its_own_tasks(people, commune):
    task = PlanTaskFactory(lead_role=Role.DISTRICT_OFFICER, area=commune.parent)

    assert {name for name, user in people.items() if waits_for(user)} == {"district_officer"}
    assert permissions.may_report_task(people["district_officer"], task)
    assert not permissions.may_report_task(people["other_district_officer"], task)


def test_a_task_of_later_does_not_wait_yet(people):
    PlanTaskFactory(starts_on=dt.date(2024, 11, 1), due_on=dt.date(2024, 12, 1))

    assert not waits_for(people["department_officer"])


def test_an_overdue_task_is_on_the_desk_and_in_the_list(task, people, client):
    client.force_login(people["department_officer"])

    desk = client.get(reverse("desk")).content.decode()
    listed = client.get(reverse("targets:tasks", args=[2024])).content.decode()

    assert "quá hạn 30/09/2024" in desk
    assert "1 nhiệm vụ quá hạn" in listed


@pytest.mark.parametrize(
    ("day", "ended_on", "overdue"),
    [
        (dt.date(2024, 9, 30), None, False),
        (dt.date(2024, 10, 1), None, True),
        (dt.date(2024, 10, 1), dt.date(2024, 10, 2), True),
        (dt.date(2024, 10, 2), dt.date(2024, 10, 2), False),
    ],
)
def test_overdue_is_asked_of_any_day(law, day, ended_on, overdue):
    task = PlanTaskFactory(status=DONE if ended_on else DOING, ended_on=ended_on)

    assert PlanTask.objects.overdue_on(day).exists() is overdue
    assert task.overdue_on(day) is overdue


def test_a_report_moves_the_task_and_stays(task, people):
    officer = people["department_officer"]

    task_deeds.report_task(task, by=officer, status=DOING, note="Đã mở lớp.")
    task_deeds.report_task(task, by=officer, status=DOING, note="Thêm một lớp.")
    task_deeds.report_task(task, by=officer, status=DONE, note="Xong.")

    task.refresh_from_db()
    assert (task.status, task.ended_on) == (DONE, dt.date(2024, 10, 15))
    assert [row.status for row in TaskReport.objects.order_by("pk")] == [DOING, DOING, DONE]
    assert [entry.act for entry in Entry.objects.about(task)][-3:] == [
        "Đang thực hiện",
        "Báo cáo nhiệm vụ",
        "Hoàn thành",
    ]
    assert not waits_for(officer)


def test_a_finished_task_goes_on_when_it_was_not_finished(task, people):
    task_deeds.report_task(task, by=people["department_officer"], status=DONE, note="Xong.")
    task_deeds.report_task(task, by=people["province_officer"], status=DOING, note="Còn thiếu hai xã.")

    task.refresh_from_db()
    assert (task.status, task.ended_on) == (DOING, None)


def test_who_may_report(task, people):
    allowed = {name for name, user in people.items() if permissions.may_report_task(user, task)}

    assert allowed == {"department_officer", "province_officer", "manager"}
    with pytest.raises(PermissionDenied):
        task_deeds.report_task(task, by=people["district_officer"], status=DOING, note="x")


def test_only_the_keepers_of_the_plan_drop_a_task(task, people):
    with pytest.raises(ValidationError):
        task_deeds.report_task(task, by=people["department_officer"], status=DROPPED, note="x")

    task_deeds.report_task(task, by=people["manager"], status=DROPPED, note="Chuyển sang năm sau.")

    task.refresh_from_db()
    assert (task.status, task.ended_on) == (DROPPED, dt.date(2024, 10, 15))


def test_who_keeps_plans(people):
    assert {name for name, user in people.items() if permissions.may_keep_plans(user)} == {
        "province_officer",
        "manager",
    }
    assert {name for name, user in people.items() if permissions.may_set_some(user)} == {
        "province_officer", "manager", "district_officer", "other_district_officer",
    }  # fmt: skip


def test_a_task_is_given_and_put_right_with_a_trail(people):
    officer, plan = people["province_officer"], YearPlanFactory()
    facts = {
        "content": "Kiểm tra nhãn", "lead": "Sở Y tế", "lead_role": Role.DEPARTMENT_OFFICER, "area": plan.area,
        "starts_on": dt.date(2024, 1, 1), "due_on": dt.date(2024, 6, 30),
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        task_deeds.give_task(plan, by=people["department_officer"], **facts)

    task = task_deeds.give_task(plan, by=officer, **facts)
    task_deeds.correct_task(task, by=officer, due_on=dt.date(2024, 7, 31))

    assert PlanTask.objects.get().due_on == dt.date(2024, 7, 31)
    assert "30/06/2024" in Entry.objects.about(task).last().note


def test_a_task_that_ends_before_it_begins_is_refused_in_words(people):
    plan = YearPlanFactory()

    with pytest.raises(ValidationError) as refusal:
        task_deeds.give_task(
            plan, by=people["manager"], content="x", lead="Sở Y tế", lead_role=Role.DEPARTMENT_OFFICER,
            area=plan.area, starts_on=dt.date(2024, 5, 1), due_on=dt.date(2024, 4, 1),
        )  # fmt: skip

    assert "Hạn không được trước" in " ".join(refusal.value.messages)
    assert not PlanTask.objects.exists()


@pytest.mark.parametrize("facts", [{"status": DONE}, {"ended_on": dt.date(2024, 5, 1)}])
def test_the_database_keeps_state_and_end_together(law, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTaskFactory(**facts)


def test_the_owner_reports_on_the_page_with_evidence(task, people, client):
    client.force_login(people["department_officer"])
    page = reverse("targets:task", args=[task.code])

    assert "Gửi báo cáo" in client.get(page).content.decode()
    sent = client.post(page, {"status": "doing", "note": "Hai lớp.", "evidence": pdf("a.pdf")})

    report = TaskReport.objects.get()
    assert (sent.status_code, report.evidence_type) == (302, "application/pdf")
    assert client.get(reverse("targets:task_evidence", args=[report.code])).status_code == 200
    assert "Mở tệp" in client.get(page).content.decode()


def test_readers_see_a_task_without_its_form_and_others_see_nothing(task, people, client):
    page = reverse("targets:task", args=[task.code])
    report = TaskReportFactory(task=task)

    client.force_login(people["commune_officer"])
    assert "Gửi báo cáo" not in client.get(page).content.decode()
    assert client.post(page, {"status": "done", "note": "x"}).status_code == 403
    assert client.get(reverse("targets:task_edit", args=[task.code])).status_code == 403

    client.force_login(people["producer"])
    assert client.get(page).status_code == 404
    assert client.get(reverse("targets:task_evidence", args=[report.code])).status_code == 404
    assert client.get(reverse("targets:tasks", args=[2024])).status_code == 403


def test_the_list_is_narrowed_to_what_is_overdue(task, people, client):
    PlanTaskFactory(content="Việc cuối năm", due_on=dt.date(2024, 12, 31))
    client.force_login(people["manager"])
    page = reverse("targets:tasks", args=[2024])

    assert "Việc cuối năm" in client.get(page).content.decode()
    assert "Việc cuối năm" not in client.get(page, {"han": "qua-han"}).content.decode()


def test_the_office_gives_and_edits_a_task_on_its_pages(people, client):
    plan = YearPlanFactory()
    client.force_login(people["province_officer"])
    typed = {
        "content": "Mở hội chợ", "lead": "Sở Công Thương", "lead_role": "department_officer",
        "area": plan.area_id, "starts_on": "2024-10-01", "due_on": "2024-11-30", "indicator": "events",
    }  # fmt: skip

    assert client.post(reverse("targets:task_new", args=[2024]), typed).status_code == 302
    task = PlanTask.objects.get()
    client.post(reverse("targets:task_edit", args=[task.code]), {**typed, "due_on": "2024-12-31"})

    task.refresh_from_db()
    assert (task.due_on, task.indicator) == (dt.date(2024, 12, 31), "events")
