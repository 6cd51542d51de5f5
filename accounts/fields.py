"""A field for an administrative unit, in any form."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from foundation import clock
from foundation.areas.models import Area

KEY = re.compile(r"[0-9]{1,9}")
OTHER_PERIOD = "{unit} chỉ tồn tại {period}. Hãy chọn đơn vị tồn tại vào ngày {day:%d/%m/%Y}."
ELSEWHERE = "{unit} không nằm trong các đơn vị được chọn ở đây. Hãy chọn một đơn vị trong danh sách."


class AreaField(forms.ModelChoiceField):
    """One unit of those offered, as they stand on ``day`` (today when not said).

    With scripts the list becomes a search that forgives missing marks (static/js/areas.js); without them it stays.
    """

    def __init__(self, queryset, *, day=None, **kwargs):
        self.day = day
        super().__init__(queryset, **kwargs)

    def widget_attrs(self, widget):
        day = {"data-day": self.day.isoformat()} if self.day else {}  # a form class outlives the day
        return {**super().widget_attrs(widget), "data-areas": reverse_lazy("accounts:area_search"), **day}

    def label_from_instance(self, obj):
        """Phường Hà Nam, Tỉnh Ninh Bình."""
        return f"{obj}, {obj.parent}" if obj.parent else str(obj)

    def to_python(self, value):
        """A unit that is not offered is refused in words: it is of another period, or lies elsewhere."""
        try:
            return super().to_python(value)
        except ValidationError:
            unit = Area.objects.filter(pk=value).first() if KEY.fullmatch(str(value)) else None
            if unit is None:
                raise
        day = self.day or clock.today()
        text = ELSEWHERE if unit.lives_on(day) else OTHER_PERIOD
        raise ValidationError(text.format(unit=unit, period=unit.period, day=day), code="other_unit")
