"""Tasks of a plan, and what was reported on them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import Role
from targets.models import FactChange, PlanTask, TaskReport, TaskStatus
from tests.factories.accounts import UserFactory
from tests.factories.targets import YearPlanFactory


class PlanTaskFactory(DjangoModelFactory):
    """A department's task of the year, not begun."""

    class Meta:
        model = PlanTask

    code = factory.Sequence(lambda n: f"nv-{n}")
    plan = factory.SubFactory(YearPlanFactory)
    content = factory.Sequence(lambda n: f"Tập huấn chủ thể, đợt {n}")
    lead = "Sở Công Thương"
    lead_role = Role.DEPARTMENT_OFFICER
    area = factory.SelfAttribute("plan.area")
    helpers = "UBND các huyện"
    starts_on = dt.date(2024, 3, 1)
    due_on = dt.date(2024, 9, 30)


class TaskReportFactory(DjangoModelFactory):
    """Work has begun."""

    class Meta:
        model = TaskReport

    code = factory.Sequence(lambda n: f"bcnv-{n}")
    task = factory.SubFactory(PlanTaskFactory)
    day = dt.date(2024, 5, 2)
    status = TaskStatus.DOING
    note = "Đã mở hai lớp."
    by = factory.SubFactory(UserFactory)


class FactChangeFactory(DjangoModelFactory):
    """A row of ratings was written; only the database makes such rows outside of tests."""

    class Meta:
        model = FactChange

    table = "products_rating"
    key = factory.Sequence(lambda n: n)
    at = factory.LazyFunction(lambda: dt.datetime(2024, 10, 1, tzinfo=dt.UTC))
