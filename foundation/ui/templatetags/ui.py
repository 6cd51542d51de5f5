"""How dates, numbers, money, stars and states are written everywhere."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from foundation import clock
from foundation.ui.figures import band
from foundation.ui.icons import ICONS
from foundation.ui.languages import ENGLISH

register = template.Library()

MILLION, BILLION = Decimal(10) ** 6, Decimal(10) ** 9
STAR = "M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5L12 17.5l-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9Z"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TONES = {"neutral", "info", "good", "attention", "danger", "gold"}


# ---------------------------------------------------------------- dates and times
def local(value):
    """A moment in the portal's time zone; plain dates as they are."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def day(value):
    """15/10/2024, on English pages 15 Oct 2024; nothing for nothing."""
    if not isinstance(value, dt.date):
        return ""
    date = local(value)
    if get_language() == ENGLISH:
        return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
    return date.strftime("%d/%m/%Y")


@register.filter
def moment(value):
    """15/10/2024 14:03."""
    return local(value).strftime("%d/%m/%Y %H:%M") if isinstance(value, dt.datetime) else day(value)


@register.filter
def hour(value):
    """14:03:22."""
    return local(value).strftime("%H:%M:%S") if isinstance(value, dt.datetime | dt.time) else ""


@register.filter
def ago(value):
    """Whole days between a date and today, in words: hôm nay, hôm qua, 3 ngày trước, còn 12 ngày."""
    if not isinstance(value, dt.date):
        return ""
    date = local(value).date() if isinstance(value, dt.datetime) else value
    days = (clock.today() - date).days
    if days == 0:
        return "hôm nay"
    if abs(days) == 1:
        return "hôm qua" if days > 0 else "ngày mai"
    return f"{days} ngày trước" if days > 0 else f"còn {-days} ngày"


# ---------------------------------------------------------------- numbers
def decimal(value):
    """The value as a Decimal, or None."""
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def written(number, places):
    """1.234,5 (in English 1,234.5) with at most so many places, without trailing zeros."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    if get_language() == ENGLISH:
        return text.replace("-", "\u2212", 1)
    return text.replace(",", "\u0000").replace(".", ",").replace("\u0000", ".").replace("-", "\u2212", 1)


@register.filter
def number(value, places=2):
    """1.234,5; nothing for nothing."""
    exact = decimal(value)
    return "" if exact is None else written(exact, int(places))


@register.filter
def percent(value, places=1):
    """42,5%; the value is in hundredths already."""
    text = number(value, places)
    return f"{text}%" if text else ""


@register.filter
def money(value):
    """950.000 đồng, 12,5 triệu đồng, 1,2 tỷ đồng."""
    exact = decimal(value)
    if exact is None:
        return ""
    if abs(exact) >= BILLION:
        return f"{written(exact / BILLION, 2)} tỷ đồng"
    if abs(exact) >= MILLION:
        return f"{written(exact / MILLION, 2)} triệu đồng"
    return f"{written(exact, 0)} đồng"


@register.filter
def money_full(value):
    """12.500.000 đồng, to the last đồng."""
    exact = decimal(value)
    return "" if exact is None else f"{written(exact, 0)} đồng"


@register.filter
def size(value):
    """A file's size: 812 KB, 3,4 MB."""
    exact = decimal(value)
    if exact is None:
        return ""
    if exact >= 1024 * 1024:
        return f"{written(exact / (1024 * 1024), 1)} MB"
    return f"{written(max(exact / 1024, Decimal(1)), 0)} KB"


# ---------------------------------------------------------------- marks
@register.simple_tag
def icon(name):
    """One of our icons; it decorates, the words beside it speak."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.inclusion_tag("components/stars.html")
def stars(count):
    """A rating as stars; nothing lit while unrated."""
    count = int(count or 0)
    return {
        "count": count,
        "marks": [position <= count for position in range(1, 6)],
        "shape": STAR,
    }


@register.inclusion_tag("components/status_pill.html")
def status_pill(record, field="status"):
    """A record's state as one word; ``record.PILLS`` may give the tone of each state."""
    value = getattr(record, field)
    tone = getattr(record, "PILLS", {}).get(value, "neutral")
    return {
        "label": getattr(record, f"get_{field}_display")(),
        "tone": tone if tone in TONES else "neutral",
    }


@register.inclusion_tag("components/figure_range.html")
def figure_range(
    label,
    low=None,
    high=None,
    done=None,
    expected=None,
    forecast_low=None,
    forecast_high=None,
    unit="",
):
    """A target's range, what is done, what is expected by today, and the forecast, on one line."""
    known = {"low": low, "high": high, "done": done, "expected": expected}
    forecast = {"forecast_low": forecast_low, "forecast_high": forecast_high}
    return {
        "label": label,
        "unit": unit,
        **known,
        **forecast,
        "band": band(**known, **forecast),
    }


@register.inclusion_tag("components/photo.html")
def photo(src, alt, group=0, eager=False):
    """A product's photo, or a quiet pattern by its group while there is none."""
    return {
        "src": src,
        "alt": alt,
        "tone": sum(map(ord, str(group))) % 6,
        "eager": eager,
    }


# ---------------------------------------------------------------- pages
@register.simple_tag(takes_context=True)
def again(context, name):
    """The text of a block that stands elsewhere on the page, without markup: for <title>."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    # Rendered output is escaped already, and dropping tags from it keeps it so.
    return mark_safe(" ".join(strip_tags(block.render(context)).split())) if block else ""


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context, word, label):
    """A column's head that sorts by ``word``, and by ``-word`` on the second click, where the filter knows
    them.
    """
    filter_form = context.get("filter")
    current = filter_form.sort if filter_form else ""
    known = getattr(filter_form, "SORTS", {})
    turned = f"-{word}" if current == word and f"-{word}" in known else word
    direction = {word: "ascending", f"-{word}": "descending"}.get(current, "")
    address = context["request"].GET.copy()
    address.pop("trang", None)
    address["sx"] = turned
    return {
        "label": label,
        "href": f"?{address.urlencode()}" if word in known else "",
        "direction": direction,
    }
