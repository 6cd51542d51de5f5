"""The plan's own paper and one task with a report and its evidence; no producer's."""

from django.core.files.base import ContentFile

from tests.factories.plans import PlanTaskFactory, TaskReportFactory


def plan_life(plan):
    """Give the plan its paper and a task."""
    plan.file.save("ke-hoach.pdf", ContentFile(b"%PDF-1.7 thu"))
    task = PlanTaskFactory(plan=plan)
    proof = {"evidence": ContentFile(b"%PDF-1.7 thu", name="a.pdf"), "evidence_type": "application/pdf"}
    TaskReportFactory(task=task, **proof)
    return plan
