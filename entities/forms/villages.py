"""Checking what officers type about craft villages."""

from django import forms

from accounts.fields import AreaField
from accounts.models import OFFICERS
from entities import kinds
from entities.models import CraftVillage
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, PhotoField, PortalForm, PortalModelForm
from foundation.ui.numbers import WholeField


def communes_of(user):
    """Today's communes in the areas of this officer."""
    communes = Area.objects.communes().current().located_in(user.areas_as(*OFFICERS))
    return communes.select_related("parent").order_by("parent__code", Alphabetical("name"))


class VillageForm(PortalModelForm):
    """What is known of a village."""

    submit_label = "Lưu làng nghề"

    class Meta:
        model = CraftVillage
        fields = ["name", "craft", "hamlet", "area", "kind", "households", "workers", "story", "note"]
        field_classes = {"area": AreaField, "households": WholeField, "workers": WholeField}
        widgets = {"story": forms.Textarea(attrs={"rows": 8}), "note": forms.Textarea(attrs={"rows": 3})}
        labels = {"area": "Xã, phường, thị trấn"}
        help_texts = {
            "craft": "Ví dụ: dệt lụa, mây giang đan.",
            "story": "Nguồn gốc, nghệ nhân, điều riêng có của nghề. Nội dung này hiện ở trang công khai.",
            "note": "Nội dung này cũng hiện ở trang công khai.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        communes = communes_of(user)
        if self.instance.pk:  # a village of a unit that is no more keeps the place that was written
            communes = Area.objects.filter(
                pk__in=[*communes.values_list("pk", flat=True), self.instance.area_id]
            )
        self.fields["area"].queryset = communes.select_related("parent")
        self.fields["area"].empty_label = "– Chọn –"
        if self.instance.pk:
            self.fields["area"].day = self.instance.area.valid_from
        self.fields["kind"].widget.choices = [("", "Chưa rõ"), *kinds.villages()]


class RecognitionForm(PortalForm):
    """The decision that recognises a village."""

    submit_label = "Ghi quyết định công nhận"
    kind = forms.ChoiceField(label="Công nhận là", choices=kinds.villages)
    decision_number = forms.CharField(label="Số quyết định", max_length=40)
    decided_on = DayField(label="Ngày ký")
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=120)


class WithdrawalForm(PortalForm):
    """From when and why the recognition is taken back."""

    submit_label = "Thu hồi công nhận"
    withdrawn_on = DayField(label="Thu hồi từ ngày")
    note = forms.CharField(
        label="Lý do và số văn bản thu hồi", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class VillagePhotoForm(PortalForm):
    """A photo with what it shows."""

    submit_label = "Thêm ảnh"
    image = PhotoField(label="Ảnh")
    caption = forms.CharField(label="Ảnh chụp gì", max_length=160)
