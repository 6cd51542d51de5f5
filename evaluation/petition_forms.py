"""Checking petitions and their answers."""

from django import forms

from evaluation.models import PetitionOutcome
from foundation.ui.forms import PortalForm


class PetitionForm(PortalForm):
    """What the producer does not agree with."""

    submit_label = "Gửi kiến nghị"
    text = forms.CharField(
        label="Nội dung kiến nghị",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Tiêu chí hoặc kết luận nào chưa đúng, vì sao, minh chứng nào trong hồ sơ.",
    )


class AnswerForm(PortalForm):
    """What was decided."""

    submit_label = "Ghi trả lời"
    outcome = forms.ChoiceField(label="Kết quả", choices=PetitionOutcome, widget=forms.RadioSelect)
    answer = forms.CharField(label="Trả lời", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
