"""Checking what is typed about visits."""

from django import forms

from accounts.models import OFFICERS, Assignment, User
from entities import topics
from entities.models import Entity, FieldVisit
from foundation import clock
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, DocumentField, PhotosField, PortalForm

CAMERA = {"capture": "environment", "accept": "image/*"}


def producers_of(user):
    """Producers in the area of this officer, by name."""
    return Entity.objects.visible_to(user).order_by("alphabet")


def colleagues_for(entity):
    """Officers of the units in which the producer is today."""
    unit = entity.place_today.unit
    held = Assignment.objects.on(clock.today()).filter(
        role__in=OFFICERS, area__in=[up.pk for up in unit.chain]
    )
    return User.objects.in_use().filter(pk__in=held.values("user")).order_by(Alphabetical("full_name"))


class PlanForm(PortalForm):
    """First step: whom, when, about what. ``entity`` is fixed when the visit is about a known producer."""

    submit_label = "Lưu và tiếp tục"

    entity = forms.ModelChoiceField(Entity.objects.none(), label="Chủ thể", empty_label="– Chọn –")
    planned_on = DayField(label="Ngày hỗ trợ", help_text="Đang ở cơ sở thì giữ ngày hôm nay.")
    topics = forms.MultipleChoiceField(
        label="Nội dung hỗ trợ", choices=topics.choices, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(
        label="Việc cần làm",
        required=False,
        max_length=FieldVisit._meta.get_field("purpose").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chủ thể đọc được, để chuẩn bị trước.",
    )

    def __init__(self, *args, user, entity=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].initial = clock.today()
        if entity is None:
            self.fields["entity"].queryset = producers_of(user)
        else:
            del self.fields["entity"]


class RecordForm(PortalForm):
    """Second step: what was seen, photos, one thing that was agreed, the next day."""

    submit_label = "Lưu kết quả"
    sections = (
        ("Kết quả", ("held_on", "findings", "camera", "photos")),
        ("Việc đã thống nhất", ("what", "owner", "due_on")),
        ("Lần tới", ("next_on",)),
    )

    held_on = DayField(label="Ngày thực hiện")
    findings = forms.CharField(
        label="Tình hình tại chỗ",
        max_length=FieldVisit._meta.get_field("findings").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Đã xem gì, hướng dẫn gì, vướng ở đâu. Chủ thể đọc được.",
    )
    camera = PhotosField(
        label="Chụp ảnh", required=False, help_text="Mở máy ảnh của điện thoại.", attrs=CAMERA
    )
    photos = PhotosField(label="Chọn ảnh có sẵn", required=False)
    what = forms.CharField(
        label="Việc", required=False, max_length=300, help_text="Còn việc nữa thì thêm ở trang sau."
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Người làm", required=False, empty_label="Chủ thể tự làm"
    )
    due_on = DayField(label="Hạn", required=False)
    next_on = DayField(label="Hẹn lần tới", required=False, help_text="Để trống nếu chưa hẹn.")

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = min(visit.planned_on, clock.today())
        self.fields["owner"].queryset = colleagues_for(visit.entity)

    def clean(self):
        """One agreed thing has both words and a day, or there is none."""
        data = super().clean()
        what, due_on, owner = data.pop("what", ""), data.pop("due_on", None), data.pop("owner", None)
        if what and not due_on and "due_on" not in self.errors:
            self.add_error("due_on", "Hãy ghi hạn của việc này.")
        if due_on and not what and "what" not in self.errors:
            self.add_error("what", "Hãy ghi việc cần làm, hoặc bỏ hạn.")
        data["agreed"] = [{"what": what, "due_on": due_on, "owner": owner}] if what and due_on else []
        return data

    def chosen_photos(self):
        """Photos that are fit to keep, whatever else is wrong with the form."""
        return [photo for name in ("camera", "photos") for photo in (self.cleaned_data.pop(name, None) or ())]


class ActionForm(PortalForm):
    """One more thing that was agreed."""

    submit_label = "Thêm việc"

    what = forms.CharField(label="Việc", max_length=300)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Người làm", required=False, empty_label="Chủ thể tự làm"
    )
    due_on = DayField(label="Hạn")

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues_for(visit.entity)


class PhotosForm(PortalForm):
    """Photos only."""

    submit_label = "Lưu ảnh"

    camera = PhotosField(
        label="Chụp ảnh", required=False, help_text="Mở máy ảnh của điện thoại.", attrs=CAMERA
    )
    photos = PhotosField(label="Chọn ảnh có sẵn", required=False)

    def clean(self):
        """At least one."""
        data = super().clean()
        data = {"photos": [photo for name in ("camera", "photos") for photo in (data.get(name) or ())]}
        if not data["photos"] and not self.errors:
            raise forms.ValidationError("Hãy chụp hoặc chọn ít nhất một ảnh.")
        return data


class DoneForm(PortalForm):
    """It is done."""

    submit_label = "Báo đã xong"

    done_on = DayField(label="Ngày xong")
    done_note = forms.CharField(
        label="Kết quả", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = DocumentField(label="Ảnh hoặc tệp minh chứng", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = clock.today()


class CancelForm(PortalForm):
    """Why nobody goes."""

    submit_label = "Hủy chuyến hỗ trợ"

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
