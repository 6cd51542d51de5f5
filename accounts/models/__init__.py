"""People, their roles and areas, and what belongs to each of them."""

from accounts.models.imports import (
    Fate,
    ImportMapping,
    ImportRow,
    ImportRun,
    ImportStatus,
)
from accounts.models.invitations import (
    Invitation,
    InvitationStatus,
)
from accounts.models.notices import (
    Letter,
    LetterKind,
    LetterStatus,
    MailWish,
    Notice,
    NoticeGroup,
    NoticeKind,
    NoticeSetting,
)
from accounts.models.people import (
    GUARDED,
    LEVELS,
    OFFICERS,
    WITHOUT_AREA,
    Assignment,
    Role,
    User,
)
from accounts.models.privacy import (
    Consent,
    DataExport,
    DataRequest,
    Departure,
    OfficialName,
    RequestKind,
    RequestStatus,
)
from accounts.models.resets import (
    FactorReset,
    ResetStatus,
)
from accounts.models.tries import (
    Tries,
)

__all__ = [
    "GUARDED",
    "LEVELS",
    "OFFICERS",
    "WITHOUT_AREA",
    "Assignment",
    "Consent",
    "DataExport",
    "DataRequest",
    "Departure",
    "FactorReset",
    "Fate",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "ImportStatus",
    "Invitation",
    "InvitationStatus",
    "Letter",
    "LetterKind",
    "LetterStatus",
    "MailWish",
    "Notice",
    "NoticeGroup",
    "NoticeKind",
    "NoticeSetting",
    "OfficialName",
    "RequestKind",
    "RequestStatus",
    "ResetStatus",
    "Role",
    "Tries",
    "User",
]
