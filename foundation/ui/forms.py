"""The form that all forms of the portal descend from, the filter form, and fields for files."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import documents, pictures
from .text import plain, tidy
from .wording import say_it_plainly


def tidied(data):
    """A copy of submitted data with all text in one form; what is shown again is what was checked."""
    if data is None:
        return None
    data = data.copy()
    if hasattr(data, "setlist"):
        for name, values in list(data.lists()):
            data.setlist(
                name,
                [tidy(value) if isinstance(value, str) else value for value in values],
            )
    else:
        data.update({name: tidy(value) for name, value in data.items() if isinstance(value, str)})
    return data


class PortalFormMixin:
    """One column, labels above, hints below them, errors at the top as links and beside each field.

    ``submit_label`` names the button, ``cancel_url`` adds a way back, ``sections`` groups fields under
    headings: ``[("Liên hệ", ("phone", "email")), …]``; ``form_action`` is empty for the same address.
    """

    submit_label = "Lưu"
    cancel_url = ""
    form_action = ""
    sections = ()
    required_css_class = "required"

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(tidied(data), *args, **kwargs)
        self.outcome = None
        for field in self.fields.values():
            say_it_plainly(field)

    @property
    def helper(self):
        helper = FormHelper()
        helper.template = "crispy/form.html"
        helper.field_template = "crispy/field.html"
        helper.form_action = self.form_action
        helper.attrs = {"novalidate": True, "data-form": True}
        helper.submit_label = self.submit_label
        helper.cancel_url = self.cancel_url
        if self.sections:
            there = (
                (title, [name for name in names if name in self.fields]) for title, names in self.sections
            )
            helper.layout = Layout(*(Fieldset(title, *names) for title, names in there if names))
            helper.render_unmentioned_fields = True
        return helper

    @property
    def error_links(self):
        """The errors in the order of the fields: label, id to jump to, messages."""
        links = []
        for field in self:
            if field.errors and not field.is_hidden:
                anchor = field.id_for_label or f"div_{field.auto_id}"
                links.append({"label": field.label, "anchor": anchor, "messages": field.errors})
        return links


class PortalForm(PortalFormMixin, forms.Form):
    """A form that checks and hands its cleaned data to an action."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """The same over a model's fields. Saving is the action's business, not the form's."""


class FilterForm(forms.Form):
    """The filters of a list, kept in the address; an unreadable value narrows nothing.

    ``SEARCH`` names lookups compared as typed, ``SEARCH_PLAIN`` columns that hold text without accents; every
    typed word must be found in one of them. ``LOOKUPS`` maps a field to the lookup it narrows by; a method
    ``narrow_<field>(queryset, value)`` takes precedence. ``SORTS`` maps an address word to (label,
    order_by…), first is the default.
    """

    SEARCH = ()
    SEARCH_PLAIN = ()
    SEARCH_LABEL = "Tìm kiếm"
    LOOKUPS = {}
    SORTS = {}

    q = forms.CharField(label=_("Tìm kiếm"), required=False, max_length=100)
    sx = forms.ChoiceField(label=_("Sắp xếp"), required=False)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(tidied(data), *args, **kwargs)
        if not (self.SEARCH or self.SEARCH_PLAIN or type(self).search is not FilterForm.search):
            del self.fields["q"]
        else:
            self.fields["q"].label = self.SEARCH_LABEL
            self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        if self.SORTS:
            self.fields["sx"].choices = [(word, sort[0]) for word, sort in self.SORTS.items()]
            self.order_fields([name for name in self.fields if name != "sx"] + ["sx"])
        else:
            del self.fields["sx"]

    @property
    def chosen(self):
        """Filters that are set and readable, without the sort."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {
            name: value
            for name, value in values.items()
            if name != "sx"
            and value is not None
            and value != ""
            and value is not False
            and not (hasattr(value, "__len__") and len(value) == 0)
        }

    @property
    def is_narrowed(self):
        return bool(self.chosen)

    @property
    def opens(self):
        """Whether the panel of further filters stands open on a phone: one of them is set, not only words typed."""
        return bool(self.chosen.keys() - {"q"})

    @property
    def sort(self):
        """The word of the sort in force, or an empty string."""
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get("sx") or next(iter(self.SORTS), "")

    def search(self, queryset, text):
        """Rows in which every typed word is found."""
        for word in text.split():
            found = Q()
            for lookup in self.SEARCH:
                found |= Q(**{f"{lookup}__icontains": word})
            for lookup in self.SEARCH_PLAIN:
                found |= Q(**{f"{lookup}__contains": plain(word)})
            queryset = queryset.filter(found)
        return queryset

    def narrow(self, queryset):
        """The queryset after search, filters and sort."""
        for name, value in self.chosen.items():
            if name == "q":
                queryset = self.search(queryset, value)
            elif method := getattr(self, f"narrow_{name}", None):
                queryset = method(queryset, value)
            elif lookup := self.LOOKUPS.get(name):
                queryset = queryset.filter(**{lookup: value})
        return self.ordered(queryset)

    def ordered(self, queryset):
        """The chosen order, made total by the key so that pages never overlap."""
        if not self.SORTS:
            return queryset
        return queryset.order_by(*self.SORTS[self.sort][1:], "pk")


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar; also reads dd/mm/yyyy."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class PhotoField(forms.FileField):
    """A photo, judged by its content: JPEG, PNG or WebP, at most 10 MB and 40 megapixels.

    Cleans to a new JPEG file of at most 1600 px, upright, without metadata.
    """

    widget = forms.FileInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Ảnh JPEG, PNG hoặc WebP, tối đa 10 MB.")
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {
            **super().widget_attrs(widget),
            "accept": "image/jpeg,image/png,image/webp",
            "data-file": "photo",
        }

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        try:
            return pictures.checked_photo(file)
        except pictures.UnfitPicture as refusal:
            raise ValidationError(str(refusal), code="photo") from refusal


class ManyPhotosInput(forms.FileInput):
    """A file input that hands over every chosen file."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(PhotoField):
    """Several photos at once, each judged as PhotoField does; cleans to a list. ``attrs``: for a phone's camera."""

    widget = ManyPhotosInput

    def __init__(self, *, attrs=None, **kwargs):
        self.attrs = attrs or {}
        kwargs.setdefault("help_text", "Nhiều ảnh một lúc; JPEG, PNG hoặc WebP, mỗi ảnh tối đa 10 MB.")
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "multiple": True, **self.attrs}

    def clean(self, data, initial=None):
        if not data:
            return super().clean(None, initial) or []
        return [super(PhotosField, self).clean(file, initial) for file in data]


class DocumentField(forms.FileField):
    """A document, judged by its content: PDF without active content, or a photo; at most 20 MB.

    A PDF is kept byte for byte (it may be signed); a photo comes out as PhotoField makes it. The cleaned file
    carries ``content_type`` and ``pages`` (1 for a photo).
    """

    widget = forms.FileInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Tệp PDF hoặc ảnh (JPEG, PNG, WebP), tối đa 20 MB.")
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        accept = "application/pdf,image/jpeg,image/png,image/webp"
        return {
            **super().widget_attrs(widget),
            "accept": accept,
            "data-file": "document",
        }

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        try:
            return documents.checked_document(file)
        except (documents.UnfitDocument, pictures.UnfitPicture) as refusal:
            raise ValidationError(str(refusal), code="document") from refusal
