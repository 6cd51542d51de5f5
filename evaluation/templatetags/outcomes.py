"""How sure the portal is of a provision of the law, in words (foundation/regimes/process.py)."""

from django import template

register = template.Library()
WORDS = {
    "seen": "đọc thấy trong nguồn",
    "seen_part": "đọc thấy một phần",
    "derived": "suy ra từ nguồn",
    "recalled": "nhớ lại, chưa đối chiếu được",
    "not_found": "không tìm thấy",
}


@register.filter
def sureness(mark):
    """The mark of a provision in words."""
    return WORDS[mark]
