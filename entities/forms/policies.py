"""Checking what is typed about policies and grants."""

from django import forms

from entities.forms.visits import producers_of
from entities.models import Entity, EntityKind, SupportPolicy
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, PortalForm, PortalModelForm
from foundation.ui.numbers import WholeField

STARS = [(0, "Không yêu cầu"), (3, "Từ 3 sao"), (4, "Từ 4 sao"), (5, "5 sao")]


class PolicyForm(PortalModelForm):
    """One policy of the catalogue."""

    submit_label = "Lưu chính sách"
    sections = (
        ("Chính sách", ("title", "kind", "what", "how")),
        ("Căn cứ", ("document", "document_on", "link", "certainty", "start", "until")),
        ("Ai được hỗ trợ", ("producer_kinds", "areas", "stars_min", "who")),
    )

    producer_kinds = forms.MultipleChoiceField(
        label="Loại hình được hỗ trợ",
        required=False,
        choices=[pair for pair in EntityKind.choices if pair[0] != EntityKind.UNKNOWN],
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn mục nào nghĩa là mọi loại hình.",
    )
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label="Địa bàn áp dụng",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Không chọn đơn vị nào nghĩa là toàn tỉnh.",
    )
    link = forms.URLField(
        label="Địa chỉ văn bản hoặc nguồn",
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text="Ví dụ: https://vanban.chinhphu.vn/…",
        error_messages={"invalid": "Hãy ghi địa chỉ trang web, bắt đầu bằng https://."},
    )
    stars_min = forms.TypedChoiceField(label="Hạng sao thấp nhất", choices=STARS, coerce=int, initial=0)

    class Meta:
        model = SupportPolicy
        fields = ["title", "kind", "document", "document_on", "link", "certainty", "stars_min", "who", "what",
                  "how", "start", "until", "producer_kinds", "areas"]  # fmt: skip
        field_classes = {"document_on": DayField, "start": DayField, "until": DayField}
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("who", "what", "how")}
        help_texts = {
            "document": "Loại, số, ký hiệu. Ví dụ: Nghị định 52/2018/NĐ-CP.",
            "certainty": "Chỉ chọn đã đối chiếu khi bạn đã đọc văn bản gốc hoặc trang của cơ quan ban hành.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("document_on", "start", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        units = Area.objects.current().with_parents()
        self.fields["areas"].queryset = units.order_by("kind", Alphabetical("name"))

    def clean_link(self):
        """Only addresses of the web."""
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError("Hãy ghi địa chỉ bắt đầu bằng https://.")
        return link


class GrantForm(PortalForm):
    """What a producer received by a policy."""

    submit_label = "Lưu khoản hỗ trợ"

    entity = forms.ModelChoiceField(Entity.objects.none(), label="Chủ thể", empty_label="– Chọn –")
    amount = WholeField(
        label="Số tiền (đồng)", min_value=1, max_value=10**13, help_text="Ghi đủ số, ví dụ 150.000.000."
    )
    granted_on = DayField(label="Ngày nhận")
    decision_number = forms.CharField(label="Số quyết định", required=False, max_length=60)
    note = forms.CharField(label="Ghi chú", required=False, max_length=500)

    def __init__(self, *args, user, grant=None, **kwargs):
        if grant is not None:
            names = ("amount", "granted_on", "decision_number", "note")
            kwargs["initial"] = {name: getattr(grant, name) for name in names}
        super().__init__(*args, **kwargs)
        if grant is None:
            self.fields["entity"].queryset = producers_of(user)
            self.fields["granted_on"].initial = clock.today()
        else:
            del self.fields["entity"]
            self.fields["reason"] = forms.CharField(label="Vì sao sửa", max_length=300)
