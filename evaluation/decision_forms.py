"""Checking what people type about decisions, the centre's answers, returns and invitations."""

import datetime as dt

from django import forms
from django.utils import timezone

from evaluation.forms import long_text
from evaluation.models import Council, DraftStatus, Sitting, SittingStatus
from evaluation.rehearsal import waiting
from foundation.ui.forms import DayField, DocumentField, FilterForm, PortalForm
from foundation.ui.numbers import NumberField, WholeField


class DraftFilter(FilterForm):
    """Search by number and code; status."""

    SEARCH = ("number", "code", "council__name__unaccent")
    SEARCH_LABEL = "Số quyết định, mã hoặc hội đồng"
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-pk"), "ngay": ("Ngày ký", "-day")}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *DraftStatus.choices]
    )


class CouncilForm(PortalForm):
    """For which council's office a decision is begun, or who meets."""

    submit_label = "Tiếp tục"
    hoi_dong = forms.ModelChoiceField(label="Hội đồng", queryset=Council.objects.none(), to_field_name="code")

    def __init__(self, *args, councils, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hoi_dong"].queryset = councils
        self.fields["hoi_dong"].empty_label = None


class AnnexForm(PortalForm):
    """Which products the annex holds: those in it, and those that wait; in the order of the list."""

    submit_label = "Lưu phụ lục"
    cases = forms.MultipleChoiceField(
        label="Sản phẩm trong phụ lục", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, draft, **kwargs):
        self.known = {line.case.code: line.case for line in draft.annex()}
        chosen = list(self.known)
        self.known |= {case.code: case for case in waiting(draft.council)}
        super().__init__(*args, initial={"cases": chosen}, **kwargs)
        self.fields["cases"].choices = [(code, _in_a_line(case)) for code, case in self.known.items()]

    @property
    def chosen(self):
        """The cases that were ticked."""
        return [self.known[code] for code in self.cleaned_data["cases"]]


def _in_a_line(case):
    """A case as a choice."""
    product = case.dossier.product
    return f"{product} – {product.entity} ({case.next_step.stars} sao, {case.code})"


class DraftForm(PortalForm):
    """What the decision says besides its annex."""

    sections = [
        ("Số và ngày", ("number", "day", "place")),
        ("Nội dung", ("grounds",)),
        ("Ký và gửi", ("signer_authority", "signer_role", "signer_name", "recipients")),
    ]
    number = forms.CharField(
        label="Số quyết định",
        max_length=40,
        required=False,
        help_text="Ví dụ: 1085/QĐ-UBND. Để trống khi chưa ký.",
    )
    day = DayField(label="Ngày ký", required=False, help_text="Giấy chứng nhận có hiệu lực từ ngày này.")
    place = forms.CharField(label="Địa danh", max_length=80)
    grounds = long_text("Căn cứ", "Mỗi dòng một căn cứ.", required=False)
    signer_authority = forms.CharField(
        label="Thẩm quyền ký", max_length=120, help_text="Ví dụ: TM. Ủy ban nhân dân."
    )
    signer_role = forms.CharField(
        label="Chức vụ người ký", max_length=120, help_text="Ví dụ: Chủ tịch; KT. Chủ tịch, Phó Chủ tịch."
    )
    signer_name = forms.CharField(label="Họ tên người ký", max_length=120, required=False)
    recipients = forms.CharField(
        label="Nơi nhận",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một nơi.",
    )


class ScanForm(PortalForm):
    """The signed decision, scanned."""

    submit_label = "Lưu bản quét"
    file = DocumentField(label="Bản quét quyết định đã ký")


class ReturnForm(PortalForm):
    """Why the dossier goes back."""

    submit_label = "Trả lại chủ thể"
    note = long_text(
        "Lý do trả lại", "Ghi rõ tiêu chí chưa đạt và việc cần hoàn thiện; chủ thể đọc được nguyên văn."
    )


class ProposalForm(PortalForm):
    """The office's letter to the centre."""

    submit_label = "Ghi đề nghị"
    number = forms.CharField(label="Số văn bản đề nghị", max_length=40, help_text="Ví dụ: 215/UBND-NN.")
    day = DayField(label="Ngày văn bản")


class CentralResultForm(PortalForm):
    """What the centre found."""

    submit_label = "Ghi kết quả"
    came_on = DayField(label="Ngày nhận kết quả")
    total = NumberField(label="Tổng điểm ở Trung ương", min_value=0, max_value=100, decimal_places=2)
    stars = WholeField(label="Hạng sao ở Trung ương", min_value=1, max_value=5)
    decision_number = forms.CharField(
        label="Số quyết định công nhận",
        max_length=40,
        required=False,
        help_text="Chỉ ghi khi Trung ương công nhận, ví dụ 77/QĐ-BNN-VPĐP.",
    )
    decided_on = DayField(label="Ngày quyết định", required=False)


class InvitationForm(PortalForm):
    """When and where the council meets. Sent by GET: the address is the paper's."""

    submit_label = "Lập giấy mời"
    hoi_dong = forms.ModelChoiceField(label="Hội đồng", queryset=Council.objects.none(), to_field_name="code")
    phien = forms.ModelChoiceField(
        label="Phiên họp đã lên lịch",
        queryset=Sitting.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Chưa lên lịch: ghi ngày, giờ, nơi bên dưới",
        help_text="Giấy mời lấy ngày, giờ, nơi họp và chương trình của phiên họp này.",
    )
    ngay = DayField(label="Ngày họp", required=False)
    gio = forms.TimeField(
        label="Giờ họp", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    noi = forms.CharField(label="Địa điểm", max_length=160, required=False)
    tep = forms.ChoiceField(label="Dạng tệp", choices=[("pdf", "PDF"), ("docx", "Word")])

    def __init__(self, *args, councils, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hoi_dong"].queryset = councils
        self.fields["hoi_dong"].empty_label = None
        planned = Sitting.objects.filter(status=SittingStatus.PLANNED, round__council__in=councils)
        self.fields["phien"].queryset = planned.for_list().order_by("day", "begins_at")

    def clean(self):
        """A planned sitting says when and where; without one it is typed."""
        data = super().clean()
        sitting, council = data.get("phien"), data.get("hoi_dong")
        if sitting and council and sitting.council != council:
            self.add_error("phien", f"Phiên họp này là của {sitting.council}.")
        for name in () if sitting or "phien" in self.errors else ("ngay", "gio", "noi"):
            if not data.get(name) and name not in self.errors:
                self.add_error(
                    name, f"Hãy ghi {self.fields[name].label.lower()} hoặc chọn phiên họp đã lên lịch."
                )
        return data

    @property
    def when(self):
        """The moment of the meeting, in the portal's time."""
        data, sitting = self.cleaned_data, self.cleaned_data["phien"]
        day, hour = (sitting.day, sitting.begins_at) if sitting else (data["ngay"], data["gio"])
        return timezone.make_aware(dt.datetime.combine(day, hour))

    @property
    def where(self):
        """The place of the meeting."""
        sitting = self.cleaned_data["phien"]
        return sitting.place if sitting else self.cleaned_data["noi"]
