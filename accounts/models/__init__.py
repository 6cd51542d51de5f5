"""People, their roles and their areas."""

from accounts.models.people import OFFICERS, Assignment, Role, User

__all__ = ["OFFICERS", "Assignment", "Role", "User"]
