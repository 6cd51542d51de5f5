"""Who may: the gate every deed asks, and the questions about roles and areas that other apps build on."""

from django.core.exceptions import PermissionDenied

from accounts.models import Role


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


def may_handle_requests(user):
    """Administrators answer what people ask about their data."""
    return user.has_role(Role.ADMINISTRATOR)


def may_handle_request(user, request):
    """An administrator, for an open request of somebody else."""
    return may_handle_requests(user) and request.is_open and request.person_id != user.pk
