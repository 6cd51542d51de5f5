"""Checking what is typed about plans: a new plan, a target of a unit, a task, a report on a task."""

from django import forms

from accounts.models import OFFICERS, Role, User
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.forms import DayField, DocumentField, FilterForm, PortalForm, PortalModelForm
from foundation.ui.numbers import NumberField, WholeField
from targets.models import Indicator, PlanTask, TaskReport, TaskStatus

CHOOSE = ("", "– Chọn –")
EVERY = ("", "Tất cả")
OVERDUE = "qua-han"


class PlanForm(PortalForm):
    """A plan for a year, its number, day and file; with the targets of another year or empty."""

    submit_label = "Lập kế hoạch"

    year = WholeField(label="Năm")
    number = forms.CharField(label="Số kế hoạch", max_length=40, required=False)
    issued_on = DayField(label="Ngày ban hành", required=False)
    copy_of = forms.ChoiceField(
        label="Sao chép từ",
        required=False,
        help_text="Chép chỉ tiêu, cách giao, cách tính tỷ lệ và nhiệm vụ; hạn của nhiệm vụ dời sang năm mới.",
    )
    file = DocumentField(label="Tệp văn bản", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, plans=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.plans = {str(plan.year): plan for plan in plans}
        years = [(year, str(plan)) for year, plan in self.plans.items()]
        self.fields["copy_of"].choices = [("", "– Không, lập kế hoạch trống –"), *years]
        self.fields["year"].initial = clock.today().year + 1

    def clean_copy_of(self):
        """The plan that is copied, or None."""
        return self.plans.get(self.cleaned_data["copy_of"])

    def clean_file(self):
        """Plans are kept as PDF."""
        file = self.cleaned_data["file"]
        if file and file.content_type != "application/pdf":
            raise forms.ValidationError("Hãy gửi văn bản dưới dạng PDF.")
        return file


class TargetForm(PortalForm):
    """The range of one indicator for one unit. ``areas`` are those for which the person may set it."""

    submit_label = "Đặt chỉ tiêu"

    indicator = forms.ChoiceField(label="Chỉ số", choices=[CHOOSE, *Indicator.choices])
    area = forms.ChoiceField(label="Địa bàn")
    low = NumberField(label="Từ", max_digits=9, decimal_places=2)
    high = NumberField(
        label="Đến",
        max_digits=9,
        decimal_places=2,
        required=False,
        help_text="Để trống: từ mức trên trở lên.",
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        self.fields["area"].choices = [CHOOSE, *((pk, area.place) for pk, area in self.areas.items())]

    def clean_area(self):
        """The unit itself."""
        return self.areas[self.cleaned_data["area"]]


class TaskFilter(FilterForm):
    """Search in what tasks say; state, and whether their time is over."""

    SEARCH = ("content__unaccent", "lead__unaccent", "helpers__unaccent")
    SEARCH_LABEL = "Nội dung hoặc đơn vị"
    LOOKUPS = {"trang-thai": "status"}
    SORTS = {"han": ("Hạn", "due_on", "position"), "thu-tu": ("Thứ tự", "position", "due_on")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trang-thai"] = forms.ChoiceField(
            label="Trạng thái", required=False, choices=[EVERY, *TaskStatus.choices]
        )
        self.fields["han"] = forms.ChoiceField(
            label="Thời hạn", required=False, choices=[EVERY, (OVERDUE, "Quá hạn")]
        )

    def narrow_han(self, queryset, value):
        """Open though their time is over."""
        return queryset.overdue_on(clock.today())


class TaskForm(PortalModelForm):
    """What the plan orders whom to do until when."""

    submit_label = "Giao nhiệm vụ"
    starts_on = DayField(label="Từ ngày")
    due_on = DayField(label="Đến hết ngày")

    class Meta:
        model = PlanTask
        fields = [
            "content", "lead", "lead_role", "area", "owner", "helpers", "starts_on", "due_on", "indicator",
        ]  # fmt: skip
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "lead": "Tên cơ quan như trong kế hoạch: Sở Công Thương, UBND huyện Kim Bảng…",
            "owner": "Để trống: nhiệm vụ nằm ở bàn làm việc của mọi cán bộ cấp chủ trì trên địa bàn.",
        }

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        day = clock.today()
        areas = (
            Area.objects.on(day).within(plan.area.place_on(day).unit).with_parents().order_by("kind", "code")
        )
        self.fields["area"].queryset = areas
        self.fields["area"].label_from_instance = lambda area: area.place
        self.fields["owner"].queryset = User.objects.filter(
            is_active=True, assignments__role__in=[*OFFICERS, Role.MANAGER]
        ).distinct()


class TaskReportForm(PortalModelForm):
    """How far a task has come."""

    submit_label = "Gửi báo cáo"
    evidence = DocumentField(label="Minh chứng", required=False)

    class Meta:
        model = TaskReport
        fields = ["status", "note", "evidence"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = {task.status, *task.MOVES.get(task.status, ())}
        choices = [(value, label) for value, label in TaskStatus.choices if value in allowed]
        self.fields["status"].choices = choices
        self.initial["status"] = task.status

    def clean_evidence(self):
        """Only a file that was sent now."""
        return self.files.get("evidence") and self.cleaned_data["evidence"]
