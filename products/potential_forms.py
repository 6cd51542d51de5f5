"""Checking and narrowing: screening lists, the commune's opinion, the verdict on ideas."""

from django import forms

from accounts.fields import AreaField
from accounts.models import Role
from entities.models import Entity
from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet, Regime
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm, PortalForm, PortalModelForm
from products.forms import SetField
from products.models import PotentialProduct, PotentialStatus
from products.models.potentials import FIRST_YEAR, LAST_YEAR

EVERY = ("", "Tất cả")


def sets_today():
    """The sets that today's regime offers."""
    return CriteriaSet.objects.offered().of(Regime.objects.for_filing(clock.today())).for_choice()


class PotentialForm(PortalModelForm):
    """One line of a commune's screening list."""

    submit_label = "Lưu vào danh sách"
    sections = (
        ("Sản phẩm", ("name", "year", "area", "criteria_set")),
        ("Người sản xuất", ("entity", "producer_name")),
        ("Nhận xét", ("strengths", "gaps")),
    )

    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    class Meta:
        model = PotentialProduct
        fields = ["name", "year", "area", "criteria_set", "entity", "producer_name", "strengths", "gaps"]
        widgets = {
            "strengths": forms.Textarea(attrs={"rows": 4}),
            "gaps": forms.Textarea(attrs={"rows": 4}),
        }
        field_classes = {"criteria_set": SetField, "area": AreaField}
        help_texts = {
            "criteria_set": "Để trống nếu chưa rõ.",
            "entity": "Chọn khi chủ thể đã có trong cổng.",
            "producer_name": "Ghi khi chưa có trong cổng, ví dụ: các hộ trồng chuối thôn Trình Diễn.",
            "strengths": "Nguyên liệu tại chỗ, nghề truyền thống, chất lượng, nơi đang bán.",
            "gaps": "Ví dụ: chưa có nhãn, chưa kiểm nghiệm, chưa đăng ký kinh doanh.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope = user.areas_as(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
        communes = Area.objects.communes().current().located_in(scope).select_related("parent")
        self.fields["area"].queryset = communes.order_by("parent__code", Alphabetical("name"))
        self.fields["entity"].queryset = Entity.objects.visible_to(user).standing().order_by("alphabet")
        self.fields["criteria_set"].queryset = sets_today()
        self.fields["year"].initial = clock.today().year
        for name in ("area", "entity", "criteria_set"):
            self.fields[name].empty_label = "– Chọn –"
        mine = list(self.fields["area"].queryset[:2])
        if len(mine) == 1:
            self.fields["area"].initial = mine[0]

    def clean(self):
        """A producer is named, by its record or in words, and has its seat in the commune."""
        data = super().clean()
        entity, area = data.get("entity"), data.get("area")
        if (
            not entity
            and not data.get("producer_name")
            and not {"entity", "producer_name"} & set(self.errors)
        ):
            self.add_error("producer_name", "Hãy chọn chủ thể hoặc ghi tên người sản xuất.")
        home = entity and entity.place_today.unit
        if home and area and not home.contains(area) and not area.contains(home):
            self.add_error("entity", f"Chủ thể này thuộc {home.place}. Hãy chọn đúng xã, phường, thị trấn.")
        return data


class PotentialFilter(FilterForm):
    """Search in products and producers; year, state, commune, set."""

    SEARCH = (
        "name__unaccent",
        "producer_name__unaccent",
        "entity__name__unaccent",
        "area__full_name__unaccent",
    )
    SEARCH_LABEL = "Sản phẩm, người sản xuất hoặc xã"
    LOOKUPS = {"nam": "year", "trang_thai": "status", "bo": "criteria_set__code", "xa": "area__code"}
    SORTS = {
        "moi": ("Mới nhất", "-year", "-pk"),
        "xa": ("Xã, phường", Alphabetical("area__name"), Alphabetical("name")),
        "ten": ("Tên sản phẩm", Alphabetical("name")),
    }

    nam = forms.IntegerField(label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[EVERY, *PotentialStatus.choices]
    )
    bo = forms.ChoiceField(label="Bộ sản phẩm", required=False)
    xa = forms.CharField(label="Mã xã", required=False, max_length=5, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sets = sets_today().values_list("code", "number", "name")
        self.fields["bo"].choices = [EVERY, *((code, f"{number}. {name}") for code, number, name in sets)]


class ReasonForm(PortalForm):
    """Why, in words that the people concerned read. ``label`` and ``button`` say of what."""

    note = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args, button, hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = button
        self.fields["note"].help_text = hint


class OpinionForm(PortalForm):
    """The commune's opinion on an idea."""

    submit_label = "Gửi ý kiến"
    agreed = forms.ChoiceField(
        label="Xã có đồng ý không?",
        choices=[("co", "Đồng ý"), ("khong", "Không đồng ý")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Ý kiến",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nguyên liệu, lao động tại xã; điều kiện của chủ thể; điều cần hỗ trợ. Huyện và chủ thể đọc được.",
    )

    def clean_agreed(self):
        """As a yes or no."""
        return self.cleaned_data["agreed"] == "co"


class SetSearch(FilterForm):
    """Words for finding a set; where the question path stands; what the idea's form needs to come back."""

    SEARCH = ("name__unaccent",)
    SEARCH_LABEL = "Tên sản phẩm hoặc nguyên liệu"

    hoi = forms.SlugField(required=False, max_length=30, widget=forms.HiddenInput)
