"""Checking what people type about sheets, conclusions and decisions."""

from django import forms

from foundation.ui.forms import DayField, PortalForm

NONE = "khong"


def long_text(label, help_text="", **options):
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=4000, widget=widget, help_text=help_text, **options)


class ChoiceForm(PortalForm):
    """One choice on a sheet: criterion, box (or none), note, and the version that the page was drawn with."""

    tieu_chi = forms.CharField(label="Tiêu chí", max_length=24)
    chon = forms.CharField(label="Mức điểm", max_length=24)
    ghi_chu = forms.CharField(label="Ghi chú", max_length=1000, required=False)
    phien_ban = forms.IntegerField(label="Phiên bản", min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chon"].error_messages["required"] = "Hãy chọn một mức trước khi lưu."

    @property
    def choice(self):
        """The cleaned data as the action takes them."""
        data = self.cleaned_data
        key = None if data["chon"] == NONE else data["chon"]
        return {
            "code": data["tieu_chi"],
            "option_key": key,
            "note": data["ghi_chu"],
            "version": data["phien_ban"],
        }


class StrikeForm(PortalForm):
    """Why the dossier should be struck out; empty takes the proposal back."""

    submit_label = "Lưu đề nghị"
    reason = forms.CharField(
        label="Loại hồ sơ vì",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ghi rõ căn cứ. Để trống rồi lưu nếu muốn bỏ đề nghị loại.",
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class HandInForm(PortalForm):
    """The member's opinion, and the sheet is handed in."""

    submit_label = "Nộp phiếu"
    remark = long_text(
        "Ý kiến của người đánh giá", "Hội đồng đọc được sau khi Chủ tịch mở phiếu.", required=False
    )


class ConclusionForm(PortalForm):
    """The chair's conclusion."""

    submit_label = "Kết luận"
    conclusion = long_text(
        "Kết luận của Chủ tịch hội đồng", "Lời kết luận ghi vào hồ sơ, cùng kết quả tính bên trên."
    )


class DecisionForm(PortalForm):
    """The recognition decision as it was signed."""

    submit_label = "Ghi quyết định"
    number = forms.CharField(label="Số quyết định", max_length=40, help_text="Ví dụ: 1085/QĐ-UBND.")
    day = DayField(label="Ngày ký", help_text="Giấy chứng nhận có hiệu lực từ ngày này.")
