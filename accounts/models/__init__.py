"""People, their roles and their areas; what they are told."""

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
from accounts.models.people import OFFICERS, Assignment, Role, User

__all__ = [
    "OFFICERS",
    "Assignment",
    "Letter",
    "LetterKind",
    "LetterStatus",
    "MailWish",
    "Notice",
    "NoticeGroup",
    "NoticeKind",
    "NoticeSetting",
    "Role",
    "User",
]
