"""People, their roles and their areas; invitations."""

from accounts.models.invitations import Invitation, InvitationStatus
from accounts.models.people import LEVELS, OFFICERS, WITHOUT_AREA, Assignment, Role, User

__all__ = [
    "LEVELS",
    "OFFICERS",
    "WITHOUT_AREA",
    "Assignment",
    "Invitation",
    "InvitationStatus",
    "Role",
    "User",
]
