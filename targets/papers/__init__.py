"""The progress report: its figures frozen, and the same figures as a printed paper and as a workbook."""

from targets.papers.figures import digest, frozen
from targets.papers.printed import printed
from targets.papers.workbook import workbook

__all__ = ["digest", "frozen", "printed", "workbook"]
