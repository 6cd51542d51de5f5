"""Markdown in templates: {{ version.body|markdown }}."""

from django import template
from django.utils.safestring import mark_safe

from foundation.ui.markdown import rendered

register = template.Library()


@register.filter
def markdown(text):
    """The text as harmless HTML."""
    return mark_safe(rendered(text or ""))  # sieved twice by foundation.ui.markdown
