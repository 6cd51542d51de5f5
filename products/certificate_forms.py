"""Checking what offices and readers send about certificates and inspections."""

import datetime as dt

from django import forms
from django.db.models import F

from foundation import clock
from foundation.ui.forms import DayField, FilterForm, PortalForm, PortalModelForm
from products.models import Inspection, InspectionResult

MOST_BYTES = 20 * 1024 * 1024


def several_lines(label, most, **options):
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 4}), **options)


class PdfField(forms.FileField):
    """A PDF that is kept byte for byte; what it is worth is judged later."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "application/pdf"

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 20 MB.")
        if file and not file.read(5).startswith(b"%PDF-"):
            raise forms.ValidationError("Tệp không phải PDF.")
        if file:
            file.seek(0)
        return file


class CheckForm(PortalForm):
    """A PDF that somebody was given."""

    submit_label = "Kiểm tra tệp"
    file = PdfField(label="Tệp PDF giấy chứng nhận", help_text="Tệp chỉ được so sánh, cổng không lưu lại.")


class SignedForm(PortalForm):
    """The paper as it came back from the agency."""

    submit_label = "Kiểm tra chữ ký và nhận"
    file = PdfField(
        label="Tệp PDF đã ký số", help_text="Ký thẳng lên bản tải từ cổng, không in lại, không ghép trang."
    )


class NoticeForm(PortalForm):
    """The letter as it went out."""

    submit_label = "Ghi thông báo đã gửi"
    number = forms.CharField(label="Số thông báo", max_length=40, help_text="Ví dụ: 12/TB-UBND.")
    day = DayField(label="Ngày thông báo")


class ExtensionForm(NoticeForm):
    """Until when the stars hold on, and by which letter."""

    submit_label = "Kéo dài giấy chứng nhận"
    until = DayField(label="Kéo dài đến hết ngày")
    number = forms.CharField(label="Số văn bản", max_length=40)
    day = DayField(label="Ngày văn bản")
    field_order = ("until", "number", "day")


class RevocationForm(NoticeForm):
    """Ground, decision, and the decision itself."""

    submit_label = "Thu hồi hạng sao"
    ground = forms.ChoiceField(label="Căn cứ", widget=forms.RadioSelect)
    number = forms.CharField(label="Số quyết định thu hồi", max_length=40)
    day = DayField(label="Ngày quyết định", help_text="Hạng sao hết hiệu lực từ ngày này.")
    note = several_lines("Nội dung", 1000, help_text="Kết luận nào, của cơ quan nào; ghi vào nhật ký.")
    file = PdfField(label="Quyết định thu hồi (PDF)")
    field_order = ("ground", "number", "day", "note", "file")

    def __init__(self, *args, grounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds


class ReplacementForm(PortalForm):
    """Why there is a new paper."""

    submit_label = "Cấp lại giấy chứng nhận"
    reason = several_lines(
        "Lý do cấp lại",
        1000,
        help_text="Ví dụ: sai tên chủ thể, giấy hỏng. Giấy cũ ghi “Được thay”, mã QR cũ vẫn mở được.",
    )


class InspectionForm(PortalModelForm):
    """What was found at a recognised product."""

    submit_label = "Ghi kết quả kiểm tra"
    day = DayField(label="Ngày kiểm tra")
    result = forms.ChoiceField(label="Kết quả", choices=InspectionResult, widget=forms.RadioSelect)
    mend_until = DayField(label="Khắc phục đến hết ngày", required=False)

    class Meta:
        model = Inspection
        fields = ["day", "inspector", "result", "findings", "to_mend", "mend_until"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("findings", "to_mend")}
        help_texts = {
            "inspector": "Ví dụ: Đoàn kiểm tra của Phòng Kinh tế. Không ghi tên người, mục này công khai.",
            "findings": "Công khai ở trang sản phẩm; không ghi dữ liệu cá nhân.",
        }


class MendingForm(PortalForm):
    """What had to be mended is."""

    submit_label = "Ghi đã khắc phục"
    mended_on = DayField(label="Khắc phục xong ngày")
    mended_how = several_lines("Kết quả khắc phục", 2000)


class RenewalFilter(FilterForm):
    """Search in products and producers; the stage of the term, the stars."""

    SEARCH = ("product__name__unaccent", "product__entity__name__unaccent")
    SEARCH_LABEL = "Sản phẩm hoặc chủ thể"
    LOOKUPS = {"sao": "stars"}
    SORTS = {"han": ("Hết hạn trước", "ends_on"), "ten": ("Sản phẩm", "product__alphabet", "ends_on")}
    STAGES = (
        ("", "Tất cả"),
        ("sap-het", "Hết hạn trong 180 ngày"),
        ("can-thong-bao", "Cần gửi thông báo"),
        ("keo-dai", "Đang kéo dài"),
        ("het", "Đã hết hiệu lực"),
        ("thu-hoi", "Đã thu hồi"),
    )
    SOON = 180  # days; the list's own span

    ky = forms.ChoiceField(label="Thời hạn", required=False, choices=STAGES)
    sao = forms.ChoiceField(
        label="Hạng", required=False, choices=[("", "Tất cả"), *((n, f"{n} sao") for n in (3, 4, 5))]
    )

    def narrow_ky(self, queryset, value):
        """By where the term stands today."""
        today = clock.today()
        stages = {
            "sap-het": {"ends_on__range": (today, today + dt.timedelta(days=self.SOON)), "revoked_on": None},
            "can-thong-bao": {"steps__kind": "notice", "steps__number": "", "ends_on__gte": today},
            "keo-dai": {
                "extension__until": F("ends_on"),
                "extension__was_until__lt": today,
                "ends_on__gte": today,
            },
            "het": {"ends_on__lt": today, "revoked_on": None},
            "thu-hoi": {"revoked_on__isnull": False},
        }
        return queryset.filter(**stages[value])
