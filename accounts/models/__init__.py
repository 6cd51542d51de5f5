"""People, their roles and their areas."""

from accounts.models.people import OFFICERS, Assignment, Role, User
from accounts.models.privacy import (
    Consent,
    DataExport,
    DataRequest,
    Departure,
    OfficialName,
    RequestKind,
    RequestStatus,
)

__all__ = [
    "OFFICERS",
    "Assignment",
    "Consent",
    "DataExport",
    "DataRequest",
    "Departure",
    "OfficialName",
    "RequestKind",
    "RequestStatus",
    "Role",
    "User",
]
