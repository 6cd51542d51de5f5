"""Erasing what the law wants erased, so that the chain stays whole."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from foundation.trail.models import Detail
from foundation.trail.moves import write

BLANK = {"salt": b"", "note": "", "address": "", "agent": ""}
ERASED = "Xoá nội dung mục nhật ký"


@transaction.atomic
def erase(entries, *, by, why):
    """Blank the reasons and places of these entries, and leave one entry about each that was blanked; how many.

    Who may is asked by the caller, who knows the request behind it. ``why`` names that request, never personal data.
    """
    if not why.strip():
        raise ValidationError("Hãy nêu căn cứ của việc xoá.")
    details = Detail.objects.filter(entry__in=entries, erased_on__isnull=True)
    found = list(details.select_related("entry__subject_type").select_for_update(of=("self",)).order_by("pk"))
    Detail.objects.filter(pk__in=[detail.pk for detail in found]).update(
        **BLANK, erased_on=timezone.localdate(), erased_why=why.strip()
    )
    for detail in found:
        write(detail.entry, ERASED, by=by, note=why)
    return len(found)
