"""People, their roles and their areas."""

from accounts.models.people import GUARDED, OFFICERS, Assignment, Role, User
from accounts.models.resets import FactorReset, ResetStatus
from accounts.models.tries import Tries

__all__ = ["GUARDED", "OFFICERS", "Assignment", "FactorReset", "ResetStatus", "Role", "Tries", "User"]
