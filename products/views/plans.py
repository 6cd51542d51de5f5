"""Pages of business plans."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list
from products import permissions, planning, sheets
from products.actions import plans as actions
from products.models import BusinessPlan, FinanceLine, PlanMilestone, Product
from products.papers.plans import plan_paper
from products.plan_forms import LineForm, MilestoneForm, PartForm, PlanFilter, TrackForm
from products.potential_forms import ReasonForm


def find(request, code):
    """The plan by its code, if this person may see it; else 404."""
    return get_object_or_404(BusinessPlan.objects.visible_to(request.user).for_list(), code=code)


def part_of(plan, model, number):
    """A line or milestone of this very plan; else 404."""
    row = get_object_or_404(model, plan=plan, code=number)
    row.plan = plan
    return row


def table_of(plan):
    """The finance table: (title, lines, sum) of each kind."""
    lines, sums = list(plan.lines.all()), plan.totals()
    return [
        (title, [line for line in lines if line.kind == kind], getattr(sums, kind))
        for kind, title in planning.finance_kinds()
    ]


@page
def plans(request):
    """The plans that this person may see."""
    require(permissions.may_see_plans(request.user))
    rows = BusinessPlan.objects.visible_to(request.user).for_list().with_milestones()
    return render_list(request, "products/plans", rows, PlanFilter, export=sheets.plans)


@page
def plan(request, code):
    """One plan: its sections, its finance table, its milestones, what may be done with it."""
    record, user = find(request, code), request.user
    written = {part.section: part for part in record.parts.all()}
    can = {
        "write": permissions.may_write_plan(user, record),
        "check": permissions.may_check_plan(user, record),
        "track": permissions.may_track(user, record),
        "milestones": permissions.may_plan_milestones(user, record),
        "stop": permissions.may_stop_plan(user, record),
    }
    context = {
        "plan": record,
        "sections": [(row, written.get(row.code)) for row in planning.sections().values()],
        "table": table_of(record),
        "totals": record.totals(),
        "milestones": record.milestones.all(),
        "missing": record.missing() if can["write"] else [],
        "timeline": Entry.objects.about(record).as_timeline(),
        "source": planning.source(),
        "can": can,
    }
    return render(request, "products/plans/plan.html", context)


@deed
def plan_opening(request, code):
    """Begin the plan of a product; where there is one for this year, go to it."""
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("entity"), code=code)
    require(permissions.may_open_plan(request.user, product))
    alive = BusinessPlan.objects.visible_to(request.user).filter(product=product)
    if record := alive.exclude(status=BusinessPlan.Status.STOPPED).filter(year=actions.this_year()).first():
        return redirect(record)
    return redirect(actions.open_plan(product, by=request.user))


@form_page
def plan_section(request, code, section):
    """Write one section; the next one follows."""
    record = find(request, code)
    known = planning.sections().get(section)
    if known is None:
        return redirect(record)
    part = record.parts.filter(section=section).first()
    initial = {"text": part.text, "version": part.version} if part else {"version": 0}
    form = PartForm(request.POST or None, section=known, initial=initial)
    if not permissions.may_write_plan(request.user, record):
        return turned_away(request, form, record)
    context = {"plan": record, "form": form, "section": known}
    if form.is_valid():
        try:
            actions.write_part(record, by=request.user, section=section, **form.cleaned_data)
        except actions.StalePart as stale:
            form.add_error(None, stale)
            form.data = form.data.copy()
            form.data["version"] = stale.newer.version if stale.newer else 0
            context["newer"] = stale.newer
        else:
            messages.success(request, f"Đã lưu phần “{known.title}”.")
            return redirect(record)
    return render(request, "products/plans/section.html", context)


@form_page
def plan_finance(request, code):
    """The finance table with its sums; below it a new line."""
    record = find(request, code)
    form = LineForm(request.POST or None)
    if not permissions.may_write_plan(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, actions.add_line, record, by=request.user, **form.cleaned_data):
        messages.success(request, f"Đã thêm “{form.outcome}”.")
        return redirect("products:plan_finance", code)
    context = {"plan": record, "form": form, "table": table_of(record), "totals": record.totals()}
    return render(request, "products/plans/finance.html", context)


@form_page
def plan_line(request, code, number):
    """Change one line of the table."""
    record = find(request, code)
    line = part_of(record, FinanceLine, number)
    form = LineForm(request.POST or None, instance=line)
    if not permissions.may_write_plan(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, actions.revise_line, line, by=request.user, **form.cleaned_data):
        return redirect("products:plan_finance", code)
    return render(request, "products/plans/line.html", {"plan": record, "form": form, "line": line})


@deed
def plan_line_removal(request, code, number):
    """Take a line out of the table."""
    line = part_of(find(request, code), FinanceLine, number)
    return perform(
        request,
        actions.remove_line,
        line,
        done="Đã bỏ dòng.",
        goes_to=reverse("products:plan_finance", args=[code]),
    )


@form_page
def plan_milestone_new(request, code):
    """Add something to be reached by a day."""
    record = find(request, code)
    form = MilestoneForm(request.POST or None)
    if not permissions.may_plan_milestones(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.add_milestone, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/plans/milestone.html", {"plan": record, "form": form})


@form_page
def plan_milestone(request, code, number):
    """Say that a milestone was reached."""
    record = find(request, code)
    milestone = part_of(record, PlanMilestone, number)
    form = TrackForm(request.POST or None, instance=milestone)
    if not permissions.may_track(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.track_milestone, milestone, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    context = {"plan": record, "form": form, "milestone": milestone}
    return render(request, "products/plans/milestone.html", context)


@deed
def plan_milestone_removal(request, code, number):
    """Take a milestone out."""
    record = find(request, code)
    milestone = part_of(record, PlanMilestone, number)
    return perform(request, actions.remove_milestone, milestone, done="Đã bỏ mốc.", goes_to=record)


@deed
def plan_submission(request, code):
    """Send the plan to the district."""
    return perform(request, actions.submit_plan, find(request, code), done="Đã gửi phương án tới huyện.")


@deed
def plan_approval(request, code):
    """The district agrees to the plan."""
    return perform(request, actions.approve_plan, find(request, code), done="Đã đồng ý phương án.")


@deed
def plan_finish(request, code):
    """All milestones are reached."""
    return perform(request, actions.finish_plan, find(request, code), done="Phương án đã thực hiện xong.")


@form_page
def plan_return(request, code):
    """The district sends the plan back and says what is missing."""
    return _with_reason(
        request, find(request, code), permissions.may_check_plan, actions.return_plan, "Trả lại để bổ sung"
    )


@form_page
def plan_stop(request, code):
    """The producer gives the plan up."""
    return _with_reason(
        request, find(request, code), permissions.may_stop_plan, actions.stop_plan, "Dừng phương án"
    )


def _with_reason(request, record, allowed, action, button):
    """A deed that says why."""
    form = ReasonForm(request.POST or None, button=button, hint="Mỗi việc một dòng.")
    if not allowed(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, action, record, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(request, "products/plans/reason.html", {"plan": record, "form": form, "button": button})


@page
def plan_print(request, code):
    """The plan as a paper."""
    record = find(request, code)
    content = plan_paper(record, table_of(record))
    return serve_private_file(
        request, content, f"{record.code}.pdf", inline=True, content_type="application/pdf"
    )
