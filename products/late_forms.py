"""Checking what an officer types when a dossier is taken late."""

from django import forms

from foundation.ui.forms import DayField, PortalForm
from products import rules


class LateForm(PortalForm):
    """The last day of the exception, and why."""

    submit_label = "Cho nhận muộn"
    until = DayField(label="Nhận đến hết ngày")
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi vào nhật ký của hồ sơ.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"Dài nhất {rules.most_late_days()} ngày kể từ hôm nay."
