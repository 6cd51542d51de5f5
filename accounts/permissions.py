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


def may_read_letter(user, letter):
    """What is written in a letter: the addressee; administrators too, unless it opens a door."""
    return letter.person_id == user.pk or (user.has_role(Role.ADMINISTRATOR) and not letter.is_secret)


def may_resend(user, letter):
    """An administrator, a letter that was given up and whose text is still there."""
    return user.has_role(Role.ADMINISTRATOR) and letter.status == letter.Status.GIVEN_UP
