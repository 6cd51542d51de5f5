"""Checking what is typed about guidance."""

from django import forms

from entities import topics
from entities.models import Certainty, GuideItem, GuideVersion
from foundation.ui.forms import DocumentField, PortalForm

HOW = (
    "Viết bằng chữ thường và vài dấu: ## tiêu đề, - gạch đầu dòng, 1. đánh số, **chữ đậm**, "
    "[chữ](https://địa-chỉ) cho liên kết. Mã HTML hiện ra như chữ."
)


def longest(name):
    """As much as the column holds."""
    return GuideVersion._meta.get_field(name).max_length


class GuideForm(PortalForm):
    """A version of a page."""

    submit_label = "Lưu thành bản mới"

    title = forms.CharField(label="Tên", max_length=160)
    topic = forms.ChoiceField(label="Chủ đề", choices=topics.choices)
    body = forms.CharField(
        label="Nội dung", max_length=longest("body"), widget=forms.Textarea(attrs={"rows": 18}), help_text=HOW
    )
    checklist = forms.CharField(
        label="Việc cần làm",
        required=False,
        max_length=longest("checklist"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi việc một dòng, theo thứ tự. Dòng giữ nguyên chữ thì dấu đã làm của chủ thể giữ nguyên.",
    )
    sources = forms.CharField(
        label="Căn cứ",
        max_length=longest("sources"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Văn bản và điều khoản, mỗi căn cứ một dòng.",
    )
    certainty = forms.ChoiceField(label="Mức chắc chắn", choices=Certainty.choices)
    change = forms.CharField(label="Thay đổi gì", required=False, max_length=300)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, guide=None, **kwargs):
        if guide is not None:
            now = guide.current
            names = ("title", "body", "checklist", "sources", "certainty")
            kwargs["initial"] = {name: getattr(now, name) for name in names}
            kwargs["initial"] |= {"topic": guide.topic, "base": now.number}
        super().__init__(*args, **kwargs)

    def clean_base(self):
        """The version that was read; 0 for a new page."""
        return self.cleaned_data["base"] or 0

    def clean_checklist(self):
        """A line is a short sentence."""
        text = self.cleaned_data["checklist"]
        if any(len(line.strip()) > 300 for line in text.splitlines()):
            raise forms.ValidationError("Mỗi dòng nhiều nhất 300 ký tự. Hãy tách dòng dài thành nhiều việc.")
        return text


class SampleForm(PortalForm):
    """A sample file."""

    submit_label = "Tải lên"

    title = forms.CharField(label="Tên tệp mẫu", max_length=160)
    file = DocumentField(label="Tệp")


class TickForm(PortalForm):
    """What of the page is done, for one producer."""

    items = forms.ModelMultipleChoiceField(GuideItem.objects.none(), required=False)

    def __init__(self, *args, guide, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = guide.items.filter(is_current=True)
