"""Which day to look at, and which report to write."""

from django import forms

from foundation import clock
from foundation.ui.forms import PortalForm
from targets.models import Indicator

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DayForm(forms.Form):
    """The day whose figures are shown; an unreadable one is today."""

    ngay = forms.DateField(label="Số liệu đến hết ngày", required=False, widget=DAY)

    @property
    def day(self):
        """The chosen day."""
        self.is_valid()
        return self.cleaned_data.get("ngay") or clock.today()


class ReportForm(PortalForm):
    """The unit and the day of a report. ``areas`` are those the person may ask for."""

    submit_label = "Lập báo cáo"

    area = forms.ChoiceField(label="Địa bàn")
    as_of = forms.DateField(
        label="Số liệu đến hết ngày",
        widget=DAY,
        help_text="Số liệu được đóng băng: mở lại sau này báo cáo vẫn như khi lập.",
    )

    def __init__(self, data=None, *, areas, **kwargs):
        super().__init__(data, **kwargs)
        self.areas = {area.code: area for area in areas}
        self.fields["area"].choices = [(area.code, area.full_name) for area in areas]
        self.fields["as_of"].initial = clock.today()

    def clean_area(self):
        return self.areas[self.cleaned_data["area"]]


def indicator_of(slug):
    """The indicator behind the word in an address, or None."""
    return next((indicator for indicator in Indicator if indicator.slug == slug), None)
