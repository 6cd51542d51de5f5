"""The progress report: its figures frozen, and the same figures as a printed paper, a Word file and a workbook."""

from targets.papers.differences import changes
from targets.papers.figures import PARTS, digest, frozen, plainly
from targets.papers.paper import FILES
from targets.papers.printed import printed, worded
from targets.papers.version import code_version
from targets.papers.wording import TITLES, paragraphs
from targets.papers.workbook import workbook

MAKERS = {"pdf": printed, "docx": worded, "xlsx": workbook}

__all__ = [
    "FILES",
    "MAKERS",
    "PARTS",
    "TITLES",
    "changes",
    "code_version",
    "digest",
    "frozen",
    "paragraphs",
    "plainly",
    "printed",
    "worded",
    "workbook",
]
