"""What a device announces."""

import re

from django import forms

from foundation.files.models import MAX_BYTES

SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class AnnouncedForm(forms.Form):
    """A file that is about to be sent; ``key`` is the device's own name for it."""

    purpose = forms.SlugField(max_length=30)
    subject = forms.CharField(max_length=60)
    name = forms.CharField(max_length=1000, required=False)
    size = forms.IntegerField(min_value=0, max_value=1000 * MAX_BYTES)
    key = forms.UUIDField(required=False)
    sha256 = forms.RegexField(SHA256, max_length=64, required=False)
