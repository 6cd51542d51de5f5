"""Sending a workbook, and choosing which of its heads is which column."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.imports import guess
from foundation.sheets.opening import MAX_BYTES, REFUSALS
from foundation.ui.forms import PortalForm

SHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class WorkbookField(forms.FileField):
    """A workbook. Only its size and its first bytes are looked at here; a worker judges the rest."""

    widget = forms.FileInput

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ".xlsx", "data-file": "workbook"}

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file.size > MAX_BYTES:
            raise ValidationError("Tệp lớn hơn 10 MB. Hãy xóa hình ảnh trong tệp hoặc chia thành nhiều tệp.")
        if not file.read(4).startswith(SHEET_STARTS):
            raise ValidationError(REFUSALS["other"])
        file.seek(0)
        return file


class WorkbookForm(PortalForm):
    """What the workbook holds, and the workbook."""

    submit_label = "Tải lên và đọc tệp"

    importer = forms.ChoiceField(label="Loại dữ liệu", widget=forms.RadioSelect)
    file = WorkbookField(label="Tệp Excel", help_text="Dạng .xlsx, tối đa 10 MB và 20.000 dòng.")

    def __init__(self, data=None, files=None, *, choices):
        super().__init__(data, files=files)
        self.fields["importer"].choices = [(one.name, one.title) for one in choices]
        if len(choices) == 1:
            self.fields["importer"].initial = choices[0].name


class MappingForm(PortalForm):
    """For each column of the importer one head of the workbook, or none."""

    submit_label = "Kiểm tra các dòng"

    def __init__(self, data=None, *, importer, heads, remembered=None):
        super().__init__(data)
        guessed = guess(importer.columns, heads, remembered)
        choices = [
            ("", "– Không có trong tệp –"),
            *((str(place), f"{letters(place)}: {head}") for place, head in enumerate(heads) if head),
        ]
        for column in importer.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column.required,
                initial=str(guessed.get(column.key, "")),
            )

    @property
    def mapping(self):
        """Key of column → position of the head."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place}

    def clean(self):
        """No head serves for two columns."""
        users = {}
        for key, place in super().clean().items():
            if place:
                users.setdefault(place, []).append(key)
        for keys in users.values():
            for key in keys[1:]:
                self.add_error(
                    key,
                    f"Cột này đã dùng cho “{self.fields[keys[0]].label}”. Hãy chọn cột khác hoặc bỏ trống.",
                )
        return self.cleaned_data


def letters(place):
    """The name of a column in Excel: 0 → A, 27 → AB."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
