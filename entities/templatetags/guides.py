"""A link to guidance, for the forms where it helps: {% guide "bao-bi-nhan" %}. Asks nothing of the database."""

from django import template

from entities.topics import topics

register = template.Library()


@register.inclusion_tag("entities/guides/_link.html")
def guide(*codes):
    """The pages of these topics; a topic that the plan does not list is a mistake of ours."""
    return {"topics": [topics()[code] for code in codes]}
