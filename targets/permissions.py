"""Who may read the plan's figures, and who may ask for a report on which unit."""

from accounts.models import OFFICERS, Role
from accounts.permissions import serves
from foundation.areas.models import Area

READERS = (*sorted(OFFICERS), Role.MANAGER, Role.COUNCIL_MEMBER)
REPORTERS = (Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER, Role.DISTRICT_OFFICER)


def may_read_plan(user):
    """Officers of every level, managers and council members see the province's figures."""
    return user.has_role(*READERS)


def may_ask_report(user, area):
    """Those who lead the unit's programme: the province's for all of it, the district's for their own."""
    return any(serves(user, role, area) for role in REPORTERS)


def reportable(user, books):
    """The units on which this person may ask for a report: the plan's own, then its districts."""
    return [area for area in (books.plan.area, *books.districts) if may_ask_report(user, area)]


def own_areas(user):
    """Ids of the districts in which the person serves, by themselves or through one of their communes."""
    areas = Area.objects.same_as(user.areas_as(*READERS)).with_parents()
    return {unit.pk for area in areas for unit in area.chain if unit.kind == "district"}
