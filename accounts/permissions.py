"""Who may: the gate every deed asks, and the questions about roles and areas that other apps build on."""

from django.core.exceptions import PermissionDenied

from accounts.models import GUARDED, LEVELS, WITHOUT_AREA, Role
from foundation import clock
from foundation.areas.models import AreaKind

# Who may give which roles; besides administrators only inside the units they serve.
GIVES = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PROVINCE_OFFICER: frozenset(
        {
            Role.DEPARTMENT_OFFICER,
            Role.DISTRICT_OFFICER,
            Role.COMMUNE_OFFICER,
            Role.COUNCIL_MEMBER,
            Role.PRODUCER,
        }
    ),
    Role.DISTRICT_OFFICER: frozenset({Role.COMMUNE_OFFICER, Role.COUNCIL_MEMBER, Role.PRODUCER}),
    Role.COMMUNE_OFFICER: frozenset({Role.PRODUCER}),
}


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


def may_read_trail(user):
    """Administrators; everybody else sees the story of a record on the record's own page."""
    return user.has_role(Role.ADMINISTRATOR)


def leads(user):
    """Managers and province officers: those who read the whole province."""
    return user.has_role(Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER)


def administers(user):
    """Keeps the portal's accounts."""
    return user.has_role(Role.ADMINISTRATOR)


def givable_roles(user):
    """The roles that this person may give to others, in the order of the list of roles."""
    given = frozenset().union(*(GIVES.get(charge.role, ()) for charge in user.standing))
    return [role for role in Role if role in given]


def may_give(user, role, area):
    """The role is one that an office of this person gives, and the unit lies inside the unit of that office."""
    above = {unit.pk for unit in area.chain} if area else set()
    return any(
        role in GIVES.get(charge.role, ())
        and (charge.role == Role.ADMINISTRATOR or role in WITHOUT_AREA or charge.area_id in above)
        for charge in user.standing
    )


def fits(role, area):
    """The unit is of the level that the role works at; roles without a unit take none."""
    return area is None if role in WITHOUT_AREA else area is not None and area.kind in LEVELS[role]


def may_see_people(user):
    """Those who may give a role, and those who lead, look people up."""
    return bool(givable_roles(user)) or leads(user)


def may_take_back(user, assignment):
    """Whoever might give that role takes it back; nobody takes the last administrator's own role from themselves."""
    own_key = assignment.user_id == user.pk and assignment.role == Role.ADMINISTRATOR
    return may_give(user, assignment.role, assignment.area) and not own_key


def may_retire(user, person):
    """Administrators hand over the work of others and close their accounts, never their own."""
    return administers(user) and person.pk != user.pk


def may_look_through(user, person):
    """Administrators look through the eyes of others, not of other administrators."""
    return (
        administers(user)
        and person.pk != user.pk
        and person.is_active
        and not person.has_role(Role.ADMINISTRATOR)
    )


def may_handle_requests(user):
    """Administrators answer what people ask about their data."""
    return user.has_role(Role.ADMINISTRATOR)


def may_handle_request(user, request):
    """An administrator, for an open request of somebody else."""
    return may_handle_requests(user) and request.is_open and request.person_id != user.pk


def may_read_letter(user, letter):
    """What is written in a letter: the addressee; administrators too, unless it opens a door."""
    return letter.person_id == user.pk or (user.has_role(Role.ADMINISTRATOR) and not letter.is_secret)


def may_resend(user, letter):
    """An administrator, a letter that was given up and whose text is still there."""
    return user.has_role(Role.ADMINISTRATOR) and letter.status == letter.Status.GIVEN_UP


def needs_second_factor(user):
    """Whoever judges, decides or administers in any of their roles, whichever is acted in; producers may."""
    return any(charge.role in GUARDED for charge in user.charges)


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


def may_import(user, importer):
    """Officers whose role the importer names; each row is then asked for its own unit."""
    return user.has_role(*importer.roles)
