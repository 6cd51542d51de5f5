"""Deeds on plans: open one for a year (also as a copy), set a target, hand it down."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.permissions import require
from entities.actions.facts import altered
from foundation.areas.models import AreaKind
from foundation.trail.moves import write
from targets import permissions
from targets.allocation import Handed, Range, cycle_of, fault_of
from targets.grounds import key
from targets.indicators import REGISTRY
from targets.models import Indicator, Kind, Target, Unit, YearPlan

TASK_FACTS = ("content", "lead", "lead_role", "area", "helpers", "indicator", "position", "is_demo")


@transaction.atomic
def open_plan(year, *, by, copy_of=None, file=None, **facts):
    """A plan for a year, empty or with the targets, definitions and tasks of another year's; returns it."""
    require(permissions.may_keep_plans(by))
    if cycle_of(year) is None:
        raise ValidationError({"year": f"Năm {year} không thuộc chu kỳ nào của Chương trình OCOP."})
    if YearPlan.objects.filter(year=year).exists():
        raise ValidationError({"year": f"Năm {year} đã có kế hoạch."})
    source = copy_of or YearPlan.objects.latest_on_or_before(year)
    if source is None:
        raise ValidationError("Chưa có kế hoạch nào để biết địa bàn.")
    plan = YearPlan(year=year, area=source.area, copied_from=copy_of, **facts)
    if copy_of:
        plan.definitions = copy_of.definitions
    if file:
        plan.file.save("ke-hoach.pdf", file, save=False)
    plan.save()
    if copy_of:
        _copy_parts(copy_of, plan)
    write(plan, "Lập kế hoạch năm", by=by, note=f"sao chép từ kế hoạch năm {copy_of.year}" if copy_of else "")
    return plan


def _copy_parts(old, new):
    """Targets as they stand; tasks with their days moved to the new year, not begun and nobody's by name."""
    for target in old.targets.all():
        target.pk, target.plan = None, new
        target.save(force_insert=True)
    for task in old.tasks.exclude(status="dropped").order_by("position", "pk"):
        facts = {name: getattr(task, name) for name in TASK_FACTS}
        new.tasks.create(
            starts_on=_moved(task.starts_on, new.year), due_on=_moved(task.due_on, new.year), **facts
        )


def _moved(day, year):
    """The same day of another year; 29 February becomes the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap else day.day)


@transaction.atomic
def set_target(plan, indicator, area, *, by, low, high=None, note=""):
    """The range that the plan sets for this unit; set again, the later one holds and the trail tells the one before."""
    plan = YearPlan.objects.select_for_update(of=("self",)).select_related("area__parent").get(pk=plan.pk)
    require(permissions.may_set_target(by, plan, area))
    definition = REGISTRY[Indicator(indicator)]
    if fault := fault_of(low, high, is_share=definition.kind == Kind.SHARE):
        raise ValidationError({"high" if "cao nhất" in fault else "low": fault})
    _fits(plan, definition, area, Range(low, high))
    row = plan.targets.filter(indicator=indicator, area=area).first()
    if row is None:
        last = plan.targets.aggregate(last=Max("position"))["last"] or 0
        row = Target(
            plan=plan, indicator=indicator, area=area, unit=definition.unit, position=last + 1,
            low=low, high=high, note=note,
        )  # fmt: skip
        said = ""
    else:
        said = altered(row, {"low": low, "high": high, "note": note})
    row.validate_constraints()
    row.save()
    write(
        plan,
        "Đặt chỉ tiêu",
        by=by,
        note=f"{definition.label}, {area}: {Range(low, high).text}. {said}".strip(),
    )
    return row


@transaction.atomic
def take_back_target(target, *, by):
    """The unit has no target of its own any more; its parts must have been taken back before."""
    plan = YearPlan.objects.select_for_update(of=("self",)).get(pk=target.plan_id)
    require(permissions.may_set_target(by, plan, target.area))
    if _handed_below(target):
        raise ValidationError("Chỉ tiêu này đã giao xuống dưới; hãy thu lại các phần trước.")
    write(plan, "Bỏ chỉ tiêu", by=by, note=f"{target.get_indicator_display()}, {target.area}")
    target.delete()


def _fits(plan, definition, area, wanted):
    """The new range is inside what the unit above was given, together with its neighbours, and holds its own parts."""
    if definition.kind == Kind.SHARE:
        return
    rows = list(plan.targets.filter(indicator=definition.indicator).select_related("area__parent__parent"))
    if (above := _above(rows, plan, area)) is None and key(area) != key(plan.area):
        raise ValidationError({"area": "Đơn vị cấp trên chưa có chỉ tiêu này nên chưa giao xuống được."})
    if above is not None:
        parts = [_range(row) for row in _under(rows, above.area) if key(row.area) != key(area)]
        handed = Handed(_range(above), (*parts, wanted))
        if handed.exceeds:
            raise ValidationError(
                {"low": f"Giao vượt khoảng của {above.area}: tổng các phần là {handed.total.text}, trong khi chỉ tiêu "
                        f"là {handed.whole.text}."}
            )  # fmt: skip
    below = Handed(wanted, tuple(_range(row) for row in _under(rows, area)))
    if below.parts and below.exceeds:
        raise ValidationError(
            {"low": f"Các phần đã giao xuống cộng lại là {below.total.text}, vượt khoảng mới."}
        )


def _range(row):
    return Range(row.low, row.high)


def _above(rows, plan, area):
    """The target from which the unit's part comes: the nearest unit above that has one, up to the plan's own."""
    given = {key(row.area): row for row in rows}
    if key(area) == key(plan.area):
        return None
    return next((given[key(unit)] for unit in area.chain[1:] if key(unit) in given), None)


def _under(rows, area):
    """The targets handed down from this unit: those whose nearest unit above with a target it is."""
    given = {key(row.area) for row in rows}
    for row in rows:
        nearest = next((key(unit) for unit in row.area.chain[1:] if key(unit) in given), None)
        if nearest == key(area):
            yield row


def _handed_below(target):
    rows = list(target.plan.targets.filter(indicator=target.indicator).select_related("area__parent__parent"))
    return any(_under(rows, target.area))


def allocations(plan):
    """(target, what of it was handed down, its parts) of every target that can be added up; for the page."""
    rows = list(plan.targets.select_related("area__parent__parent"))
    found = []
    for row in rows:
        same = [one for one in rows if one.indicator == row.indicator]
        parts = sorted(_under(same, row.area), key=lambda one: one.area.code)
        if row.area.kind == AreaKind.PROVINCE or parts:
            can_add = row.unit != Unit.PERCENT
            found.append((row, Handed(_range(row), tuple(map(_range, parts))) if can_add else None, parts))
    return found
