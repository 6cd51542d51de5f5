"""Who may read the plan's figures, and who may ask for a report on which unit."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from foundation.areas.models import Area, AreaKind
from targets.models.tasks import LEADING

READERS = (*sorted(OFFICERS), Role.MANAGER, Role.COUNCIL_MEMBER)
REPORTERS = (Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER, Role.DISTRICT_OFFICER)


def may_read_plan(user):
    """Officers of every level, managers and council members see the province's figures."""
    return user.has_role(*READERS)


def may_ask_report(user, area):
    """Those who lead the unit's programme: the province's for all of it, the district's for their own."""
    return any(serves(user, role, area) for role in REPORTERS)


def may_keep_plans(user):
    """The province's office keeps the plan and its tasks, and its managers."""
    return user.has_role(Role.PROVINCE_OFFICER, Role.MANAGER)


def may_set_some(user):
    """Whether there can be a unit for which this person sets targets."""
    return may_keep_plans(user) or user.has_role(Role.DISTRICT_OFFICER)


def may_set_target(user, plan, area):
    """The province's office for the whole and its districts; a district's officer for the communes below."""
    if may_keep_plans(user):
        return True
    return area.kind == AreaKind.COMMUNE and serves(user, Role.DISTRICT_OFFICER, area)


def may_report_task(user, task):
    """Whoever follows it by name; where nobody is named, the office that leads it; the keepers of the plan always."""
    if may_keep_plans(user) or task.owner_id == user.pk:
        return True
    if task.owner_id is not None or task.lead_role not in LEADING:
        return False
    return (task.lead_role, task.area_id) in user.seats_today


def reportable(user, books):
    """The units on which this person may ask for a report: the plan's own, then its districts."""
    return [area for area in (books.plan.area, *books.districts) if may_ask_report(user, area)]


def own_areas(user):
    """Ids of the districts in which the person serves, by themselves or through one of their communes."""
    areas = Area.objects.same_as(user.areas_as(*READERS)).with_parents()
    return {unit.pk for area in areas for unit in area.chain if unit.kind == "district"}
