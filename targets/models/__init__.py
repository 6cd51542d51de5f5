"""Plans, targets, balances, tasks, changes of facts, reports; by noun."""

from targets.models.changes import FactChange
from targets.models.indicators import INDICATOR_SLUGS, Indicator, Kind, Unit
from targets.models.plans import OpeningBalance, Remark, RemarkKind, Target, YearPlan
from targets.models.reports import ProgressReport
from targets.models.tasks import PlanTask, TaskReport, TaskStatus

__all__ = [
    "INDICATOR_SLUGS",
    "FactChange",
    "Indicator",
    "Kind",
    "OpeningBalance",
    "PlanTask",
    "ProgressReport",
    "Remark",
    "RemarkKind",
    "Target",
    "TaskReport",
    "TaskStatus",
    "Unit",
    "YearPlan",
]
