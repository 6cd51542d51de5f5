"""Visits to the pages of the plan itself: paper, handing down, indicators, tasks."""

from django.core.files.base import ContentFile

from foundation.areas.models import Area
from tests.bench.places import MORE_THAN_A_PAGE, Visit
from tests.factories.plans import PlanTaskFactory, TaskReportFactory
from tests.factories.targets import TargetFactory


def target_visits(plan):
    """More than a page of tasks; targets of every district."""
    who, year = "canbotinh", (plan.year,)
    for area in Area.objects.districts().current().filter(parent=plan.area):
        TargetFactory(plan=plan, indicator="new_products", area=area, low=1, high=2)
    plan.file.save("ke-hoach.pdf", ContentFile(b"%PDF-1.7 thu"))
    task, *_ = PlanTaskFactory.create_batch(MORE_THAN_A_PAGE, plan=plan)
    proof = {"evidence": ContentFile(b"%PDF-1.7 thu", name="a.pdf"), "evidence_type": "application/pdf"}
    report, *_ = TaskReportFactory.create_batch(MORE_THAN_A_PAGE, task=task, **proof)
    return {
        "targets:plan_new": Visit(who),
        "targets:plan_file": Visit(who, year),
        "targets:allocation": Visit(who, year),
        "targets:indicators": Visit(who, year),
        "targets:tasks": Visit(who, year),
        "targets:task_new": Visit(who, year),
        "targets:task": Visit(who, (task.code,)),
        "targets:task_edit": Visit(who, (task.code,)),
        "targets:task_evidence": Visit(who, (report.code,)),
    }
