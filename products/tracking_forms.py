"""Checking and narrowing: the cycle's calendar, facts about rated products, yearly returns, stories."""

from django import forms
from django.db.models import Exists, OuterRef

from entities import kinds
from foundation import clock
from foundation.ui.forms import DayField, DocumentField, FilterForm, PhotoField, PortalForm, PortalModelForm
from foundation.ui.numbers import NumberField, WholeField
from products import cycle, tracking
from products.models import ProductFact, ProductStory, YearlyReturn
from products.models.potentials import FIRST_YEAR, LAST_YEAR

EVERY = ("", "Tất cả")
DONE, MISSING = "da-khai", "chua-khai"


class CalendarForm(PortalForm):
    """First and last day of each step; a step without days follows the unit above."""

    submit_label = "Lưu lịch"

    def __init__(self, *args, rows=(), year, **kwargs):
        super().__init__(*args, **kwargs)
        held = {row.step: row for row in rows}
        self.year, sections = year, []
        for code, about in cycle.steps().items():
            row = held.get(code)
            names = (f"tu_{code}", f"den_{code}", f"ghi_{code}")
            self.fields[names[0]] = DayField(label="Từ ngày", required=False, initial=row and row.starts_on)
            self.fields[names[1]] = DayField(
                label="Đến hết ngày", required=False, initial=row and row.ends_on
            )
            self.fields[names[2]] = forms.CharField(
                label="Ghi chú", required=False, max_length=300, initial=row.note if row else ""
            )
            sections.append((f"{about.number}. {about.name}", names))
        self.fields["source"] = forms.CharField(
            label="Căn cứ",
            max_length=300,
            initial=rows[0].source if rows else "",
            help_text="Ví dụ: Kế hoạch số 01/KH-UBND ngày 15/01 của UBND huyện.",
        )
        self.sections = (*sections, ("Văn bản", ("source",)))

    def clean(self):
        """Both days or none, forward, beginning in the year."""
        data = super().clean()
        for code in cycle.steps():
            first, last = data.get(f"tu_{code}"), data.get(f"den_{code}")
            if f"tu_{code}" in self.errors or f"den_{code}" in self.errors:
                continue
            if (first is None) != (last is None):
                self.add_error(
                    f"den_{code}" if first else f"tu_{code}", "Hãy ghi cả hai ngày hoặc để trống cả hai."
                )
            elif first and last < first:
                self.add_error(f"den_{code}", "Ngày kết thúc không được trước ngày bắt đầu.")
            elif first and first.year != self.year:
                self.add_error(f"tu_{code}", f"Bước này phải bắt đầu trong năm {self.year}.")
        return data

    @property
    def days(self):
        """step → (first, last, note), of the steps that have days."""
        data = self.cleaned_data
        return {
            code: (data[f"tu_{code}"], data[f"den_{code}"], data[f"ghi_{code}"])
            for code in cycle.steps()
            if data[f"tu_{code}"]
        }


class FactFilter(FilterForm):
    """Search in products, producers and notes; kind and year."""

    SEARCH = ("product__name__unaccent", "product__entity__name__unaccent", "note__unaccent")
    SEARCH_LABEL = "Sản phẩm, chủ thể hoặc nội dung"
    LOOKUPS = {"loai": "kind", "nam": "day__year"}
    SORTS = {"moi": ("Mới nhất", "-day"), "ten": ("Sản phẩm", "product__alphabet")}

    loai = forms.ChoiceField(label="Loại", required=False, choices=[EVERY, *tracking.fact_kinds()])
    nam = forms.IntegerField(label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class FactForm(PortalModelForm):
    """How a rated product was kept up."""

    submit_label = "Lưu sự kiện"
    day = DayField(label="Ngày")
    evidence = DocumentField(label="Minh chứng", required=False)

    class Meta:
        model = ProductFact
        fields = ["kind", "day", "note", "evidence"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": "Kiểm tra gì, kết quả ra sao; cải tiến gì; quyết định nào."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = [("", "– Chọn –"), *tracking.fact_kinds()]

    def clean_evidence(self):
        """Only a file that was sent now; the one that is stored stays where it is."""
        return self.files.get("evidence") and self.cleaned_data["evidence"]


class ReturnFilter(FilterForm):
    """Search in products and producers; returned or not."""

    SEARCH = ("name__unaccent", "entity__name__unaccent")
    SEARCH_LABEL = "Sản phẩm hoặc chủ thể"
    SORTS = {"ten": ("Sản phẩm", "alphabet"), "chu-the": ("Chủ thể", "entity__alphabet", "alphabet")}

    nam = forms.IntegerField(label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    khai = forms.ChoiceField(
        label="Khai báo",
        required=False,
        choices=[EVERY, (DONE, "Đã khai"), (MISSING, "Chưa khai")],
    )

    @property
    def year(self):
        """The year that is looked at: the last finished one when none is named."""
        return self.chosen.get("nam") or clock.today().year - 1

    def narrow_nam(self, queryset, value):
        """The page has chosen the year's products already."""
        return queryset

    def narrow_khai(self, queryset, value):
        """With or without a return of the year."""
        filed = Exists(YearlyReturn.objects.filter(product=OuterRef("pk"), year=self.year))
        return queryset.filter(filed if value == DONE else ~filed)


class ReturnForm(PortalModelForm):
    """A product's figures of one finished year."""

    submit_label = "Gửi khai báo"
    channels = forms.MultipleChoiceField(
        label="Kênh bán hàng", required=False, choices=kinds.channels, widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(label="Trạng thái sản xuất", choices=tracking.states, widget=forms.RadioSelect)

    class Meta:
        model = YearlyReturn
        fields = ["state", "output", "unit", "revenue", "workers", "channels", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"output": NumberField, "revenue": NumberField, "workers": WholeField}
        help_texts = {
            "unit": "Ví dụ: kg, chai, chiếc.",
            "revenue": "Doanh thu của riêng sản phẩm này trong năm; không có thì ghi 0.",
            "workers": "Người làm ra sản phẩm này, kể cả thời vụ.",
        }

    def clean_output(self):
        """Not below zero."""
        return self.at_least_zero("output")

    def clean_revenue(self):
        """Not below zero."""
        return self.at_least_zero("revenue")

    def at_least_zero(self, name):
        """The number, unless it is below zero."""
        if self.cleaned_data[name] < 0:
            raise forms.ValidationError("Không được âm.")
        return self.cleaned_data[name]


class StoryForm(PortalForm):
    """The story of a product, and a photo when there is a new one."""

    submit_label = "Lưu bản mới"
    text = forms.CharField(
        label="Câu chuyện sản phẩm",
        max_length=ProductStory._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Ai làm, từ bao giờ, nguyên liệu ở đâu, khác gì nơi khác.",
    )
    photo = PhotoField(label="Ảnh mới", required=False)
