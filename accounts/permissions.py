"""Who may: the gate every deed asks, and the questions about roles and areas that other apps build on."""

from django.core.exceptions import PermissionDenied

from accounts.models import Role
from foundation import clock
from foundation.areas.models import AreaKind


def require(allowed, message="Bạn không có quyền thực hiện việc này."):
    """Stop here unless the predicate said yes. Raises PermissionDenied, which the pages answer with 403."""
    if not allowed:
        raise PermissionDenied(message)


def serves(user, role, where):
    """The person holds the role today for a unit that is, or contains, the place of this record or unit today."""
    if where is None or not user.has_role(role):
        return False
    unit = where.place_on(clock.today()).unit
    return unit is not None and any((role, above.pk) in user.seats_today for above in unit.chain)


def serves_above_commune(user, where):
    """The officer of the office above the commune where this is today: the district's, else the province's."""
    if serves(user, Role.DISTRICT_OFFICER, where):
        return True
    if not serves(user, Role.PROVINCE_OFFICER, where):
        return False
    return where.place_on(clock.today()).unit.part(AreaKind.DISTRICT) is None


def may_see_placements(user):
    """Officers of districts and provinces, and administrators, look after records that wait for a unit."""
    return user.has_role(Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER, Role.ADMINISTRATOR)


def may_place(user, record):
    """A district's or the province's officer of the unit where the record is today, or an administrator."""
    return (
        user.has_role(Role.ADMINISTRATOR)
        or serves(user, Role.DISTRICT_OFFICER, record)
        or serves(user, Role.PROVINCE_OFFICER, record)
    )


def leads(user):
    """Managers and province officers: those who read the whole province."""
    return user.has_role(Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER)
