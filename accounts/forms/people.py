"""Checking roles, invitations and hand-overs."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import permissions
from accounts.fields import AreaField
from accounts.models import WITHOUT_AREA, Role, User
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.forms import DayField, PortalForm

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class ChargeForm(PortalForm):
    """A role in a unit for a time, among those that the person at the keyboard may give."""

    submit_label = "Giao vai trò"
    role = forms.ChoiceField(label="Vai trò")
    area = AreaField(
        Area.objects.none(),
        label="Địa bàn",
        required=False,
        empty_label="– Không gắn với địa bàn –",
        help_text="Chủ thể và quản trị không gắn với địa bàn.",
    )
    start = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc.")
    basis = forms.CharField(
        label="Căn cứ",
        max_length=200,
        required=False,
        help_text="Ví dụ: Quyết định 12/QĐ-UBND ngày 05/01/2024.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in permissions.givable_roles(user)]
        self.fields["role"].choices = [("", "– Chọn –"), *roles]
        self.fields["area"].queryset = areas_for(user)
        self.fields["start"].initial = clock.today()

    def clean(self):
        """A role that works in a unit names one of its level; the others name none."""
        data = super().clean()
        role, area = data.get("role"), data.get("area")
        if role in WITHOUT_AREA:
            data["area"] = None
        elif role and not permissions.fits(role, area) and "area" not in self.errors:
            level = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
            wanted = " hoặc ".join(level[kind] for kind in permissions.LEVELS[role])
            self.add_error("area", f"{Role(role).label} làm việc ở {wanted}. Hãy chọn địa bàn {wanted}.")
        return data


def areas_for(user):
    """Units of today in which this person may give roles."""
    today = Area.objects.current().with_parents()
    return (
        today
        if permissions.administers(user)
        else today.filter(pk__in=Area.objects.within_any(user.areas_as(*permissions.GIVES)))
    )


class InvitationForm(ChargeForm):
    """Who is invited, to what."""

    submit_label = "Tạo lời mời"
    sections = (
        ("Người được mời", ("full_name", "email", "title")),
        ("Vai trò", ("role", "area", "start", "until", "basis")),
    )
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Nếu có, cổng gửi liên kết tới địa chỉ này."
    )
    title = forms.CharField(label="Chức vụ", max_length=160, required=False)


class JoinForm(PortalForm):
    """A new account by an invitation."""

    submit_label = "Lập tài khoản"
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm, gạch; có thể là số điện thoại của bạn.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        help_text="Ít nhất 12 ký tự; một câu dễ nhớ là tốt nhất.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhắc lại mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self):
        """Lower case letters and digits, so that nobody's name looks like another's."""
        name = self.cleaned_data["username"].lower()
        if not USERNAME.fullmatch(name):
            raise ValidationError("Dùng 3 đến 60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch.")
        return name

    def clean(self):
        """Both passwords agree, and the password is hard to guess."""
        data = super().clean()
        password = data.get("password")
        if password and "again" in data and password != data.pop("again"):
            self.add_error("again", "Hai lần gõ mật khẩu chưa giống nhau.")
        if password:
            person = User(username=data.get("username", ""), full_name=data.get("full_name", ""))
            try:
                validate_password(password, person)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return data


class TakeBackForm(PortalForm):
    """The end of a role."""

    submit_label = "Thu hồi vai trò"
    last_day = DayField(
        label="Ngày làm việc cuối cùng", required=False, help_text="Để trống để thu hồi ngay bây giờ."
    )
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class HandOverForm(PortalForm):
    """Who takes over, why, and whether the account is closed."""

    submit_label = "Xem trước bàn giao"
    to = forms.CharField(
        label="Tên đăng nhập của người nhận",
        max_length=60,
        widget=forms.TextInput(
            attrs={"list": "dong-nghiep", "autocomplete": "off", "autocapitalize": "none"}
        ),
        help_text="Gõ hoặc chọn trong danh sách đồng nghiệp cùng đơn vị.",
    )
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    close = forms.BooleanField(label="Khóa tài khoản của người bàn giao", required=False)

    def __init__(self, *args, person, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = User.objects.visible_to(user).in_use().exclude(pk=person.pk)

    def clean_to(self):
        """Somebody else who uses the portal."""
        found = self.others.filter(username=self.cleaned_data["to"].strip().lower()).first()
        if found is None:
            raise ValidationError("Không có người nào khác đang dùng cổng với tên đăng nhập này.")
        return found


class ReasonForm(PortalForm):
    """Why a deed on a person is done."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, submit_label, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = submit_label
