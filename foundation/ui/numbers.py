"""Numbers as people in Việt Nam type them: 1.000,5 — dots between thousands, a comma before the fraction.

What may be read in two ways (1,000) or is written the English way (1,000.5) is sent back with a question and never
guessed. A dot that cannot stand between thousands (12.5) is a comma typed on another keyboard.
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

GAP = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
GROUPED = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?")
TWO_READINGS = re.compile(r"(-?[1-9]\d{0,2}),(\d{3})")
LIKE_A_NUMBER = re.compile(r"-?[\d.,]*\d[\d.,]*")
SWAPPED = str.maketrans(",.", ".,")
WHICH = (
    "Không rõ “{typed}” là {thousands} hay {fraction}. "
    "Hãy ghi lại: dấu chấm giữa các nghìn, dấu phẩy trước phần lẻ."
)
OTHERWISE = "Hãy ghi dấu chấm giữa các nghìn, dấu phẩy trước phần lẻ, ví dụ 1.000,5."


def read(typed):
    """The number in plain digits (1000.5); what is no number as it is. Raises ValidationError on a doubtful one."""
    text = GAP.sub("", typed.strip().replace("\N{MINUS SIGN}", "-"))
    if both := TWO_READINGS.fullmatch(text):
        thousands = f"{both[1]}.{both[2]}"
        fraction = shown(Decimal(thousands))
        raise ValidationError(
            WHICH.format(typed=text, thousands=thousands, fraction=fraction), code="two_readings"
        )
    if found := GROUPED.fullmatch(text) or PLAIN.fullmatch(text):
        return found[1].replace(".", "") + (f".{found[2]}" if found[2] else "")
    if LIKE_A_NUMBER.fullmatch(text):
        raise ValidationError(OTHERWISE, code="separators")
    return text


def shown(number):
    """A number as it stands in a field that is filled in again, read as the same: 1.000,5; other things as they are."""
    if not isinstance(number, int | Decimal):
        return number
    digits = f"{Decimal(number):,f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).translate(SWAPPED)


class Typed:
    """What both fields have in common: one way to read, one to show, and a keyboard of digits on telephones.

    A browser's own number field would read by the language of the browser, before we see what was typed.
    """

    widget = forms.TextInput
    keyboard = "decimal"

    def to_python(self, value):
        """The number that was typed."""
        return super().to_python(read(value) if isinstance(value, str) else value)

    def prepare_value(self, value):
        """What was typed stays as it was typed."""
        return shown(value)

    def widget_attrs(self, widget):
        """For telephones."""
        return {**super().widget_attrs(widget), "inputmode": self.keyboard, "autocomplete": "off"}


class NumberField(Typed, forms.DecimalField):
    """A number with at most two decimals."""


class WholeField(Typed, forms.IntegerField):
    """A whole number; 1.000 is one thousand."""

    keyboard = "numeric"
