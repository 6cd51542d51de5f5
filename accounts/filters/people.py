"""Narrowing the lists of people and invitations."""

from django import forms
from django.db.models import Q

from accounts.models import Assignment, InvitationStatus, Role
from foundation import clock
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm

STATES = [
    ("dang-dung", "Đang dùng"),
    ("da-khoa", "Đã khóa"),
    ("chua-giao", "Chưa có vai trò hôm nay"),
    ("don-vi-cu", "Giữ vai trò ở đơn vị đã thôi tồn tại"),
]


class PeopleFilter(FilterForm):
    """People by name, role and state."""

    SEARCH = ("full_name__unaccent", "username", "title__unaccent", "email")
    SEARCH_LABEL = "Tìm theo tên, tên đăng nhập, chức vụ"
    SORTS = {"ten": ("Họ và tên", Alphabetical("full_name")), "moi": ("Mới nhất", "-pk")}

    vai_tro = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Tất cả"), *Role.choices])
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả"), *STATES])

    def narrow_vai_tro(self, queryset, role):
        """People who hold that role today."""
        held = Assignment.objects.on(clock.today()).filter(role=role)
        return queryset.filter(pk__in=held.values("user"))

    def narrow_tinh_trang(self, queryset, state):
        """In use, closed, without any role today, or with a role in a unit that is no more."""
        if state == "don-vi-cu":
            return queryset.filter(pk__in=Assignment.objects.of_ended_units().values("user"))
        if state == "chua-giao":
            return queryset.exclude(pk__in=Assignment.objects.on(clock.today()).values("user"))
        return queryset.filter(is_active=state == "dang-dung")


class InvitationFilter(FilterForm):
    """Invitations by name and state."""

    SEARCH = ("full_name__unaccent", "email", "title__unaccent")
    SORTS = {"moi": ("Mới nhất", "-created_at"), "ten": ("Họ và tên", Alphabetical("full_name"))}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *InvitationStatus.choices]
    )
    LOOKUPS = {"trang_thai": "status"}

    def search(self, queryset, text):
        """Rows in which every typed word is found in the person or in the unit."""
        for word in text.split():
            found = Q(area__full_name__unaccent__icontains=word)
            for name in self.SEARCH:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset
