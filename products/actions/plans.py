"""Deeds on business plans (step 3 of the yearly cycle) and on carrying them out (step 4)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.trail.moves import move, write
from products import notices, permissions, planning
from products.models import BusinessPlan, FinanceLine, PlanMilestone, PlanPart, PlanStatus, Serial

MOST_LINES, MOST_MILESTONES = 100, 60  # a plan that one person still reads
CLOSED = "Phương án đã gửi nên không sửa được nữa."


class StalePart(ValidationError):
    """Somebody saved this section in between; ``newer`` is what stands there now."""

    def __init__(self, newer):
        super().__init__("Phần này vừa được lưu ở nơi khác. Hãy so với bản mới bên dưới rồi lưu lại.")
        self.newer = newer


@transaction.atomic
def open_plan(product, *, by):
    """Begin the plan of a product for this year."""
    require(permissions.may_open_plan(by, product))
    year = clock.today().year
    plan = BusinessPlan(
        code=f"pa-{year}-{Serial.objects.take(f'plan-{year}'):04}",
        product=product,
        year=year,
        created_by=by,
        is_demo=product.is_demo,
    )
    plan.validate_constraints()
    plan.save()
    write(plan, "Lập phương án", by=by, new=PlanStatus.DRAFT)
    return plan


@transaction.atomic
def write_part(plan, *, by, section, text, version):
    """Save one section; ``version`` is the one that the writer saw (0: none yet). Empty takes the section away."""
    plan = _in_hand(plan, by)
    if section not in planning.sections():
        raise ValidationError("Phương án không có phần này.")
    part = plan.parts.filter(section=section).first()
    if (part.version if part else 0) != version and (part.text if part else "") != text:
        raise StalePart(part)
    if not text:
        plan.parts.filter(section=section).delete()
        return None
    part = part or PlanPart(plan=plan, section=section, version=0)
    part.text, part.version = text, part.version + 1
    part.save()
    return part


@transaction.atomic
def add_line(plan, *, by, **facts):
    """Add a line to the finance table."""
    plan = _in_hand(plan, by)
    if plan.lines.count() >= MOST_LINES:
        raise ValidationError(f"Bảng tài chính có nhiều nhất {MOST_LINES} dòng. Hãy gộp các khoản nhỏ.")
    return _kept(FinanceLine(plan=plan, **facts))


@transaction.atomic
def revise_line(line, *, by, **facts):
    """Change a line."""
    _in_hand(line.plan, by)
    for name, value in facts.items():
        setattr(line, name, value)
    return _kept(line)


@transaction.atomic
def remove_line(line, *, by):
    """Take a line out."""
    _in_hand(line.plan, by)
    line.delete()


def _kept(row):
    """Saved, if the table allows it."""
    row.validate_constraints()
    row.save()
    return row


@transaction.atomic
def add_milestone(plan, *, by, title, due_on):
    """Add something to be reached by a day; also while the plan is carried out."""
    plan = _locked(plan)
    require(permissions.may_plan_milestones(by, plan), CLOSED)
    if plan.milestones.count() >= MOST_MILESTONES:
        raise ValidationError(f"Phương án có nhiều nhất {MOST_MILESTONES} mốc.")
    milestone = PlanMilestone.objects.create(plan=plan, title=title, due_on=due_on)
    if plan.is_carried_out:
        write(plan, "Thêm mốc thực hiện", by=by, note=f"{title}, hạn {due_on:%d/%m/%Y}")
    return milestone


@transaction.atomic
def remove_milestone(milestone, *, by):
    """Take a milestone out of a plan that was not sent yet."""
    _in_hand(milestone.plan, by)
    milestone.delete()


@transaction.atomic
def track_milestone(milestone, *, by, done_on, note):
    """Say that a milestone was reached and how; without a day: that it was not, after all."""
    plan = _locked(milestone.plan)
    require(permissions.may_track(by, plan), "Chỉ ghi tiến độ khi phương án đang thực hiện.")
    if done_on and done_on > clock.today():
        raise ValidationError({"done_on": "Ngày xong không được sau hôm nay."})
    milestone.done_on, milestone.note = done_on, note
    milestone.save(update_fields=["done_on", "note"])
    said = f"xong ngày {done_on:%d/%m/%Y}" if done_on else "chưa xong"
    write(plan, "Ghi tiến độ", by=by, note=f"{milestone.title}: {said}. {note}".strip())


@transaction.atomic
def submit_plan(plan, *, by):
    """Send the plan to the district."""
    plan = _in_hand(plan, by)
    if missing := plan.missing():
        raise ValidationError(f"Phương án còn thiếu: {'; '.join(missing)}.")
    move(plan, PlanStatus.SUBMITTED, by=by, submitted_on=clock.today())
    notices.plan_submitted(plan, by=by)


@transaction.atomic
def return_plan(plan, *, by, note):
    """The district sends the plan back and says what is missing."""
    require(permissions.may_check_plan(by, plan))
    move(plan, PlanStatus.RETURNED, by=by, note=note)
    notices.plan_returned(plan, by=by)


@transaction.atomic
def approve_plan(plan, *, by):
    """The district agrees: from now on the plan is carried out and tracked."""
    require(permissions.may_check_plan(by, plan))
    move(plan, PlanStatus.APPROVED, by=by, approved_on=clock.today())
    notices.plan_approved(plan, by=by)


@transaction.atomic
def finish_plan(plan, *, by):
    """All milestones are reached."""
    plan = _locked(plan)
    require(permissions.may_track(by, plan))
    if open_ones := plan.milestones.filter(done_on=None).count():
        raise ValidationError(f"Còn {open_ones} mốc chưa ghi ngày xong.")
    move(plan, PlanStatus.FINISHED, by=by)


@transaction.atomic
def stop_plan(plan, *, by, note):
    """The producer gives the plan up and says why."""
    plan = _locked(plan)
    require(permissions.may_stop_plan(by, plan))
    move(plan, PlanStatus.STOPPED, by=by, note=note)


def _locked(plan):
    """The plan as it stands now."""
    rows = BusinessPlan.objects.select_for_update(of=("self",))
    return rows.select_related("product__entity", "product__area").get(pk=plan.pk)


def _in_hand(plan, by):
    """The plan, locked, if this person may still write it."""
    plan = _locked(plan)
    require(permissions.may_write_plan(by, plan), CLOSED)
    return plan


def this_year():
    """The year that a plan begun today is for."""
    return clock.today().year
