"""Checking what people type about channels and strengthening."""

from django import forms

from entities import kinds
from entities.models import SalesChannel, Strengthening
from entities.models.channels import LINK
from foundation import clock
from foundation.ui.forms import DayField, DocumentField, PortalForm, PortalModelForm


class LinkField(forms.CharField):
    """The address of a page, http or https; it is kept as text and never opened by the portal."""

    default_validators = [LINK]
    widget = forms.URLInput


class ChannelForm(PortalModelForm):
    """A sales channel of one producer."""

    submit_label = "Lưu kênh bán hàng"
    since, until = DayField(label="Từ ngày"), DayField(label="Đến hết ngày", required=False)
    link = LinkField(label="Liên kết gian hàng", required=False, max_length=300)
    evidence = DocumentField(label="Minh chứng", required=False)

    class Meta:
        model = SalesChannel
        fields = ["kind", "partner", "link", "contract", "since", "until", "evidence", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "kind": "Siêu thị, cửa hàng tiện lợi và sàn thương mại điện tử được tính là kênh bán hàng hiện đại.",
            "partner": "Tên siêu thị, cửa hàng, sàn hoặc đối tác, ví dụ: Siêu thị Trình Diễn, chi nhánh Phủ Lý.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "since"
        ].help_text = "Nếu không nhớ ngày bắt đầu: ngày sớm nhất có hợp đồng, hóa đơn hoặc ảnh."
        self.fields["until"].help_text = "Để trống nếu vẫn đang bán."
        self.fields["kind"].widget.choices = [("", "– Chọn –"), *kinds.channels()]

    def clean_evidence(self):
        """Only a file that was sent now; the one that is stored stays where it is."""
        return self.files.get("evidence") and self.cleaned_data["evidence"]

    def clean(self):
        """A channel ends after it began; one on the web has its address."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày kết thúc không được trước ngày bắt đầu.")
        if data.get("kind") in kinds.online_channels() and not data.get("link") and "link" not in self.errors:
            self.add_error("link", "Kênh trên mạng cần liên kết gian hàng để kiểm tra được.")
        return data


class EndingForm(PortalForm):
    """The last day of a channel, and why it ends."""

    submit_label = "Kết thúc kênh"
    until = DayField(label="Đến hết ngày")
    note = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, since, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since
        self.fields["until"].initial = clock.today()

    def clean_until(self):
        """Not before the channel began."""
        if self.cleaned_data["until"] < self.since:
            raise forms.ValidationError(
                f"Kênh bắt đầu từ {self.since:%d/%m/%Y}; ngày kết thúc không được sớm hơn."
            )
        return self.cleaned_data["until"]


class ReasonForm(PortalForm):
    """Why a wrong entry is taken out."""

    submit_label = "Bỏ mục ghi sai"
    note = forms.CharField(
        label="Ghi sai ở chỗ nào", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class StrengtheningForm(PortalModelForm):
    """How a producer was strengthened."""

    submit_label = "Lưu việc củng cố"
    day = DayField(label="Ngày hoàn thành")
    evidence = DocumentField(label="Minh chứng", required=False)

    class Meta:
        model = Strengthening
        fields = ["kind", "day", "note", "evidence"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": "Đã làm gì, kết quả ra sao, ai hỗ trợ."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = [("", "– Chọn –"), *kinds.strengthening()]

    def clean_evidence(self):
        """Only a file that was sent now; the one that is stored stays where it is."""
        return self.files.get("evidence") and self.cleaned_data["evidence"]
