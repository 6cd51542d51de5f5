"""The gallery: every component with made-up values, to look at and to test against."""

import datetime as dt
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from .forms import DayField, DocumentField, PhotoField, PortalForm
from .http import page
from .numbers import NumberField

GALLERY_DAY = dt.datetime(2024, 10, 15, 14, 3, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class SampleForm(PortalForm):
    """One field of each kind."""

    submit_label = "Gửi thử"
    sections = (
        ("Thông tin chung", ("name", "kind", "amount", "begins")),
        ("Minh chứng", ("note", "photo", "paper", "agree")),
    )

    name = forms.CharField(label="Tên gọi", max_length=80, help_text="Như ghi trên giấy tờ.")
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "Loại thứ nhất"), ("b", "Loại thứ hai")], widget=forms.RadioSelect
    )
    amount = NumberField(label="Số lượng", required=False, min_value=0)
    begins = DayField(label="Từ ngày", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    photo = PhotoField(label="Ảnh", required=False)
    paper = DocumentField(label="Tài liệu", required=False)
    agree = forms.BooleanField(label="Tôi đã đọc và đồng ý")


class Sample(SimpleNamespace):
    """Something with a state."""

    PILLS = {"good": "good", "info": "info", "attention": "attention", "danger": "danger"}

    def get_status_display(self):
        return self.word


def samples():
    """What the components are shown with."""
    words = [
        ("neutral", "Nháp"),
        ("info", "Đang xét"),
        ("attention", "Trả lại"),
        ("good", "Đạt"),
        ("danger", "Quá hạn"),
    ]
    earlier = GALLERY_DAY - dt.timedelta(days=3)
    return {
        "records": [Sample(status=status, word=word, is_demo=True) for status, word in words],
        "entries": [
            {
                "when": GALLERY_DAY,
                "who": "Trần Thị Bình",
                "what": "Trả lại",
                "note": "Thiếu giấy đăng ký.\nẢnh mờ.",
            },
            {"when": earlier, "who": "Nguyễn Văn An", "what": "Nộp", "note": ""},
        ],
        "steps": [
            {"label": "Thông tin", "state": "done", "url": "#stepper"},
            {"label": "Minh chứng", "state": "current"},
            {"label": "Kiểm tra và nộp", "state": "todo"},
        ],
        "fields": [("Mã", "HN-2024-0017"), ("Địa chỉ", "Thôn Nha Xá, xã Mộc Nam"), ("Ghi chú", "")],
        "sources": [
            {
                "title": "Quyết định mẫu",
                "publisher": "Cơ quan mẫu",
                "date": GALLERY_DAY.date(),
                "url": "#source",
            },
            {"title": "Báo cáo mẫu", "publisher": "Cơ quan mẫu", "date": None, "url": ""},
        ],
        "page": Paginator(range(95), 30).page(2),
        "now": GALLERY_DAY,
        "soon": timezone.localdate() + dt.timedelta(days=12),
    }


@page
def gallery(request):
    """All components on one page."""
    wrong = SampleForm({"sai-amount": "năm", "sai-begins": "31/02/2024"}, prefix="sai")
    return render(request, "components/index.html", {"form": SampleForm(), "wrong": wrong, **samples()})
