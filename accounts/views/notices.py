"""The bell's page, when mail comes, and the outbox."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts import permissions
from accounts.actions import notices as actions
from accounts.models import Letter, LetterKind, LetterStatus, MailWish, Notice, NoticeGroup, NoticeSetting
from foundation.ui.forms import FilterForm, PortalForm
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.ui.lists import render_list


class NoticeFilter(FilterForm):
    """Narrowing one's notices."""

    nhom = forms.ChoiceField(label="Nhóm", required=False, choices=[("", "Tất cả"), *NoticeGroup.choices])
    chua_doc = forms.BooleanField(label="Chưa đọc", required=False)

    def narrow_nhom(self, queryset, group):
        """Notices of the group's kinds."""
        return queryset.of_group(group)

    def narrow_chua_doc(self, queryset, value):
        """Only what is unread."""
        return queryset.unread()


class LetterFilter(FilterForm):
    """Narrowing the outbox."""

    SEARCH = ("subject__unaccent", "person__full_name__unaccent", "to")
    LOOKUPS = {"trang_thai": "status", "loai": "kind"}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *LetterStatus.choices]
    )
    loai = forms.ChoiceField(label="Loại thư", required=False, choices=[("", "Tất cả"), *LetterKind.choices])


class MailWishForm(PortalForm):
    """For each group of notices: mail at once, once a day, or none."""

    submit_label = "Lưu cài đặt"

    def __init__(self, data=None, *, person):
        super().__init__(data)
        wish = NoticeSetting.objects.wishes([person])
        for group in NoticeGroup:
            self.fields[group.value] = forms.ChoiceField(
                label=group.label, choices=MailWish.choices, initial=wish(person.pk, group)
            )

    @property
    def wishes(self):
        """What was chosen, as the deed takes it."""
        return {NoticeGroup(name): MailWish(mail) for name, mail in self.cleaned_data.items()}


@page
def notices(request):
    """What this person was told, the newest first."""
    own = Notice.objects.visible_to(request.user)
    return render_list(request, "accounts/notices", own.for_list(), NoticeFilter)


@deed
def notice_opening(request, code):
    """Mark one notice as read and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), code=code)
    actions.read(notice, by=request.user)
    return redirect(notice.url)


@deed
def notices_reading(request):
    """Mark all as read."""
    return perform(
        request, actions.read_all, request.user, done="Đã đánh dấu đã đọc tất cả.", goes_to="notices"
    )


@form_page
def notice_settings(request):
    """Choose when mail comes; the bell always rings."""
    form = MailWishForm(request.POST or None, person=request.user)
    if form.is_valid() and carried_out(form, actions.choose_mail, form.wishes, by=request.user):
        messages.success(request, "Đã lưu cài đặt thông báo.")
        return redirect("notices")
    return render(request, "accounts/notices/settings.html", {"form": form})


@page
def letters(request):
    """Letters that this person may know of, and what became of each."""
    rows = Letter.objects.visible_to(request.user).for_list()
    context = {"mail_server": settings.MAIL_SERVER, "demo_folder": settings.DEMO and not settings.MAIL_SERVER}
    return render_list(request, "accounts/letters", rows, LetterFilter, context=context)


def _letter(request, code):
    rows = Letter.objects.visible_to(request.user).select_related("person", "area")
    return get_object_or_404(rows, code=code)


@page
def letter(request, code):
    """One letter: to whom, what became of it; its text only for those who may read it."""
    found = _letter(request, code)
    can = {
        "read": permissions.may_read_letter(request.user, found),
        "resend": permissions.may_resend(request.user, found),
    }
    return render(request, "accounts/letters/letter.html", {"letter": found, "can": can})


@deed
def letter_resending(request, code):
    """Send a letter again that was given up."""
    return perform(request, actions.resend, _letter(request, code), done="Thư sẽ được gửi lại.")
