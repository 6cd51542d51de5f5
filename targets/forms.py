"""Which day to look at, and which report to write."""

from django import forms

from foundation import clock
from foundation.ui.forms import PortalForm
from foundation.ui.wording import say_it_plainly
from targets import papers, periods, timetable
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
    """The unit and the period or the day of a report. ``areas`` are those the person may ask for."""

    submit_label = "Lập báo cáo"

    area = forms.ChoiceField(label="Địa bàn")
    period = forms.ChoiceField(
        label="Kỳ báo cáo", required=False, help_text="Mỗi kỳ của một địa bàn chỉ có một báo cáo."
    )
    as_of = forms.DateField(
        label="Số liệu đến hết ngày",
        required=False,
        widget=DAY,
        help_text="Khi không chọn kỳ. Số liệu được đóng băng: mở lại sau này báo cáo vẫn như khi lập.",
    )

    def __init__(self, data=None, *, areas, year, **kwargs):
        super().__init__(data, **kwargs)
        ended = timetable.offered("province", year, clock.today())
        known = [(period.slug, period.label[0].upper() + period.label[1:]) for period in ended]
        self.fields["period"].choices = [("", "Theo ngày"), *known]
        self.areas = {area.code: area for area in areas}
        self.fields["area"].choices = [(area.code, area.full_name) for area in areas]
        self.fields["as_of"].initial = clock.today()

    def clean_area(self):
        return self.areas[self.cleaned_data["area"]]

    def clean_period(self):
        return periods.parse(self.cleaned_data["period"])


class TextsForm(PortalForm):
    """The words of a report, one field for each part."""

    submit_label = "Lưu lời văn"

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, report, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["edition"].initial = report.edition
        self.parts = report.texts or papers.paragraphs(report.figures)
        for part in self.parts:
            lines = forms.Textarea(attrs={"rows": 4})
            field = forms.CharField(label=part["title"], required=False, max_length=6000, widget=lines)
            field.initial = part["text"]
            say_it_plainly(field)
            self.fields[part["key"]] = field

    @property
    def texts(self):
        """What was written, by part."""
        return {part["key"]: self.cleaned_data[part["key"]] for part in self.parts}


class SigningForm(PortalForm):
    """What stands on a report that was signed outside the portal."""

    submit_label = "Ghi đã ký"

    number = forms.CharField(label="Số, ký hiệu", max_length=40, help_text="Ví dụ: 125/BC-UBND.")
    signed_on = forms.DateField(label="Ngày ký", widget=DAY)
    signer = forms.CharField(label="Người ký", max_length=120)
    signer_role = forms.CharField(label="Chức vụ người ký", max_length=120)


def indicator_of(slug):
    """The indicator behind the word in an address, or None."""
    return next((indicator for indicator in Indicator if indicator.slug == slug), None)
