"""Pages of the plan itself: its indicators, a new plan, handing targets down, its tasks."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities.views.facts import evidence_of, sent
from foundation import clock
from foundation.areas.models import Area
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, form_page, page, serve_private_file
from foundation.ui.lists import render_list
from targets import indicators, permissions, planning, task_deeds
from targets.models import PlanTask, TaskReport, YearPlan
from targets.plan_forms import PlanForm, TargetForm, TaskFilter, TaskForm, TaskReportForm


def find_plan(request, year):
    """The plan of the year, for those who may read plans; else 404."""
    require(permissions.may_read_plan(request.user))
    return get_object_or_404(YearPlan.objects.select_related("area__parent__parent"), year=year)


@page
def indicator_list(request, year):
    """Every indicator with its code, unit, kind, definition and source, and what the plan says of its shares."""
    plan = find_plan(request, year)
    rows = [(row, plan.definitions.get(row.code, {}).get("text", "")) for row in indicators.REGISTRY.values()]
    return render(request, "targets/indicators.html", {"plan": plan, "rows": rows})


@form_page
def plan_new(request):
    """A plan for a year that has none, empty or copied."""
    require(permissions.may_keep_plans(request.user))
    plans = YearPlan.objects.order_by("-year")
    form = PlanForm(request.POST or None, request.FILES or None, plans=plans)
    if form.is_valid() and carried_out(form, planning.open_plan, by=request.user, **form.cleaned_data):
        messages.success(request, f"Đã lập {form.outcome}.")
        return redirect("targets:allocation", form.outcome.year)
    return render(request, "targets/plan_new.html", {"form": form})


@page
def plan_file(request, year):
    """The plan's own paper."""
    plan = find_plan(request, year)
    if not plan.file:
        raise Http404
    name = f"ke-hoach-ocop-{plan.year}.pdf"
    return serve_private_file(request, plan.file, name, inline=True, content_type="application/pdf")


@form_page
def allocation(request, year):
    """What the plan sets for the whole and hands down, with what is left; and the form that sets one target."""
    plan = find_plan(request, year)
    areas = _settable(request.user, plan)
    form = TargetForm(request.POST or None, areas=areas) if areas else None
    if request.method == "POST":
        require(form is not None)
        if form.is_valid() and carried_out(
            form, planning.set_target, plan, by=request.user, **form.cleaned_data
        ):
            messages.success(request, "Đã đặt chỉ tiêu.")
            return redirect("targets:allocation", plan.year)
    context = {"plan": plan, "form": form, "rows": planning.allocations(plan)}
    return render(request, "targets/allocation.html", context)


def _settable(user, plan):
    """The units of the plan for which this person may set targets."""
    if not permissions.may_set_some(user):
        return []
    rows = Area.objects.on(clock.today()).within(plan.area).with_parents().order_by("-kind", "code")
    return [area for area in rows if permissions.may_set_target(user, plan, area)]


# ---------------------------------------------------------------- tasks
@page
def tasks(request, year):
    """What the plan orders whom to do, the most urgent first."""
    plan = find_plan(request, year)
    context = {
        "plan": plan,
        "today": clock.today(),
        "may_keep": permissions.may_keep_plans(request.user),
        "overdue": PlanTask.objects.visible_to(request.user).of_plan(plan).overdue_on(clock.today()).count(),
    }
    rows = PlanTask.objects.visible_to(request.user).of_plan(plan).for_list()
    return render_list(request, "targets", rows, TaskFilter, context=context, name="tasks")


@form_page
def task_new(request, year):
    """The plan orders something."""
    plan = find_plan(request, year)
    require(permissions.may_keep_plans(request.user))
    form = TaskForm(request.POST or None, plan=plan)
    if form.is_valid() and carried_out(
        form, task_deeds.give_task, plan, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã giao nhiệm vụ.")
        return redirect(form.outcome)
    return render(request, "targets/task_form.html", {"form": form, "plan": plan})


@form_page
def task(request, code):
    """One task, what was reported on it, and the form of its owner."""
    found = get_object_or_404(PlanTask.objects.visible_to(request.user).for_list(), code=code)
    allowed = permissions.may_report_task(request.user, found)
    form = TaskReportForm(request.POST or None, request.FILES or None, task=found) if allowed else None
    if request.method == "POST":
        require(allowed)
        if form.is_valid() and carried_out(
            form, task_deeds.report_task, found, by=request.user, **sent(form)
        ):
            messages.success(request, "Đã ghi báo cáo nhiệm vụ.")
            return redirect(found)
    context = {
        "task": found,
        "form": form,
        "reports": TaskReport.objects.visible_to(request.user).filter(task=found).for_list(),
        "timeline": Entry.objects.about(found).as_timeline(),
        "may_keep": permissions.may_keep_plans(request.user),
    }
    return render(request, "targets/task.html", context)


@form_page
def task_edit(request, code):
    """Put a task right, or name who follows it."""
    found = get_object_or_404(PlanTask.objects.visible_to(request.user).for_list(), code=code)
    require(permissions.may_keep_plans(request.user))
    form = TaskForm(request.POST or None, plan=found.plan, instance=found)
    if form.is_valid() and carried_out(
        form, task_deeds.correct_task, found, by=request.user, **form.cleaned_data
    ):
        return redirect(found)
    return render(request, "targets/task_form.html", {"form": form, "plan": found.plan, "task": found})


@page
def task_evidence(request, code):
    """The evidence of a report on a task."""
    found = get_object_or_404(TaskReport.objects.visible_to(request.user).for_list(), code=code)
    return evidence_of(request, found)
