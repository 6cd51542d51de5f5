"""Who may read the plan's figures, and who may ask for a report on which unit."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from foundation.areas.models import Area
from targets.models import REPORT_OWNERS, ReportStatus

READERS = (*sorted(OFFICERS), Role.MANAGER, Role.COUNCIL_MEMBER)
REPORTERS = (Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER, Role.DISTRICT_OFFICER)


def may_read_plan(user):
    """Officers of every level, managers and council members see the province's figures."""
    return user.has_role(*READERS)


def may_ask_report(user, area):
    """Those who lead the unit's programme: the province's for all of it, the district's for their own."""
    return any(serves(user, role, area) for role in REPORTERS)


def owns_report(user, report):
    """Those who lead the programme of the report's own unit; who stands above only reads it."""
    return any(serves(user, role, report.area) for role in REPORT_OWNERS.get(report.area.kind, ()))


def may_edit_report(user, report):
    """A draft: its own unit's leaders, or whoever asked for it and may still ask."""
    if report.status != ReportStatus.DRAFT:
        return False
    return owns_report(user, report) or (report.by_id == user.pk and may_ask_report(user, report.area))


def may_send_report(user, report):
    """A signed report of a period of a district: the district's own officers."""
    below = report.area.kind == "district" and report.period != ""
    return below and report.status == ReportStatus.SIGNED and owns_report(user, report)


def reportable(user, books):
    """The units on which this person may ask for a report: the plan's own, then its districts."""
    return [area for area in (books.plan.area, *books.districts) if may_ask_report(user, area)]


def own_areas(user):
    """Ids of the districts in which the person serves, by themselves or through one of their communes."""
    areas = Area.objects.same_as(user.areas_as(*READERS)).with_parents()
    return {unit.pk for area in areas for unit in area.chain if unit.kind == "district"}
