"""Forms about what stands behind one piece of evidence."""

from django import forms

from foundation.ui.forms import ManyPhotosInput, PortalForm

ENDINGS = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.webp,.docx,.xlsx"


class FilesField(forms.FileField):
    """Several files at once; they are judged behind the page, each by itself."""

    widget = ManyPhotosInput

    def widget_attrs(self, widget):
        attrs = {"multiple": True, "accept": ENDINGS, "data-file": "document"}
        return {**super().widget_attrs(widget), **attrs}

    def clean(self, data, initial=None):
        return [file for file in data or [] if file]


class MoreFilesForm(PortalForm):
    """Files to add; with scripts each one goes by itself as soon as it is chosen."""

    submit_label = "Tải lên"
    files = FilesField(
        label="Tệp",
        required=False,
        help_text="Nhiều tệp một lúc: PDF, ảnh (JPG, PNG, HEIC, WebP), Word, Excel; mỗi tệp tối đa 50 MB.",
    )

    def clean_files(self):
        if not self.cleaned_data["files"]:
            raise forms.ValidationError("Hãy chọn ít nhất một tệp.")
        return self.cleaned_data["files"]


class AddressForm(PortalForm):
    """An address on the web."""

    submit_label = "Thêm địa chỉ"
    url = forms.URLField(label="Địa chỉ trên mạng", max_length=300, assume_scheme="https")


class JoinForm(forms.Form):
    """Which photos become one PDF."""

    rows = forms.ModelMultipleChoiceField(queryset=None)
    name = forms.CharField(max_length=120, required=False)

    def __init__(self, *args, queryset, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = queryset
