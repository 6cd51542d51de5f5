"""Checking what people type about producers."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.fields import AreaField
from accounts.forms.signing import password_field
from accounts.models import User
from accounts.passwords import HELP
from entities import taxcodes
from entities.forms.facts import LinkField
from entities.models import CraftVillage, Entity, EntityKind, EntityPhoto, EntityStatus, SignUp, YearFigures
from entities.models.entities import PHONE
from entities.models.profiles import FIRST_YEAR
from entities.permissions import KEEPERS
from foundation import clock
from foundation.areas import maps
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, PhotoField, PortalForm, PortalModelForm
from foundation.ui.numbers import NumberField, WholeField

KINDS = [("", "– Chọn –"), *((kind.value, kind.label) for kind in EntityKind if kind != EntityKind.UNKNOWN)]
EARLY = "Ngày này không được sau hôm nay."


class TaxCodeField(forms.CharField):
    """A tax code of an organisation; the digit that checks the others must agree."""

    def __init__(self, **kwargs):
        words = "10 chữ số, hoặc thêm -001 của chi nhánh. Không nhập số định danh cá nhân 12 chữ số."
        super().__init__(label="Mã số thuế", max_length=20, required=False, help_text=words, **kwargs)

    def clean(self, value):
        """As it is kept."""
        try:
            return taxcodes.clean(super().clean(value))
        except taxcodes.WrongTaxCode as wrong:
            raise ValidationError(str(wrong), code="tax_code") from wrong


class ProducerForm(PortalModelForm):
    """Everything about a producer, in sections. The unit is chosen by officers only."""

    submit_label = "Lưu chủ thể"
    sections = (
        (
            "Tên và pháp lý",
            ("name", "short_name", "kind", "tax_code", "registration_number", "registered_on", "founded_on"),
        ),
        ("Địa chỉ", ("area", "address", "latitude", "longitude", "village")),
        (
            "Người đại diện theo pháp luật",
            ("representative", "representative_title", "representative_gender", "representative_ethnicity"),
        ),
        ("Liên hệ", ("phone", "email", "website")),
        ("Quy mô", ("workers", "local_workers", "members_count", "capital")),
        ("Hình ảnh và ghi chú", ("logo", "note")),
    )
    area = AreaField(Area.objects.none(), label="Xã, phường, thị trấn", empty_label="– Chọn –")
    tax_code = TaxCodeField()
    registered_on = DayField(label="Ngày đăng ký", required=False)
    founded_on = DayField(label="Ngày thành lập", required=False)
    website = LinkField(label="Trang web", required=False, max_length=300)
    logo = PhotoField(label="Biểu trưng", required=False)
    latitude = forms.DecimalField(
        label="Vĩ độ",
        required=False,
        max_digits=8,
        decimal_places=5,
        help_text="Ví dụ 20,54321; bấm vào bản đồ để điền.",
    )
    longitude = forms.DecimalField(
        label="Kinh độ", required=False, max_digits=8, decimal_places=5, help_text="Ví dụ 105,91234."
    )

    class Meta:
        model = Entity
        fields = [
            "name", "short_name", "kind", "tax_code", "registration_number", "registered_on", "founded_on", "area",
            "address", "latitude", "longitude", "village", "representative", "representative_title",
            "representative_gender", "representative_ethnicity", "phone", "email", "website", "workers",
            "local_workers", "members_count", "capital", "logo", "note",
        ]  # fmt: skip
        help_texts = {
            "representative_gender": "Không bắt buộc; chỉ dùng cho điểm và số liệu của Chương trình.",
            "representative_ethnicity": "Không bắt buộc; chỉ dùng cho điểm và số liệu của Chương trình.",
            "members_count": "Số thành viên của hợp tác xã, tổ hợp tác, hội.",
            "address": "Thôn, xóm, số nhà, đường.",
        }
        field_classes = {
            "workers": WholeField,
            "local_workers": WholeField,
            "members_count": WholeField,
            "capital": NumberField,
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.instance.pk is not None
        kind = self.instance.kind if known else ""
        extra = [(kind, EntityKind(kind).label)] if kind == EntityKind.UNKNOWN else []
        self.fields["kind"].choices = [*KINDS, *extra]
        self.fields["village"].queryset = CraftVillage.objects.order_by(Alphabetical("name"))
        self.fields["village"].empty_label = "– Không thuộc làng nghề –"
        scope = user.areas_as(*KEEPERS)
        if scope:
            own = Area.objects.filter(pk=self.instance.area_id) if known else Area.objects.none()
            communes = Area.objects.communes().current().located_in(scope)
            self.fields["area"].queryset = (
                (communes | own).select_related("parent").order_by("parent__code", Alphabetical("name"))
            )
        else:
            del self.fields["area"]

    def clean_logo(self):
        """Only a picture that was sent now."""
        return self.files.get("logo") and self.cleaned_data["logo"]

    def clean(self):
        """Both coordinates or none, inside the box around the province; days that have been."""
        data = super().clean()
        check_point(self, data)
        for name in ("registered_on", "founded_on"):
            if data.get(name) and data[name] > clock.today():
                self.add_error(name, EARLY)
        workers, local = data.get("workers"), data.get("local_workers")
        if local is not None and (workers is None or local > workers):
            self.add_error("local_workers", "Lao động địa phương không thể nhiều hơn tổng số lao động.")
        return data


def check_point(form, data):
    """A point is two numbers, inside the box around the province."""
    north, east = data.get("latitude"), data.get("longitude")
    if (north is None) != (east is None) and not {"latitude", "longitude"} & set(form.errors):
        form.add_error("longitude" if east is None else "latitude", "Vĩ độ và kinh độ phải đi cùng nhau.")
    elif north is not None and east is not None and not maps.frame().holds(float(east), float(north)):
        box = maps.frame()
        words = f"vĩ độ {box.south:.2f}–{box.north:.2f}, kinh độ {box.west:.2f}–{box.east:.2f}".replace(
            ".", ","
        )
        form.add_error("latitude", f"Điểm này nằm ngoài tỉnh ({words}). Hãy bấm lại trên bản đồ.")


class StatusForm(PortalForm):
    """How the producer stands from a day on."""

    submit_label = "Đổi tình trạng"
    status = forms.ChoiceField(label="Tình trạng mới", widget=forms.RadioSelect)
    since = DayField(label="Từ ngày", required=False, help_text="Để trống nếu không rõ từ ngày nào.")
    note = forms.CharField(label="Căn cứ, lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        possible = entity.MOVES.get(entity.status, set()) - {EntityStatus.MERGED}
        self.fields["status"].choices = [
            (status.value, status.label) for status in EntityStatus if status in possible
        ]


class YearForm(PortalModelForm):
    """The figures of one year."""

    submit_label = "Lưu số liệu năm"

    class Meta:
        model = YearFigures
        fields = ["year", "revenue", "profit", "workers"]
        field_classes = {"revenue": NumberField, "profit": NumberField, "workers": WholeField}
        help_texts = {"profit": "Ghi số âm nếu lỗ."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year - 1

    def clean_year(self):
        """A year that has begun."""
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            raise ValidationError(f"Năm phải từ {FIRST_YEAR} đến {clock.today().year}.")
        return year


class ProducerPhotoForm(PortalModelForm):
    """A photo for the producer's page."""

    submit_label = "Thêm ảnh"
    image = PhotoField(
        label="Ảnh", help_text="Ảnh JPEG, PNG hoặc WebP, tối đa 10 MB. Vị trí chụp được gỡ khỏi ảnh."
    )

    class Meta:
        model = EntityPhoto
        fields = ["image", "caption", "place"]
        help_texts = {"place": "Ảnh số 1 đứng đầu."}


class SignUpForm(PortalModelForm):
    """A producer signs itself up: one short form, in steps that are headings."""

    submit_label = "Gửi đăng ký"
    sections = (
        ("1. Chủ thể", ("name", "kind", "tax_code")),
        ("2. Ở đâu", ("area", "address")),
        ("3. Liên hệ", ("representative", "phone")),
        ("4. Mật khẩu để đăng nhập", ("password",)),
    )
    kind = forms.ChoiceField(label="Loại hình", choices=KINDS)
    area = AreaField(Area.objects.none(), label="Xã, phường, thị trấn", empty_label="– Chọn –")
    tax_code = TaxCodeField()
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    password = password_field("Mật khẩu", new=True, help_text=HELP)

    class Meta:
        model = SignUp
        fields = ["name", "kind", "tax_code", "area", "address", "representative", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        communes = Area.objects.communes().current().select_related("parent")
        self.fields["area"].queryset = communes.order_by("parent__code", Alphabetical("name"))

    def clean_password(self):
        """By the rules for passwords."""
        typed = self.cleaned_data["password"]
        validate_password(typed, User(full_name=self.data.get("representative", "")))
        return typed


class RefusalForm(PortalForm):
    """Why the commune does not confirm."""

    submit_label = "Từ chối đơn"
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Người đăng ký đọc đúng nội dung này.",
    )


class MergeForm(PortalForm):
    """Which record remains, and why they are one."""

    submit_label = "Gộp vĩnh viễn"
    reason = forms.CharField(
        label="Vì sao là một chủ thể", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(label="Tôi hiểu việc gộp không hoàn lại được")
