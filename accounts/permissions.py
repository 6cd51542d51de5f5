"""Who may: the gate every deed asks, and the questions about roles and areas that other apps build on."""

from django.core.exceptions import PermissionDenied

from accounts.models import GUARDED, Role


def require(allowed, message="Bạn không có quyền thực hiện việc này."):
    """Stop here unless the predicate said yes. Raises PermissionDenied, which the pages answer with 403."""
    if not allowed:
        raise PermissionDenied(message)


def serves(user, role, area):
    """The person holds the role today for a unit that is, or contains, this one."""
    if area is None:
        return False
    above = {unit.pk for unit in area.chain}
    return any(charge.role == role and charge.area_id in above for charge in user.charges)


def leads(user):
    """Managers and province officers: those who read the whole province."""
    return user.has_role(Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER)


def needs_second_factor(user):
    """Whoever judges, decides or administers; producers may."""
    return user.has_role(*GUARDED)


def may_end_sessions(user, person):
    """Administrators, for anybody but themselves: they have a page of their own."""
    return user.has_role(Role.ADMINISTRATOR) and user.pk != person.pk


def may_see_resets(user):
    """Those who can ask for or confirm that a lost second factor is taken away."""
    return user.has_role(Role.ADMINISTRATOR, Role.PROVINCE_OFFICER)


def may_ask_reset(user, person):
    """An administrator, for somebody else."""
    return user.has_role(Role.ADMINISTRATOR) and user.pk != person.pk


def may_decide_reset(user, reset):
    """Another administrator or a province officer, neither who asked nor whose factor it is."""
    return may_see_resets(user) and user.pk not in {reset.asked_by_id, reset.person_id}
