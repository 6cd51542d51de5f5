"""Checking what people type about councils, their people, rounds and sittings."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import AreaField
from accounts.models import OFFICERS, Assignment, Role, User
from evaluation.models import AgendaItem, Answer, Attendance, Case, CaseStatus, Council, Duty, Post, Seat
from evaluation.models.councils import OFFICE
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, DocumentField, FilterForm, PortalForm, PortalModelForm
from foundation.ui.numbers import NumberField, WholeField

YES_NO = (("co", "Có"), ("khong", "Không"))
CHOOSE = ("", "– Chọn –")
THERE, AWAY = "co", "vang"


def said_yes(value):
    """The word of a choice between yes and no as a truth value."""
    return value == "co"


def yes_no(label, help_text=""):
    """A rule that has to be chosen: nothing is chosen beforehand."""
    options = {"choices": YES_NO, "coerce": said_yes, "widget": forms.RadioSelect, "help_text": help_text}
    return forms.TypedChoiceField(label=label, **options)


def offices_of(user):
    """The units whose councils this person's office sets up."""
    areas = user.areas_as(*OFFICE.values())
    return Area.objects.same_as(areas).current().filter(kind__in=OFFICE).with_parents()


def candidates(user):
    """People in use whom this person sees and who judge, lead or serve in an office, by name."""
    roles = (Role.COUNCIL_MEMBER, Role.MANAGER, *OFFICERS)
    held = Assignment.objects.on(clock.today()).filter(role__in=roles)
    people = User.objects.visible_to(user).in_use().filter(pk__in=held.values("user"))
    return people.order_by(Alphabetical("full_name"))


class RulesForm(PortalModelForm):
    """The Quy chế. No rule is chosen beforehand."""

    submit_label = "Lưu Quy chế"

    quorum_percent = WholeField(
        label="Tỷ lệ phiếu và thành viên có mặt tối thiểu (%)", min_value=1, max_value=100
    )
    judges_min = WholeField(
        label="Số người chấm tối thiểu mỗi hồ sơ, khi phân công", min_value=1, max_value=99, required=False
    )
    rounding = WholeField(label="Số chữ số thập phân, khi làm tròn", min_value=0, max_value=4, required=False)
    petition_days = WholeField(
        label="Thời hạn kiến nghị về kết quả (ngày), khi Quy chế có ghi",
        min_value=1,
        max_value=365,
        required=False,
    )
    spread_limit = NumberField(
        label="Chênh lệch tối đa giữa các phiếu (điểm)", min_value=0, max_digits=5, decimal_places=2
    )
    chair_required = yes_no("Phải có phiếu và sự có mặt của người chủ trì")
    sitting_required = yes_no("Chỉ được kết luận tại phiên họp của hội đồng")
    all_judge = yes_no(
        "Mọi thành viên chấm điểm đều chấm mọi hồ sơ", "Chọn Không nếu thư ký phân công người chấm."
    )
    spread_limit_counts = yes_no("Chênh lệch đúng bằng mức tối đa thì vẫn đạt")
    rounded = yes_no("Làm tròn điểm trung bình trước khi so khung điểm")

    class Meta:
        model = Council
        fields = (
            "rules_source", "quorum_percent", "chair_required", "sitting_required", "judges_min",
            "spread_limit", "spread_limit_counts", "gates_on", "knockout_by", "rounding", "petition_days",
        )  # fmt: skip
        widgets = {"gates_on": forms.RadioSelect, "knockout_by": forms.RadioSelect}

    field_order = (
        "rules_source", "quorum_percent", "chair_required", "sitting_required", "all_judge", "judges_min",
        "spread_limit", "spread_limit_counts", "gates_on", "knockout_by", "rounded", "rounding",
        "petition_days",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("gates_on", "knockout_by"):
            self.fields[name].choices = [row for row in self.fields[name].choices if row[0]]
        if self.instance.pk:
            for name in ("chair_required", "sitting_required", "spread_limit_counts"):
                self.initial[name] = "co" if getattr(self.instance, name) else "khong"
            self.initial["all_judge"] = "co" if self.instance.judges_min is None else "khong"
            self.initial["rounded"] = "khong" if self.instance.rounding is None else "co"

    def clean(self):
        data = super().clean()
        self._one_of(data, "judges_min", data.get("all_judge"), "Hãy ghi số người chấm tối thiểu.")
        rounded = data.get("rounded")
        self._one_of(
            data, "rounding", None if rounded is None else not rounded, "Hãy ghi số chữ số thập phân."
        )
        return data

    def _one_of(self, data, name, without, message):
        """The number is asked for only where the choice above needs it."""
        if without:
            data[name] = None
        elif without is False and data.get(name) is None:
            self.add_error(name, message)

    @property
    def facts(self):
        """The rules as the deed takes them."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("all_judge", "rounded")
        }

    def _post_clean(self):
        """The instance stays as it is: changing it is the deed's business."""


class EstablishForm(RulesForm):
    """A council as its decision sets it up, with its Quy chế."""

    submit_label = "Lập hội đồng"

    area = AreaField(Area.objects.none(), label="Đơn vị lập hội đồng", empty_label="– Chọn –")
    decided_on = DayField(label="Ngày quyết định")
    scan = DocumentField(label="Bản chụp quyết định")

    class Meta(RulesForm.Meta):
        fields = ("area", "name", "issuer", "decision_number", "decided_on", "scan", *RulesForm.Meta.fields)

    field_order = ("area", "name", "issuer", "decision_number", "decided_on", "scan", *RulesForm.field_order)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = offices_of(user)


class EndForm(PortalForm):
    """The council ends."""

    submit_label = "Kết thúc hội đồng"
    day = DayField(label="Hết ngày")
    reason = forms.CharField(label="Căn cứ, lý do", max_length=200)


class PersonForm(PortalForm):
    """Who, and what only hints at conflicts of interest are made of."""

    user = forms.ModelChoiceField(User.objects.none(), label="Người được cử", empty_label="– Chọn –")
    basis = forms.CharField(label="Căn cứ", max_length=200, help_text="Ví dụ: Quyết định số 12/QĐ-UBND.")
    employer = forms.CharField(label="Cơ quan công tác", max_length=200, required=False)
    employer_tax_code = forms.RegexField(
        r"^[0-9]{10}(-?[0-9]{3})?$",
        label="Mã số thuế cơ quan",
        required=False,
        help_text="Chỉ dùng để nhắc khi có thể có xung đột lợi ích.",
        error_messages={"invalid": "Mã số thuế gồm 10 hoặc 13 chữ số."},
    )
    home = AreaField(Area.objects.none(), label="Xã nơi cư trú", required=False, empty_label="– Chưa rõ –")

    def __init__(self, *args, user, council, **kwargs):
        super().__init__(*args, **kwargs)
        seated = Seat.objects.in_force().filter(council=council)
        self.fields["user"].queryset = candidates(user).exclude(pk__in=seated.values("user"))
        self.fields["home"].queryset = Area.objects.current().communes().within(council.area).with_parents()


class SeatForm(PersonForm):
    """A new seat."""

    submit_label = "Cử thành viên"
    post = forms.ChoiceField(label="Vị trí", choices=[CHOOSE, *Post.choices])
    scores = yes_no("Chấm điểm")
    started_on = DayField(label="Từ ngày")
    field_order = ("user", "post", "scores", "started_on", "basis", "employer", "employer_tax_code", "home")


class LeaveForm(PersonForm):
    """A member leaves; somebody may take the place."""

    submit_label = "Ghi thay đổi"
    day = DayField(label="Thôi từ ngày")
    why = forms.CharField(label="Lý do", max_length=200)
    field_order = ("day", "why", "user", "basis", "employer", "employer_tax_code", "home")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].required = self.fields["basis"].required = False
        self.fields["user"].label, self.fields["user"].empty_label = "Người thay", "– Không có người thay –"


class AdviserForm(PortalForm):
    """Somebody joins the advisory team."""

    submit_label = "Cử vào tổ tư vấn"
    user = forms.ModelChoiceField(User.objects.none(), label="Người được cử", empty_label="– Chọn –")
    duty = forms.ChoiceField(label="Nhiệm vụ", choices=[CHOOSE, *Duty.choices])
    started_on = DayField(label="Từ ngày")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = candidates(user)


class RoundForm(PortalForm):
    """The days of a round."""

    submit_label = "Lưu đợt"
    opens_on = DayField(label="Chấm từ ngày")
    scoring_until = DayField(label="Chấm đến hết ngày")
    closes_on = DayField(label="Kết luận đến hết ngày")


class SittingForm(PortalForm):
    """When and where the council meets."""

    submit_label = "Lên lịch họp"
    day = DayField(label="Ngày họp")
    begins_at = forms.TimeField(
        label="Bắt đầu lúc", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label="Địa điểm", max_length=200)


class CancelForm(PortalForm):
    """Why a sitting does not take place."""

    submit_label = "Hủy phiên họp"
    reason = forms.CharField(label="Lý do hủy", max_length=200)


class AgendaForm(PortalForm):
    """The cases of a sitting: a number puts a case on the agenda, no number leaves it out."""

    submit_label = "Lưu chương trình"

    def __init__(self, *args, sitting, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = Case.objects.filter(
            council=sitting.council, status__in=[CaseStatus.SCORING, CaseStatus.OPENED]
        )
        self.cases = list(waiting.for_list().order_by("pk"))
        kept = {item.case_id: item for item in sitting.agenda.all()}
        who, how = (AgendaItem._meta.get_field(name) for name in ("presenter", "presentation"))
        self.sections = []
        for case in self.cases:
            item = kept.get(case.pk)
            order = forms.IntegerField(label="Thứ tự", min_value=1, max_value=999, required=False)
            order.initial = item and item.position
            self.fields[f"o-{case.pk}"] = order
            for key, field in (("w", who), ("h", how)):
                label, longest = field.verbose_name.capitalize(), field.max_length
                said = getattr(item, field.name, "")
                self.fields[f"{key}-{case.pk}"] = forms.CharField(
                    label=label, max_length=longest, required=False, initial=said
                )
            names = tuple(f"{key}-{case.pk}" for key in "owh")
            self.sections.append((f"{case.code} · {case.dossier.product}", names))

    def clean(self):
        data = super().clean()
        orders = [data.get(f"o-{case.pk}") for case in self.cases if data.get(f"o-{case.pk}")]
        if len(orders) != len(set(orders)):
            raise ValidationError("Mỗi hồ sơ một thứ tự riêng: có hai hồ sơ cùng số.")
        return data

    @property
    def items(self):
        """(case, presenter, presentation) in their order."""
        data = self.cleaned_data
        listed = sorted(
            (case for case in self.cases if data[f"o-{case.pk}"]), key=lambda case: data[f"o-{case.pk}"]
        )
        return [(case, data[f"w-{case.pk}"], data[f"h-{case.pk}"]) for case in listed]


class AttendanceForm(PortalForm):
    """Who is there; nobody is taken for present."""

    submit_label = "Lưu điểm danh"

    def __init__(self, *args, sitting, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = list(members)
        kept = {row.seat_id: row for row in sitting.attendance.all()}
        longest = Attendance._meta.get_field("excuse").max_length
        self.sections = []
        for seat in self.members:
            row = kept.get(seat.pk)
            words = (THERE if row.present else AWAY) if row else None
            self.fields[f"p-{seat.pk}"] = forms.ChoiceField(
                label="Có mặt",
                choices=[(THERE, "Có mặt"), (AWAY, "Vắng")],
                widget=forms.RadioSelect,
                initial=words,
            )
            self.fields[f"x-{seat.pk}"] = forms.CharField(
                label="Lý do vắng", max_length=longest, required=False, initial=row.excuse if row else "",
                help_text="Để trống: vắng không có lý do.",
            )  # fmt: skip
            self.sections.append((str(seat), (f"p-{seat.pk}", f"x-{seat.pk}")))

    @property
    def rows(self):
        """Seat → (present, excuse)."""
        data = self.cleaned_data
        return {seat.pk: (data[f"p-{seat.pk}"] == THERE, data[f"x-{seat.pk}"]) for seat in self.members}


class StatementForm(PortalForm):
    """Standing aside, with a reason; that there is no conflict is said by another button of the page."""

    submit_label = "Từ chối chấm hồ sơ này"
    answer = forms.ChoiceField(choices=Answer.choices, widget=forms.HiddenInput, initial=Answer.CONFLICT)
    reason = forms.CharField(
        label="Lý do từ chối",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lý do được ghi vào biên bản. Đã từ chối thì không rút lại được.",
    )


class RecusalForm(PortalForm):
    """Whom the council lets stand aside, and why."""

    submit_label = "Ghi từ chối"
    seat = forms.ModelChoiceField(Seat.objects.none(), label="Thành viên", empty_label="– Chọn –")
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        judges = Seat.objects.in_force().judging().filter(council=case.council_id)
        aside = case.statements.recusals().values("seat")
        self.fields["seat"].queryset = judges.exclude(pk__in=aside).for_list()


class CouncilFilter(FilterForm):
    """Search by name and decision."""

    SEARCH = ("name__unaccent", "decision_number", "area__full_name__unaccent")
    SEARCH_LABEL = "Tên, quyết định hoặc địa bàn"
    SORTS = {"moi": ("Mới nhất", "-decided_on"), "ten": ("Tên", Alphabetical("name"))}


class DivisionFilter(FilterForm):
    """The cases that a secretary divides among judges."""

    SEARCH = ("code", "dossier__product__name__unaccent", "dossier__product__entity__name__unaccent")
    SEARCH_LABEL = "Sản phẩm, chủ thể hoặc mã"
    SORTS = {"cu": ("Cũ nhất", "pk"), "moi": ("Mới nhất", "-pk")}


def pairs_of(words, separator="-"):
    """Pairs of keys from what checkboxes send (12-34); what is no pair is left out."""
    split = (word.split(separator) for word in words)
    return {
        (int(two[0]), int(two[1])) for two in split if len(two) == 2 and all(key_like(part) for part in two)
    }


def key_like(word):
    """Whether this can be a key."""
    return word.isascii() and word.isdecimal() and len(word) < 19
