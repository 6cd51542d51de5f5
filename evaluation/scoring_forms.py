"""Checking what people type about another turn of scoring, and whole sheets typed from paper."""

from django import forms
from django.core.exceptions import ValidationError

from evaluation.forms import long_text
from foundation.ui.forms import DayField, PortalForm

NO_LEVEL = "0"  # as printed on the sheet


class SheetChoice(forms.ModelMultipleChoiceField):
    """Members by name, with what their sheet came to."""

    def label_from_instance(self, sheet):
        return f"{sheet.seat.user} ({sheet.seat.get_post_display()})"


class TurnForm(PortalForm):
    """Who is asked to score again, why, until when."""

    submit_label = "Đề nghị chấm lại"
    sheets = SheetChoice(
        label="Thành viên chấm lại", queryset=None, widget=forms.CheckboxSelectMultiple,
        help_text="Đánh dấu sẵn các phiếu vượt mức chênh lệch.",
    )  # fmt: skip
    reason = long_text("Lý do chấm lại", "Thành viên đọc được lý do này; lý do được lưu vào diễn biến.")
    due_on = DayField(label="Chấm lại đến hết ngày")

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheets"].queryset = sheets


class GridForm(PortalForm):
    """A whole sheet by the printed numbers of its options, with the totals as the paper has them.

    ``law`` are the criteria by code, ``parts`` the codes of the parts. 0 stands for no level, where that is allowed.
    ``places`` is where the set lets a dossier be struck out; with ``may_skip`` one strike decides by the Quy chế, so
    that criteria may be left empty then.
    """

    submit_label = "Kiểm tra và nộp phiếu giấy"

    def __init__(self, *args, law, parts, places, may_skip, **kwargs):
        super().__init__(*args, **kwargs)
        self.law, self.parts, self.places = law, parts, places
        for place in places:
            self.fields[f"s-{place.code}"] = forms.CharField(
                label=f"{place.label}: loại vì", max_length=1000, required=False
            )
        skips = may_skip and any(self.data.get(f"s-{place.code}", "").strip() for place in places)
        digits = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 2, "data-cell": ""}
        for code, ask in law.items():
            self.fields[f"c-{code}"] = forms.CharField(
                label=f"{code} {ask.row.name}", max_length=2, required=not (ask.row.applies_if or skips),
                widget=forms.TextInput(attrs=digits),
            )  # fmt: skip
        for part in parts:
            self.fields[f"t-{part}"] = forms.IntegerField(label=f"Tổng phần {part} trên phiếu", min_value=0)
        self.fields["t-total"] = forms.IntegerField(label="Tổng điểm trên phiếu", min_value=0)
        self.fields["t-strikes"] = forms.IntegerField(
            label="Số đề nghị loại trên phiếu", min_value=0, initial=0
        )
        self.fields["remark"] = long_text("Ý kiến ghi trên phiếu", required=False)
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label}: chưa nhập."

    def clean(self):
        """Printed numbers become option keys."""
        data, self.answers = super().clean(), {}
        for code, ask in self.law.items():
            said = data.get(f"c-{code}", "")
            if said == NO_LEVEL:
                self.answers[code] = None
            elif said:
                self._choose(code, ask, said)
        return data

    def _choose(self, code, ask, said):
        options = list(ask.options)
        if not (said.isascii() and said.isdigit() and 1 <= int(said) <= len(options)):
            self.add_error(
                f"c-{code}", ValidationError(f"Tiêu chí {code}: nhập số của mức, từ 1 đến {len(options)}.")
            )
            return
        self.answers[code] = options[int(said) - 1]

    @property
    def totals(self):
        """What the paper says, by part and in all."""
        return {part: self.cleaned_data[f"t-{part}"] for part in (*self.parts, "total", "strikes")}

    @property
    def strikes(self):
        """For what the dossier is to be struck out, by place."""
        said = {place.code: self.cleaned_data[f"s-{place.code}"] for place in self.places}
        return {code: reason for code, reason in said.items() if reason}

    def cells(self):
        """Each criterion with its field and its options as they are numbered, in the order of the form."""
        for code, ask in self.law.items():
            yield {
                "ask": ask,
                "field": self[f"c-{code}"],
                "options": list(enumerate(ask.options.values(), 1)),
            }

    def strike_fields(self):
        """Each place of a strike with its field."""
        return [{"place": place, "field": self[f"s-{place.code}"]} for place in self.places]

    def total_fields(self):
        """The fields of the control totals."""
        return [self[f"t-{part}"] for part in (*self.parts, "total", "strikes")]


class AdviceForm(PortalForm):
    """An adviser's sheet: a level for each criterion, empty while undecided."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, law, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.law, held = law, sheet.answers()
        self.fields["seen"].initial = sheet.mark
        for code, ask in law.items():
            levels = [(key, f"{option.points} điểm – {option.text}") for key, option in ask.options.items()]
            none = [(NO_LEVEL, "Không đạt mức nào")] if ask.row.none_allowed else []
            self.fields[f"c-{code}"] = forms.ChoiceField(
                label=f"{code} {ask.row.name}", required=False, choices=[("", "Chưa chấm"), *levels, *none],
                initial=(held[code] or NO_LEVEL) if code in held else "",
            )  # fmt: skip

    @property
    def answers(self):
        """What was chosen, as the action takes it."""
        said = {code: self.cleaned_data.get(f"c-{code}", "") for code in self.law}
        return {code: None if key == NO_LEVEL else key for code, key in said.items() if key}
