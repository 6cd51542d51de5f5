"""Checking and narrowing business plans."""

from decimal import Decimal

from django import forms

from foundation import clock
from foundation.ui.forms import DayField, FilterForm, PortalForm, PortalModelForm
from foundation.ui.numbers import NumberField
from products import planning
from products.models import FinanceLine, PlanMilestone, PlanPart, PlanStatus
from products.models.potentials import FIRST_YEAR, LAST_YEAR

EVERY = ("", "Tất cả")


class PlanFilter(FilterForm):
    """Search in products and producers; year, state, late milestones."""

    SEARCH = ("product__name__unaccent", "product__entity__name__unaccent", "code")
    SEARCH_LABEL = "Sản phẩm, chủ thể hoặc mã"
    LOOKUPS = {"nam": "year", "trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-year", "-pk"), "ten": ("Sản phẩm", "product__alphabet")}

    nam = forms.IntegerField(label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[EVERY, *PlanStatus.choices])
    cham = forms.BooleanField(label="Chỉ phương án có mốc quá hạn", required=False)

    def narrow_cham(self, queryset, value):
        """With a milestone that was not reached on its day."""
        return queryset.filter(status=PlanStatus.APPROVED, late__gt=0)


class PartForm(PortalForm):
    """One section in words."""

    submit_label = "Lưu phần này"
    text = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=PlanPart._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = section.title, section.help


class LineForm(PortalModelForm):
    """One line of the finance table; the sum is the portal's."""

    submit_label = "Lưu dòng"
    kind = forms.ChoiceField(label="Khoản", widget=forms.RadioSelect)
    quantity = NumberField(label="Số lượng", max_digits=12, decimal_places=2, min_value=Decimal("0.01"))
    price = NumberField(label="Đơn giá (đồng)", max_digits=14, decimal_places=0, min_value=1)

    class Meta:
        model = FinanceLine
        fields = ["kind", "name", "unit", "quantity", "price"]
        help_texts = {
            "name": "Ví dụ: máy sấy lạnh; tiền công; bán 500 khay.",
            "unit": "Ví dụ: cái, kg, công, tháng.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = planning.finance_kinds()


class MilestoneForm(PortalModelForm):
    """Something to be reached by a day."""

    submit_label = "Thêm mốc"
    due_on = DayField(label="Hạn")

    class Meta:
        model = PlanMilestone
        fields = ["title", "due_on"]
        help_texts = {"title": "Ví dụ: có phiếu kiểm nghiệm; in xong nhãn mới."}


class TrackForm(PortalModelForm):
    """When a milestone was reached, and how."""

    submit_label = "Ghi tiến độ"
    done_on = DayField(label="Ngày xong", required=False, help_text="Để trống nếu chưa xong.")

    class Meta:
        model = PlanMilestone
        fields = ["done_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.done_on is None:
            self.initial["done_on"] = clock.today()
