"""Deeds on tasks of the plan: give one, put it right, report on it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities.actions.facts import altered, store
from foundation import clock
from foundation.trail.moves import move, write
from targets import permissions
from targets.models import PlanTask, TaskReport, TaskStatus

OVER = (TaskStatus.DONE, TaskStatus.DROPPED)


@transaction.atomic
def give_task(plan, *, by, **facts):
    """The plan orders something; it is on the desk of whoever is named, else of the office that leads it."""
    require(permissions.may_keep_plans(by))
    task = PlanTask(plan=plan, **facts)
    task.validate_constraints()
    task.save()
    write(task, "Giao nhiệm vụ", by=by, note=f"{task.lead}, hạn {task.due_on:%d/%m/%Y}")
    return task


@transaction.atomic
def correct_task(task, *, by, **facts):
    """Put the task's own words, days or owner right; the trail says what they were."""
    require(permissions.may_keep_plans(by))
    task = PlanTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    said = altered(task, facts)
    task.validate_constraints()
    task.save()
    if said:
        write(task, "Sửa nhiệm vụ", by=by, note=said)
    return task


@transaction.atomic
def report_task(task, *, by, status, note, evidence=None):
    """Its owner says how far it has come, with evidence if there is some; the state moves when it is another."""
    task = PlanTask.objects.select_for_update(of=("self",)).select_related("area").get(pk=task.pk)
    require(permissions.may_report_task(by, task))
    if status == TaskStatus.DROPPED and not permissions.may_keep_plans(by):
        raise ValidationError({"status": "Chỉ đơn vị giữ kế hoạch mới bỏ được nhiệm vụ."})
    today = clock.today()
    if status != task.status:
        move(task, status, by=by, note=note, ended_on=today if status in OVER else None)
    else:
        write(task, "Báo cáo nhiệm vụ", by=by, note=note)
    report = TaskReport(task=task, day=today, status=status, note=note, by=by)
    store(report, evidence)
    return report
