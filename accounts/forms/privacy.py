"""Choosing purposes, asking for something about one's data, and answering such a request."""

from django import forms

from accounts.models import RequestKind, User
from foundation.ui.forms import FilterForm, PortalForm, PortalModelForm


class ConsentForm(PortalForm):
    """Which purposes the person agrees to: none is chosen beforehand but by an earlier answer, and none has to be."""

    submit_label = "Ghi nhận lựa chọn"
    purposes = forms.MultipleChoiceField(
        label="Tôi đồng ý để cổng dùng dữ liệu của tôi để",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, text, chosen=()):
        super().__init__(data, initial={"purposes": list(chosen)})
        self.fields["purposes"].choices = [
            (purpose.key, f"{purpose.title} (dữ liệu: {purpose.data.lower()})") for purpose in text.purposes
        ]


class WithdrawalForm(PortalForm):
    """Nothing to type: the page says what follows, the button does it."""

    submit_label = "Rút lại sự đồng ý"
    cancel_url = "/tai-khoan/du-lieu/"


class RequestForm(PortalForm):
    """What the person asks for."""

    submit_label = "Gửi yêu cầu"
    cancel_url = "/tai-khoan/du-lieu/"
    kind = forms.ChoiceField(
        label="Bạn yêu cầu",
        widget=forms.RadioSelect,
        choices=[choice for choice in RequestKind.choices if choice[0] != RequestKind.WITHDRAWAL],
    )
    what = forms.CharField(
        label="Nội dung",
        max_length=2000,
        help_text="Nêu rõ dữ liệu nào, sai ở đâu hoặc vì sao. Đừng gửi ảnh hay số giấy tờ cá nhân.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(PortalForm):
    """What the office tells the person."""

    submit_label = "Gửi trả lời"
    text = forms.CharField(
        label="Trả lời người yêu cầu",
        max_length=2000,
        help_text="Cách thực hiện, thời gian và những gì pháp luật buộc phải giữ lại.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CarryOutForm(AnswerForm):
    """What was done."""

    submit_label = "Xác nhận đã thực hiện"


class CorrectionForm(PortalModelForm):
    """The account as it should be, and what the person is told."""

    submit_label = "Chỉnh sửa và kết thúc yêu cầu"
    text = forms.CharField(
        label="Trả lời người yêu cầu", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    class Meta:
        model = User
        fields = ["full_name", "title", "email"]


class RefusalForm(PortalForm):
    """Why not."""

    submit_label = "Từ chối yêu cầu"
    reason = forms.CharField(
        label="Lý do từ chối",
        max_length=2000,
        help_text="Nêu căn cứ và quyền khiếu nại của người yêu cầu.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RequestFilter(FilterForm):
    """Narrowing the list of requests."""

    SEARCH = ("code", "person__full_name__unaccent")
    SEARCH_LABEL = "Mã, người yêu cầu"
    LOOKUPS = {"loai": "kind"}
    SORTS = {"han": ("Hạn gần nhất", "done_due_at"), "moi": ("Mới nhất", "-received_at")}

    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *RequestKind.choices])
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), ("mo", "Đang xử lý")]
    )

    def narrow_tinh_trang(self, queryset, value):
        """Only those that still run."""
        return queryset.open() if value == "mo" else queryset
