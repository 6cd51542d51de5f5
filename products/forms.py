"""Checking what people type about ideas and dossiers."""

import hashlib

from django import forms
from django.db.models import Exists, OuterRef, Q

from accounts.fields import AreaField
from accounts.models import OFFICERS, Role
from entities.models import Entity
from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet, Criterion, Regime
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, DocumentField, PhotoField, PortalForm, PortalModelForm
from products.models import Carried, Dossier, Idea, Product
from products.openings import EVIDENCE


class SetField(forms.ModelChoiceField):
    """One of the sets that today's regime offers, under its group."""

    def label_from_instance(self, obj):
        return f"{obj.number}. {obj.name}"


def communes_for(user):
    """Communes in which this person may register an idea today."""
    homes = [maker.place_today.unit.pk for maker in Entity.objects.run_by(user).for_list()]
    scope = user.areas_as(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
    communes = Area.objects.communes().current().located_in([*homes, *scope])
    return communes.select_related("parent").order_by("parent__code", Alphabetical("name"))


class IdeaForm(PortalModelForm):
    """Registration slip of a product idea."""

    submit_label = "Lưu ý tưởng"
    photo = PhotoField(label="Ảnh sản phẩm", required=False)

    class Meta:
        model = Idea
        fields = ["name", "entity", "area", "kind", "criteria_set", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 6}), "kind": forms.RadioSelect}
        field_classes = {"criteria_set": SetField, "area": AreaField}
        help_texts = {
            "name": "Tên sẽ in trên nhãn, ví dụ: Khăn lụa thêu tay.",
            "criteria_set": "Bộ sản phẩm quyết định bộ tiêu chí chấm điểm. Quy định đang áp dụng có 26 bộ.",
            "description": "Sản phẩm là gì, làm từ nguyên liệu nào, ai làm, điểm khác biệt, bán ở đâu.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        regime = Regime.objects.for_filing(clock.today())
        officer = user.has_role(*OFFICERS)
        self.fields["entity"].queryset = (
            (Entity.objects.visible_to(user) if officer else Entity.objects.run_by(user)).standing()
        ).order_by("alphabet")
        self.fields["area"].queryset = communes_for(user)
        self.fields["criteria_set"].queryset = CriteriaSet.objects.offered().of(regime).for_choice()
        self.fields["kind"].choices = Idea._meta.get_field("kind").choices
        for name in ("entity", "area", "criteria_set"):
            self.fields[name].empty_label = "– Chọn –"
            choices = list(self.fields[name].queryset[:2])
            if len(choices) == 1 and name != "criteria_set":
                self.fields[name].initial = choices[0]

    def clean(self):
        """The product is registered where its producer is."""
        data = super().clean()
        entity, area = data.get("entity"), data.get("area")
        home = entity and entity.place_today.unit
        if home and area and not home.contains(area) and not area.contains(home):
            self.add_error("area", f"Chủ thể này thuộc {home.place}. Hãy chọn đúng xã, phường, thị trấn.")
        return data


class NoteForm(PortalForm):
    """Reasons that go back to the author."""

    note = forms.CharField(
        label="Nội dung cần bổ sung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ghi từng việc một dòng. Người lập sẽ đọc đúng nội dung này.",
    )
    submit_label = "Trả lại để bổ sung"


class RegistrationForm(PortalModelForm):
    """Registration part of a dossier (Mẫu 01, phần của chủ thể)."""

    submit_label = "Lưu phần đăng ký"

    class Meta:
        model = Dossier
        fields = ["spec", "capacity", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "spec": "Ví dụ: hộp 1 khăn 60 × 180 cm, TCCS 01:2024.",
            "capacity": "Ví dụ: 500 khăn mỗi tháng, 12 lao động.",
            "introduction": "Lịch sử cơ sở, nguyên liệu, cách làm, thị trường.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class CriterionMultiField(forms.ModelMultipleChoiceField):
    """Criteria that a file supports."""

    def label_from_instance(self, obj):
        return f"{obj.code} {obj.name}"


class EvidenceForm(PortalForm):
    """One file of evidence and what it proves."""

    submit_label = "Tải lên"
    file = DocumentField(label="Tệp minh chứng")
    kind = forms.ChoiceField(label="Loại giấy tờ")
    title = forms.CharField(
        label="Tên minh chứng", max_length=200, help_text="Ví dụ: Giấy đăng ký HTX số 05."
    )
    valid_until = DayField(
        label="Giấy tờ có giá trị đến ngày",
        required=False,
        help_text="Để trống khi giấy tờ không ghi hạn.",
    )
    criteria = CriterionMultiField(
        label="Chứng minh cho tiêu chí",
        queryset=Criterion.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, dossier, criterion=None, **kwargs):
        super().__init__(*args, **kwargs)
        open_now = dossier.openings
        kinds = [
            kind
            for kind in dossier.regime.document_kinds
            if not kind.physical and open_now.has(EVIDENCE, kind.code)
        ]
        self.fields["kind"].choices = [
            ("", "– Chọn –"),
            *((kind.code, f"{kind.name} (bắt buộc)" if kind.mandatory else kind.name) for kind in kinds),
        ]
        self.fields["criteria"].queryset = Criterion.objects.filter(criteria_set=dossier.criteria_set)
        if criterion is not None:
            self.fields["criteria"].initial = [criterion]

    def clean_file(self):
        """The checked file, with the digest of its bytes."""
        file = self.cleaned_data["file"]
        digest = hashlib.sha256()
        file.seek(0)
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
        file.seek(0)
        file.sha256 = digest.hexdigest()
        return file


class ShelfForm(PortalForm):
    """A product of the channel's producer that the channel carries."""

    submit_label = "Thêm sản phẩm"
    product = forms.ModelChoiceField(
        label="Sản phẩm", queryset=Product.objects.none(), empty_label="– Chọn –"
    )
    since = DayField(label="Bán từ ngày")

    def __init__(self, *args, channel, user, **kwargs):
        super().__init__(*args, **kwargs)
        carried = Carried.objects.filter(channel=channel, until=None)
        dossiers = Dossier.objects.filter(product=OuterRef("pk"))
        # Offices read no dossier before it is sent; a product without one they accepted as an idea, or wrote down.
        known = ~Exists(dossiers) | Exists(dossiers.visible_to(user))
        offered = (
            Product.objects.filter(entity=channel.entity)
            .exclude(pk__in=carried.values("product"))
            .filter(known | Q(pk__in=Product.objects.known_to_public().values("pk")))
        )
        self.fields["product"].queryset = offered.order_by("alphabet")
        self.fields["since"].initial = channel.since


class ShelfEndForm(PortalForm):
    """The last day of a product on a channel."""

    submit_label = "Ngừng bán"
    until = DayField(label="Đến hết ngày", initial=clock.today)
