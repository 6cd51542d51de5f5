"""Checking invitations to a producer's people."""

from django import forms

from entities.models import MemberRole
from foundation.ui.forms import PortalForm


class MemberInviteForm(PortalForm):
    """Who is invited, as what."""

    submit_label = "Tạo liên kết mời"
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    role = forms.ChoiceField(
        label="Vai trò",
        choices=MemberRole,
        widget=forms.RadioSelect,
        help_text="Người biên tập sửa thông tin chủ thể; chủ tài khoản còn mời và bỏ người.",
    )

    def __init__(self, *args, hand_over, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = MemberRole.EDITOR
        if hand_over:
            self.fields["role"].choices = [(MemberRole.OWNER.value, MemberRole.OWNER.label)]
            self.fields["role"].initial = MemberRole.OWNER
