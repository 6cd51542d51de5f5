"""Tasks of the plan: what it orders departments, districts and communes to do, and what they report on it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.models.facts import Proven, new_code
from foundation import clock
from foundation.areas.models import Area
from targets.models.indicators import Indicator
from targets.models.plans import YearPlan

LEADING = (Role.DEPARTMENT_OFFICER, Role.PROVINCE_OFFICER, Role.DISTRICT_OFFICER, Role.COMMUNE_OFFICER)


class TaskStatus(models.TextChoices):
    """Where a task stands."""

    NOT_BEGUN = "not_begun", "Chưa thực hiện"
    DOING = "doing", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    DROPPED = "dropped", "Không thực hiện nữa"


OPEN = (TaskStatus.NOT_BEGUN, TaskStatus.DOING)


class PlanTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plan is read by officers of every level, managers and council members."""
        return self.all() if user.has_role(*OFFICERS, Role.MANAGER, Role.COUNCIL_MEMBER) else self.none()

    def of_plan(self, plan):
        """The tasks of one plan."""
        return self.filter(plan=plan)

    def led_in(self, areas):
        """Tasks that offices of these units lead."""
        return self.filter(area__in=areas)

    def open_on(self, day):
        """Begun by the plan and neither done nor dropped by the end of that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), starts_on__lte=day)

    def overdue_on(self, day):
        """Open on that day though the time set for them was over before it."""
        return self.open_on(day).filter(due_on__lt=day)

    def kept_by(self, user):
        """Open tasks that are this person's by name, or by the office where nobody is named."""
        return self.filter(_held_by(user), status__in=OPEN)

    def waiting_for(self, user):
        """Of these the ones whose time has begun, or is over."""
        return self.visible_to(user).kept_by(user).filter(starts_on__lte=clock.today())

    def for_list(self):
        """The most urgent first."""
        return self.select_related("plan", "area__parent__parent", "owner").order_by(
            "due_on", "position", "pk"
        )


def _held_by(user):
    """A condition on tasks: named, or led by an office in which the person sits."""
    held = Q(owner=user)
    for role in LEADING:
        if areas := user.areas_as(role):
            held |= Q(owner=None, lead_role=role, area__in=areas)
    return held


class PlanTask(models.Model):
    """One task: what, who leads, who helps, from when until when, which target it serves.

    ``lead`` and ``helpers`` are offices in the words of the plan; ``lead_role`` and ``area`` tell whose desk it is on
    while no ``owner`` is named.
    """

    Status = TaskStatus
    MOVES = {
        TaskStatus.NOT_BEGUN: {TaskStatus.DOING, TaskStatus.DONE, TaskStatus.DROPPED},
        TaskStatus.DOING: {TaskStatus.DONE, TaskStatus.DROPPED},
        TaskStatus.DONE: {TaskStatus.DOING},
    }
    PILLS = {
        TaskStatus.NOT_BEGUN: "neutral",
        TaskStatus.DOING: "info",
        TaskStatus.DONE: "good",
        TaskStatus.DROPPED: "neutral",
    }

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="tasks", verbose_name="kế hoạch")
    content = models.TextField("nội dung", max_length=2000)
    lead = models.CharField("đơn vị chủ trì", max_length=160)
    lead_role = models.CharField(
        "cấp chủ trì", max_length=20, choices=[(role.value, role.label) for role in LEADING]
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="địa bàn chủ trì")
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người theo dõi",
    )
    helpers = models.CharField("đơn vị phối hợp", max_length=400, blank=True)
    starts_on = models.DateField("từ ngày")
    due_on = models.DateField("đến hết ngày")
    indicator = models.CharField("phục vụ chỉ tiêu", max_length=30, choices=Indicator, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=TaskStatus, default=TaskStatus.NOT_BEGUN, db_index=True
    )
    ended_on = models.DateField("ngày kết thúc", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ của kế hoạch"
        verbose_name_plural = "nhiệm vụ của kế hoạch"
        ordering = ["due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_runs_forward",
                condition=Q(due_on__gte=F("starts_on")),
                violation_error_message="Hạn không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="task_ended_or_open",
                condition=Q(status__in=OPEN, ended_on=None)
                | (~Q(status__in=OPEN) & Q(ended_on__isnull=False)),
                violation_error_message="Nhiệm vụ kết thúc phải có ngày, nhiệm vụ đang mở thì không.",
            ),
        ]

    def __str__(self):
        return self.content if len(self.content) <= 90 else f"{self.content[:89]}…"

    def get_absolute_url(self):
        return reverse("targets:task", args=[self.code])

    @property
    def is_overdue(self):
        """Its time is over today and it is still open."""
        return self.overdue_on(clock.today())

    def overdue_on(self, day):
        """Its time was over before that day, and it was not ended by then."""
        return self.due_on < day and (self.ended_on is None or self.ended_on > day)

    @property
    def indicator_name(self):
        """The target it serves, in words; empty when the plan names none."""
        return self.get_indicator_display() if self.indicator else ""


class TaskReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may read the task."""
        return self.filter(task__in=PlanTask.objects.visible_to(user))

    def for_list(self):
        """The newest first."""
        return self.select_related("task__plan", "by").order_by("-day", "-pk")


class TaskReport(Proven):
    """What an owner said of a task on a day: its state, a note, evidence. Later ones add, none replaces another."""

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    task = models.ForeignKey(PlanTask, models.PROTECT, related_name="reports", verbose_name="nhiệm vụ")
    day = models.DateField("ngày")
    status = models.CharField("trạng thái", max_length=10, choices=TaskStatus)
    note = models.TextField("kết quả", max_length=2000)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người báo cáo")

    objects = TaskReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo nhiệm vụ"
        verbose_name_plural = "báo cáo nhiệm vụ"
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.get_status_display()} ({self.day:%d/%m/%Y})"

    def get_absolute_url(self):
        return self.task.get_absolute_url()
