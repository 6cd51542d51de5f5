"""How to reach the routes of the plan: its paper, handing down, indicators, tasks and what was reported on them."""

from tests.rights.places import MISSING, NO_CODE, Place, plain, texts


def years(world):
    """The plan's year, and one without a plan."""
    return [Place("", (world.plan.year,)), Place(MISSING, (1999,))]


def tasks(world):
    """The task of the plan, and none."""
    task = world.plan.tasks.get()
    return [Place("", (task.code,), task), Place(MISSING, (NO_CODE,))]


def reports(world):
    """What was reported on the task, and nothing."""
    report = world.plan.tasks.get().reports.get()
    return [Place("", (report.code,), report), Place(MISSING, (NO_CODE,))]


def target(world, place, role):
    """A target of the province's own."""
    return {"indicator": "events", "area": world.plan.area_id, "low": "10", "high": "12"}


def task(world, place, role):
    """A task of a department."""
    words = {"content": "Mở hội chợ", "lead": "Sở Công Thương", "lead_role": "department_officer"}
    return {**words, "area": world.plan.area_id, "starts_on": "2024-10-01", "due_on": "2024-11-30"}


PLACES = {
    "targets:plan_new": plain,
    "targets:plan_file": years,
    "targets:allocation": years,
    "targets:indicators": years,
    "targets:tasks": years,
    "targets:task_new": years,
    "targets:task": tasks,
    "targets:task_edit": tasks,
    "targets:task_evidence": reports,
}
BODIES = {
    "targets:plan_new": texts(year="2025", copy_of="2024", number="01/KH-UBND"),
    "targets:allocation": target,
    "targets:task_new": task,
    "targets:task": texts(status="doing", note="Đã mở lớp."),
    "targets:task_edit": task,
}
