"""The rows of an import that stay outside, as a workbook that can be corrected and sent again."""

from accounts.models import ImportRow
from foundation.ui.exports import Sheet

REASON = "Lý do chưa nhập được"


def wrong_rows(run):
    """The file's own heads and cells as text, and the reason in the last column."""
    rows = ImportRow.objects.of(run).wrong().values_list("cells", "reason").iterator(chunk_size=500)
    width = len(run.heads)
    lines = ((*cells[:width], *[""] * (width - len(cells)), reason) for cells, reason in rows)
    heads = [head if head != REASON else "" for head in run.heads]
    return Sheet(f"dong-loi-{run.code.hex[:8]}", [*heads, REASON], lines)
